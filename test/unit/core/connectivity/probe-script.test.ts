import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createServer as createTcpServer, type AddressInfo, type Server as TcpServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseProbe, type ProbeLine } from '../../../../src/core/connectivity/parse-probe'
import { buildProbeScripts, type ProbeTarget } from '../../../../src/core/connectivity/probe-script'
import { runScript, shells, shellsThatUsePath, toolbox } from './script-runner'

function aTarget(over: Partial<ProbeTarget> = {}): ProbeTarget {
  return { index: 0, name: 'web', address: '127.0.0.1', wantsIpv6: false, ports: [], ...over }
}

function scriptOf(targets: readonly ProbeTarget[], ownName?: string) {
  const [script, ...more] = buildProbeScripts({ targets, ...(ownName !== undefined && { ownName }) })
  expect(more).toEqual([])
  return script!
}

function find(lines: readonly ProbeLine[], kind: ProbeLine['kind'], index?: number): ProbeLine {
  const line = lines.find((candidate) => candidate.kind === kind && candidate.index === index)
  expect(line, `a line of kind ${kind} about ${index ?? 'the source'}`).toBeDefined()
  return line!
}

function named(of: typeof shells) {
  return of.map((shell) => ({ shell, name: shell.join(' ') }))
}

/** Every tool answers at once and well. */
const healthy = {
  getent: 'echo "127.0.0.1 STREAM $2"; echo "127.0.0.1 DGRAM"; echo "127.0.0.1 RAW"',
  ping: 'echo "64 bytes from 127.0.0.1: seq=0 ttl=64 time=0.041 ms"; echo "1 packets transmitted, 1 packets received"',
  nc: 'exit 0',
}

describe.each(named(shells))('the probe script in $name', { timeout: 30_000 }, ({ shell }) => {
  let web: Server
  let mute: TcpServer
  let webPort: number
  let mutePort: number
  let closedPort: number

  beforeAll(async () => {
    web = createServer((_request, response) => response.writeHead(404, 'Not Here').end('first\tbytes\n* of it'))
    mute = createTcpServer((socket) => socket.on('error', () => undefined))
    const closed = createTcpServer()
    for (const server of [web, mute, closed]) await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    ;[webPort, mutePort, closedPort] = [web, mute, closed].map((server) => (server.address() as AddressInfo).port) as [
      number,
      number,
      number,
    ]
    await new Promise((done) => closed.close(done))
  })

  afterAll(() => {
    web.close()
    web.closeAllConnections()
    mute.close()
  })

  it('is one that the shell can read', () => {
    const script = scriptOf([aTarget({ ports: [80, 5432] })], 'shell1')
    const [command = '', ...args] = shell
    const check = spawnSync(command, [...args, '-n'], { input: script.text, encoding: 'utf8' })
    expect([check.status, check.stderr]).toEqual([0, ''])
  })

  it('tells open, closed and silent ports apart with the tools of this machine', async () => {
    const script = scriptOf([aTarget({ ports: [webPort, mutePort, closedPort] })])
    const { stdout, stderr, code, left } = await runScript(script.text, shell, process.env['PATH']!)
    const { lines, isComplete } = parseProbe(stdout)
    expect([code, stderr, isComplete, left]).toEqual([0, '', true, []])
    const port = (kind: string, wanted: number) => lines.find((line) => line.kind === kind && line.port === wanted)
    expect(port('tcp', webPort)?.status).toBe(0)
    expect(port('http', webPort)?.text).toMatch(/HTTP\/1\.[01] 404 Not Here/)
    expect(port('tcp', mutePort)?.status).toBe(0)
    expect(port('http', mutePort)?.text ?? '').not.toMatch(/HTTP/)
    expect(port('tcp', closedPort)?.status).not.toBe(0)
    expect(port('tcp', closedPort)?.text).toMatch(/refused|^nc $/)
    expect(port('http', closedPort)).toBeUndefined()
  })

  it('asks for the path that is wanted, on any port, and for / of the next target again', async () => {
    const paths: (string | undefined)[] = []
    const note = ({ url }: { readonly url?: string }) => paths.push(url)
    web.on('request', note)
    const targets = [
      aTarget({ ports: [webPort], path: "/it's?a=b&c=%20$(id)" }),
      ...Array.from({ length: 16 }, (_, i) => aTarget({ index: i + 1, ports: i === 15 ? [webPort] : [] })),
    ]
    const { stdout } = await runScript(scriptOf(targets).text, shell, process.env['PATH']!)
    web.off('request', note)
    expect(paths.toSorted()).toEqual(['/', "/it's?a=b&c=%20$(id)"])
    const { lines } = parseProbe(stdout)
    expect(lines.filter(({ kind }) => kind === 'http').map(({ index }) => index)).toEqual(
      expect.arrayContaining([0, 16]),
    )
  })

  it('needs one connection where HTTP answers', async () => {
    let connections = 0
    const count = () => connections++
    web.on('connection', count)
    const { stdout } = await runScript(scriptOf([aTarget({ ports: [webPort] })]).text, shell, process.env['PATH']!)
    web.off('connection', count)
    const { lines } = parseProbe(stdout)
    expect(connections).toBe(1)
    expect(lines.find(({ kind }) => kind === 'tcp')).toMatchObject({ port: webPort, status: 0 })
  })

  it('runs nothing that a name says', async () => {
    const file = join(tmpdir(), `probe-injection-${process.pid}-${shell.join('-').replaceAll('/', '')}`)
    const names = [`$(touch ${file})`, `\`touch ${file}\``, `'; touch ${file}; '`, `a\ntouch ${file}`, '* $HOME']
    const targets = names.map((name, index) => aTarget({ index, name }))
    const getent = 'printf "%s" "<$2>"'
    const { stdout } = await runScript(scriptOf(targets).text, shell, toolbox({ getent }))
    expect(existsSync(file)).toBe(false)
    expect(find(parseProbe(stdout).lines, 'name', 4).text).toBe('getent <* $HOME>')
  })

  it('ends a lookup that hangs, and leaves nothing behind', async () => {
    const script = scriptOf([aTarget(), aTarget({ index: 1, name: 'quick' })], 'shell1').text
    const getent = `[ "$2" = web ] && exec sleep 60\n${healthy.getent}`
    const { stdout, ms, left } = await runScript(
      script.replaceAll('limited 5', 'limited 1'),
      shell,
      toolbox({ ...healthy, getent }),
    )
    const { lines, isComplete } = parseProbe(stdout)
    expect(find(lines, 'name', 0)).toMatchObject({ status: 137, text: 'getent ' })
    expect(find(lines, 'name', 1).status).toBe(0)
    expect([isComplete, left]).toEqual([true, []])
    expect(ms).toBeLessThan(8_000)
  })

  it('is ended by its own watchdog, with all it started', async () => {
    const script = scriptOf([aTarget(), aTarget({ index: 1, name: 'quick' })])
    expect(script.text).toContain(`watchdog ${script.limitMs / 1_000}\n`)
    const { stdout, ms, left, code } = await runScript(
      script.text.replace(/^watchdog \d+$/m, 'watchdog 1'),
      shell,
      toolbox({ ...healthy, getent: `[ "$2" = web ] && sleep 60\n${healthy.getent}` }),
    )
    expect([code, left]).toEqual([null, []])
    expect(ms).toBeLessThan(4_500)
    expect(parseProbe(stdout).isComplete).toBe(false)
    expect(find(parseProbe(stdout).lines, 'name', 1).status).toBe(0)
  })
})

describe.each(named(shellsThatUsePath))(
  'the probe script in $name, with other tools',
  { timeout: 30_000 },
  ({ shell }) => {
    it('asks for names and echoes, the source’s own name included', async () => {
      const script = scriptOf([aTarget({ index: 3 }), aTarget({ index: 4, name: 'shell2' })], 'shell1')
      const { stdout, left } = await runScript(script.text, shell, toolbox(healthy))
      const { lines, isComplete } = parseProbe(stdout)
      expect([isComplete, left]).toEqual([true, []])
      expect(find(lines, 'name').text).toBe('getent 127.0.0.1 STREAM shell1 127.0.0.1 DGRAM 127.0.0.1 RAW')
      expect(find(lines, 'name', 3)).toMatchObject({ status: 0, text: expect.stringContaining('STREAM web') as string })
      expect(find(lines, 'name', 4).text).toContain('STREAM shell2')
      expect(find(lines, 'icmp', 3)).toMatchObject({
        status: 0,
        text: expect.stringContaining('time=0.041 ms') as string,
      })
      expect(lines.filter(({ kind }) => kind === 'address')).toEqual([])
    })

    it('asks three times more where a ping is lost, and TCP where no port is exposed', async () => {
      const ping = 'echo "$2 packets transmitted, 0 packets received, 100% packet loss"; exit 1'
      const script = scriptOf([aTarget({ index: 0 }), aTarget({ index: 1, ports: [80] })])
      const { stdout } = await runScript(script.text, shell, toolbox({ ...healthy, ping }))
      const { lines } = parseProbe(stdout)
      expect(find(lines, 'icmp', 0).text).toMatch(/^3 packets transmitted, 0/)
      expect(find(lines, 'address', 0)).toMatchObject({ port: 7, status: 0, text: 'nc ' })
      expect(lines.some(({ kind, index }) => kind === 'address' && index === 1)).toBe(false)
    })

    describe('with packets of full size', () => {
      /** A ping to which only payloads up to this many bytes come back. */
      const upTo = (bytes: number) => `
n=1 s=56
while [ "$1" ]; do case $1 in -c) n=$2 ;; -s) s=$2 ;; esac; shift; done
[ "$s" -le ${bytes} ] && echo "$n packets transmitted, $n packets received" && exit
echo "$n packets transmitted, 0 packets received"; exit 1`
      const sized = (over: { readonly measuresMtu?: boolean } = {}) => {
        const [script] = buildProbeScripts({ targets: [aTarget()], route: '0001000A 00FFFFFF', ...over })
        expect(script!.text).toContain('find_mtu 0001000A 00FFFFFF')
        // Which routes this machine has is not for a test to know.
        return script!.text.replace('find_mtu 0001000A 00FFFFFF', 'mtu=1450')
      }
      const lines = async (text: string, ping: string) =>
        parseProbe((await runScript(text, shell, toolbox({ ...healthy, ping }))).stdout).lines

      it('asks once where they come back', async () => {
        const found = find(await lines(sized(), upTo(1422)), 'mtu', 0)
        expect(found).toMatchObject({ status: 0, text: '1450 1 packets transmitted, 1 packets received' })
      })

      it('asks three times more where one is lost', async () => {
        const found = find(await lines(sized(), upTo(1421)), 'mtu', 0)
        expect(found).toMatchObject({ status: 1, text: '1450 3 packets transmitted, 0 packets received' })
      })

      it.each([1421, 1322, 57, 56])('measures exactly where a payload of %d is the largest', async (bytes) => {
        const text = sized({ measuresMtu: true })
        const { stdout, left } = await runScript(text, shell, toolbox({ ...healthy, ping: upTo(bytes) }))
        expect(find(parseProbe(stdout).lines, 'mtu', 0).text).toMatch(
          new RegExp(`^1450 largest ${bytes + 28} 3 packets`),
        )
        expect(left).toEqual([])
      })

      it('says nothing of it where the target does not answer at all, or the MTU is not known', async () => {
        expect((await lines(sized(), upTo(0))).some(({ kind }) => kind === 'mtu')).toBe(false)
        const unknown = sized().replace('mtu=1450', 'find_mtu FFFFFFFF FFFFFFFF')
        expect((await lines(unknown, upTo(2000))).some(({ kind }) => kind === 'mtu')).toBe(false)
      })
    })

    it('does without ping, and asks TCP instead', async () => {
      const { getent, nc } = healthy
      const { stdout } = await runScript(scriptOf([aTarget()]).text, shell, toolbox({ getent, nc }))
      const { lines } = parseProbe(stdout)
      expect(find(lines, 'icmp', 0).status).toBe(127)
      expect(find(lines, 'address', 0).status).toBe(0)
    })

    it('does without any tool, and says so for each check', async () => {
      const { stdout, left } = await runScript(scriptOf([aTarget({ ports: [80] })], 'shell1').text, shell, toolbox())
      const { lines, isComplete } = parseProbe(stdout)
      expect([isComplete, left]).toEqual([true, []])
      expect(lines.map(({ kind, status }) => [kind, status]).sort()).toEqual([
        ['icmp', 127],
        ['name', 127],
        ['name', 127],
        ['tcp', 127],
      ])
    })

    it.each([
      ['all of netcat’s options', 'true', '-n -v -z -w 2 127.0.0.1 80'],
      ['no -n', 'case $* in -n*) echo "invalid option -- n" >&2; exit 1 ;; esac', '-v -z -w 2 127.0.0.1 80'],
      [
        'busybox without -z',
        'case $* in *-z*) echo "nc: invalid option -- z"; echo "Usage: nc [-iN]"; exit 1 ;; esac',
        '-w 2 127.0.0.1 80 -e true',
      ],
    ])('finds the options of a netcat with %s', async (_name, behaviour, expected) => {
      const nc = `${behaviour}\nfor a; do [ "$a" != 9 ] || exit 1; done\necho "got $*"`
      // Looking for the MTU must not disturb what was found out about netcat.
      const [script] = buildProbeScripts({ targets: [aTarget({ ports: [80] })], route: '0001000A 00FFFFFF' })
      const { stdout } = await runScript(script!.text, shell, toolbox({ nc }))
      const tcp = parseProbe(stdout).lines.find(({ kind }) => kind === 'tcp')
      expect(tcp?.text).toBe(`nc got ${expected}`)
    })

    it('uses another tool where netcat has none of the options', async () => {
      const tools = { nc: 'echo "Usage: nc HOST PORT" >&2; exit 1', curl: 'echo " connected in 0.000214"' }
      const { stdout } = await runScript(scriptOf([aTarget({ ports: [5432] })]).text, shell, toolbox(tools))
      expect(parseProbe(stdout).lines.find(({ kind }) => kind === 'tcp')).toMatchObject({
        status: 0,
        text: 'curl connected in 0.000214',
      })
    })

    it('takes a connection of curl’s for a success, whatever the server does then', async () => {
      const curl = 'echo "curl: (28) Operation timed out, connected in 0.000214"; exit 28'
      const lost = 'echo "curl: (28) Connection timed out connected in 0.000000"; exit 28'
      const script = scriptOf([aTarget({ ports: [5432] })]).text
      const status = async (tool: string) =>
        parseProbe((await runScript(script, shell, toolbox({ curl: tool }))).stdout).lines.find((l) => l.kind === 'tcp')
          ?.status
      expect([await status(curl), await status(lost)]).toEqual([0, 28])
    })

    it('reads /etc/hosts before it asks a name server that does not', async () => {
      const tools = { nslookup: 'echo "** server can\'t find $1: NXDOMAIN"; exit 1' }
      const targets = [aTarget({ index: 0, name: 'localhost' }), aTarget({ index: 1, name: 'nowhere' })]
      const { stdout } = await runScript(scriptOf(targets).text, shell, toolbox(tools))
      const { lines } = parseProbe(stdout)
      expect(find(lines, 'name', 0).text).toMatch(/^hosts (127\.0\.0\.1|::1)/)
      expect(find(lines, 'name', 1).text).toBe("nslookup ** server can't find nowhere: NXDOMAIN")
    })

    it.each([
      [
        'nslookup',
        { nslookup: 'printf "Name: %s\\nAddress: 10.0.1.2\\n" "$1"' },
        'nslookup Name: localhost Address: 10.0.1.2',
      ],
      // With a dot behind it the name is not the one in /etc/hosts.
      [
        'getent alone',
        { getent: 'case $2 in *.) echo "10.0.1.2 $2" ;; *) echo "127.0.0.1 $2" ;; esac' },
        'getent 10.0.1.2 localhost.',
      ],
      ['neither', { ping: 'echo "PING localhost (127.0.0.1): 56 data bytes"' }, 'none'],
    ])('asks the name server too for what stands in /etc/hosts, with %s', async (_name, tools, expected) => {
      const targets = [aTarget({ index: 0, name: 'localhost' }), aTarget({ index: 1, name: 'nowhere' })]
      const { stdout, left } = await runScript(scriptOf(targets, 'localhost').text, shell, toolbox(tools))
      const { lines } = parseProbe(stdout)
      expect(find(lines, 'hosts', 0).text).toMatch(/^hosts (127\.0\.0\.1|::1)/)
      expect(find(lines, 'dns', 0).text.trim()).toBe(expected)
      expect(lines.filter(({ kind }) => kind === 'dns' || kind === 'hosts')).toHaveLength(2)
      expect(left).toEqual([])
    })

    it('asks for further names, and tries their own address by TCP and never by ping', async () => {
      const ping = 'echo "1 packets transmitted, 1 packets received"'
      const further = { isFurther: true } as const
      const targets = [
        aTarget({ index: 5, name: 'tasks.web', ...further, address: '127.0.0.1', ports: [80, 81] }),
        aTarget({ index: 6, name: 'quiet', ...further, address: '127.0.0.1' }),
        { index: 7, name: 'alias', wantsIpv6: false, ports: [], ...further },
      ]
      const { stdout, left } = await runScript(scriptOf(targets, 'shell1').text, shell, toolbox({ ...healthy, ping }))
      const { lines, isComplete } = parseProbe(stdout)
      expect([isComplete, left]).toEqual([true, []])
      const of = (index?: number) =>
        lines.filter((line) => line.index === index).map(({ kind, port }) => `${kind} ${port ?? ''}`.trim())
      expect(of(5).toSorted()).toEqual(['name', 'tcp 80', 'tcp 81'])
      expect(of(6).toSorted()).toEqual(['address 7', 'name'])
      expect(of(7)).toEqual(['name'])
      expect(of().toSorted()).toEqual(['ipvs', 'name'])
      expect(find(lines, 'ipvs').status).toBe(existsSync('/proc/net/ip_vs') ? 0 : 1)
    })

    it('does not look for IPVS where no address of a service is tried', async () => {
      const { stdout } = await runScript(scriptOf([aTarget()]).text, shell, toolbox(healthy))
      expect(parseProbe(stdout).lines.some(({ kind }) => kind === 'ipvs')).toBe(false)
    })

    it('keeps the lines of many targets apart', async () => {
      const targets = Array.from({ length: 100 }, (_, index) => aTarget({ index, name: `c${index}`, ports: [80] }))
      const { stdout, left } = await runScript(scriptOf(targets, 'shell1').text, shell, toolbox(healthy))
      const printed = stdout.split('\n').slice(0, -1)
      expect(printed.filter((line) => !line.startsWith('@probe\t') || line.split('\t').length !== 7)).toEqual([])
      // Name, ICMP, TCP and HTTP each, the control and the end.
      expect(printed).toHaveLength(100 * 4 + 2)
      expect(left).toEqual([])
    })
  },
)

describe('probe scripts', () => {
  const many = (length: number) =>
    Array.from({ length }, (_, index) =>
      aTarget({
        index,
        name: `a-rather-long-name-of-a-container-${index}`,
        address: '10.255.255.255',
        ports: [80, 443],
      }),
    )

  it('stay below what one argument of a process may hold, and leave no target out', () => {
    const scripts = buildProbeScripts({ ownName: 'shell1', targets: many(3_000) })
    expect(scripts.length).toBeGreaterThan(1)
    for (const { text } of scripts) expect(Buffer.byteLength(text)).toBeLessThan(96 * 1024)
    expect(scripts.flatMap(({ targets }) => targets.map(({ index }) => index))).toEqual(many(3_000).map((t) => t.index))
    for (const { text, targets } of scripts)
      for (const { index } of targets) expect(text).toContain(`\ntarget ${index} `)
  })

  it('are bounded in time, by the targets that one worker has to ask one after the other', () => {
    const limit = (targets: readonly ProbeTarget[]) => scriptOf(targets).limitMs
    expect(limit(many(1))).toBe(10_000)
    expect(limit(many(16))).toBe(10_000)
    expect(limit(many(17))).toBe(16_000)
    expect(limit([aTarget({ ports: [1, 2, 3, 4, 5, 6, 7, 8, 9] })])).toBe(16_000)
  })

  it('ask for IPv6 only where a target has such an address, and for HTTP only where it may be spoken', () => {
    const text = scriptOf([
      aTarget({ index: 0, ports: [80, 5432, 443] }),
      aTarget({ index: 1, wantsIpv6: true, address: 'fd00::5' }),
    ]).text
    expect(text).toContain("target 0 web ahostsv4 127.0.0.1 '80:h 5432:t 443:t'")
    expect(text).toContain("target 1 web ahosts fd00::5 ''")
  })

  it('ask for HTTP on any port where a path is wanted', () => {
    expect(scriptOf([aTarget({ ports: [5432], path: '/health' })]).text).toMatch(/'?5432:h'? \/health$/m)
    expect(scriptOf([aTarget({ ports: [5432] })]).text).toMatch(/5432:t$/m)
  })

  it('do not look for the source’s own name where containers have no names', () => {
    expect(scriptOf([aTarget()]).text).not.toMatch(/^look_up /m)
  })
})
