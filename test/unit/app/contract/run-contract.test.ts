import { beforeEach, describe, expect, it } from 'vitest'
import { runContract } from '../../../../src/app/contract/run-contract'
import type { RunOptions } from '../../../../src/app/connectivity-service'
import type { ContractRun } from '../../../../src/core/contract/contract-run'
import { parseContract } from '../../../../src/core/contract/parse-contract'
import type { Container } from '../../../../src/core/model/container'
import { aContainer, aFleet, aHost, anId, anOverlay, aSilentHost, attachedTo } from '../../builders'
import { FakeClock, settle } from '../../fakes/fake-clock'
import { FakeProbes, type Exec } from '../connectivity/fake-probes'

const front = anOverlay({ name: 'front' })
const back = anOverlay({ name: 'back', subnets: [{ subnet: '10.0.2.0/24' }] })
const longAgo = { createdAt: 0, status: 'Up 2 hours' }

function member(name: string, address: string, over: Partial<Container> = {}): Container {
  return aContainer({ ...longAgo, name, ports: [], attachments: [attachedTo(front, address)], ...over })
}

function task(slot: number, address: string): Container {
  const ref = { serviceId: 'api', serviceName: 'api', taskId: `t${slot}`, nodeId: 'n', slot }
  return member(`api.${slot}.x`, address, { task: ref, labels: { tier: 'app' } })
}

interface Changes {
  readonly web?: Partial<Container>
  readonly silent?: boolean
}

/** `web`, `shell1` and two tasks of `api` on `front`; `db` on `back`, and `db` alone. */
function world({ web = {}, silent = false }: Changes = {}) {
  const db = member('db', '10.0.2.9', { attachments: [attachedTo(back, '10.0.2.9')], labels: { tier: 'data' } })
  return aFleet([
    aHost('tolkewitz', {
      containers: [member('web', '10.0.1.2', web), task(1, '10.0.1.7'), db],
      networks: [front, back],
    }),
    aHost('miltitz', {
      role: 'worker',
      containers: [member('shell1', '10.0.1.5'), task(2, '10.0.1.8')],
      networks: [front],
    }),
    ...(silent ? [aSilentHost('lindenau')] : []),
  ])
}

/** Who answers, and what. */
interface Answers {
  /** Ports that accept, by address. */
  readonly open: Readonly<Record<string, readonly number[]>>
  /** `FROM-ID ADDRESS`: everything between them gets lost. */
  readonly lost?: readonly (readonly [from: string, address: string])[]
  /** By path. */
  readonly status?: Readonly<Record<string, string>>
  /** By name. */
  readonly names?: Readonly<Record<string, string>>
}

function answering({ open, lost = [], status = {}, names = {} }: Answers): (exec: Exec) => { stdout: string } {
  return ({ containerId, targets, options }: Exec) => {
    const print = (...fields: readonly string[]) => `${['@probe', ...fields].join('\t')}\n`
    const script = options.command[2] ?? ''
    const lines = targets.map(({ index, name, address, ports }) => {
      const [, path = '/'] = new RegExp(`^target ${index} .*[ '](/\\S*)$`, 'm').exec(script) ?? []
      const isLost = lost.some(([from, to]) => anId(from) === containerId && to === address)
      const found = names[name] ?? address
      const lookup =
        found === ''
          ? print(index, 'name', '-', '2', '5', 'getent ')
          : print(index, 'name', '-', '0', '5', `getent ${found} STREAM ${name}`)
      if (isLost)
        return [
          lookup,
          print(index, 'icmp', '-', '1', '', '3 packets transmitted, 0 packets received'),
          ...ports.map((port) => print(index, 'tcp', port, '1', '2000', 'nc timed out')),
        ].join('')
      return [
        lookup,
        print(index, 'icmp', '-', '0', '', '1 packets transmitted, 1 packets received time=0.5 ms'),
        ...ports.map((port) =>
          open[address]?.includes(Number(port))
            ? print(index, 'tcp', port, '0', '3', 'nc ') +
              print(index, 'http', port, '0', '4', `HTTP/1.1 ${status[path] ?? '200 OK'}`)
            : print(index, 'tcp', port, '1', '1', 'nc connection refused'),
        ),
      ].join('')
    })
    return {
      stdout: [
        print('-', 'name', '-', '0', '1', 'getent 10.0.1.5 STREAM own'),
        ...lines,
        print('-', 'end', '-', '0', '', ''),
      ].join(''),
    }
  }
}

describe('runContract', () => {
  let clock: FakeClock
  let probes: FakeProbes
  let abort: AbortController

  beforeEach(() => {
    clock = new FakeClock()
    probes = new FakeProbes(world())
    abort = new AbortController()
    probes.answer = answering({
      open: { '10.0.1.2': [80], '10.0.1.7': [8080], '10.0.1.8': [8080], '10.0.2.9': [5432] },
    })
  })

  async function run(text: string, over: Partial<RunOptions> = {}): Promise<ContractRun> {
    const { contract, problems } = parseContract(text)
    expect(problems).toEqual([])
    const going = runContract(probes, contract, { clock, signal: abort.signal, ...over })
    await settle()
    await clock.advance(30_000)
    const outcome = await going
    if (outcome.run === undefined) throw new Error(outcome.problems.map(({ message }) => message).join('\n'))
    return outcome.run
  }

  async function problemsOf(text: string) {
    const { contract } = parseContract(text)
    const outcome = await runContract(probes, contract, { clock, signal: abort.signal })
    expect(probes.execs).toEqual([])
    const problems = outcome.problems ?? outcome.run.lines.flatMap((line) => line.problems ?? [])
    return problems.map(({ code, message, range, replacement }) => [
      code,
      text.slice(range.start, range.end),
      message,
      replacement,
    ])
  }

  const verdicts = ({ lines }: ContractRun) => lines.map(({ result }) => result)
  const sentence = ({ lines }: ContractRun) => lines.map(({ sentence: said }) => said).join('\n')

  it('asks each pair once for all lines, with one exec a source', async () => {
    const done = await run(`
network: front
must:
  - { from: shell1, to: web, tcp: 80 }
  - { from: shell1, to: web, http: { path: /health, status: 200 } }
  - { from: shell1, to: web, ping: true, name: true }
  - { from: shell1, to: "service:api", tcp: 8080 }
  - { from: label:tier=app, to: tolkewitz/web }
`)
    expect(verdicts(done)).toEqual(['pass', 'pass', 'pass', 'pass', 'pass'])
    expect(done.lines.map(({ asks }) => asks.length)).toEqual([1, 1, 2, 2, 2])
    expect(done).toMatchObject({ execs: 3, isCancelled: false, findings: [] })
    const [fromShell] = probes.execs.filter(({ containerId }) => containerId === anId('shell1'))
    expect(fromShell?.options.command[2]).toMatch(/^target \d+ web ahostsv4 10\.0\.1\.2 80:h \/health$/m)
  })

  it('names the cause of a line that fails, and fails no other', async () => {
    probes.fleet = world({ web: { state: 'exited' } })
    const done = await run(
      'must:\n  - {from: shell1, to: web, tcp: 80}\n  - {from: shell1, to: "service:api", tcp: 8080}\n',
    )
    expect(verdicts(done)).toEqual(['fail', 'pass'])
    expect(done.lines[0]?.sentence).toBe('shell1 (miltitz) → web (tolkewitz): web is not running (exited)')
    expect(done.lines[0]?.findings.map(({ cause }) => cause)).toEqual(['target-not-running'])
    expect(done.findings).toHaveLength(1)
  })

  it('tells a port that nothing listens on from an image’s promise', async () => {
    const done = await run('must:\n  - {from: shell1, to: web, tcp: [80, 81]}\n')
    expect(done.lines[0]?.findings.map(({ cause, evidence }) => [cause, evidence.join(' ')])).toEqual([
      ['port-closed', expect.stringContaining('A contract asks for that port.')],
    ])
  })

  it('fails an answer that is not the one that counts', async () => {
    probes.answer = answering({ open: { '10.0.1.2': [80] }, status: { '/health': '503 Service Unavailable' } })
    const done = await run(
      'must:\n  - {from: shell1, to: web, http: {path: /health}}\n  - {from: shell1, to: web, http: 80}\n',
    )
    expect(verdicts(done)).toEqual(['fail', 'pass'])
    expect(sentence(done)).toContain('503 Service Unavailable')
    expect(done.lines[0]?.asks[0]?.cause).toBe('unexpected-answer')
  })

  it('fails a ping that is filtered where ping is asked for, and only there', async () => {
    const well = answering({ open: { '10.0.1.2': [80] } })
    const silent = '\ticmp\t-\t1\t\t3 packets transmitted, 0 packets received'
    probes.answer = (exec) => ({ stdout: well(exec).stdout.replace(/\ticmp\t-\t0\t\t.*/g, silent) })
    const done = await run('must:\n  - {from: shell1, to: web, ping: true}\n  - {from: shell1, to: web, tcp: 80}\n')
    expect(verdicts(done)).toEqual(['fail', 'pass'])
  })

  it('asks for the name of a service, whose own address is in the network', async () => {
    probes.answer = answering({ open: {}, names: { api: '10.0.1.200', elsewhere: '10.0.1.200', gone: '' } })
    const done = await run(`must:
  - { from: shell1, to: { service: api }, name: true }
  - { from: shell1, to: web, name: elsewhere }
  - { from: shell1, to: web, name: gone }
`)
    expect(verdicts(done)).toEqual(['pass', 'fail', 'fail'])
    expect(sentence(done)).toContain('elsewhere is 10.0.1.200, which is not web (10.0.1.2)')
  })

  describe('with lines that must not hold', () => {
    it('fails what is reachable, with the evidence', async () => {
      const done = await run('mustNot:\n  - {from: shell1, to: web, tcp: 80, because: only the proxy may}\n')
      expect(verdicts(done)).toEqual(['fail'])
      expect(done.lines[0]).toMatchObject({ asks: [{ cause: 'forbidden-path-open' }], findings: [] })
      expect(sentence(done)).toMatch(/reached on TCP port 80, and must not be: TCP port 80: connected/)
      expect(done.execs).toBe(1)
    })

    it('passes what is blocked while the target itself serves the port', async () => {
      probes.answer = answering({ open: { '10.0.1.2': [80] }, lost: [['shell1', '10.0.1.2']] })
      const done = await run('mustNot:\n  - {from: shell1, to: web, tcp: 80}\n')
      expect(verdicts(done)).toEqual(['pass'])
      expect(sentence(done)).toContain('though web serves port 80')
      expect(probes.execs.map(({ containerId }) => containerId)).toEqual([anId('shell1'), anId('web')])
      expect(done.findings).toEqual([])
    })

    it('asks no target that somebody else got through to', async () => {
      probes.answer = answering({ open: { '10.0.1.2': [80] }, lost: [['shell1', '10.0.1.2']] })
      const done = await run(
        'must:\n  - {from: "container:api.1.x", to: web, tcp: 80}\nmustNot:\n  - {from: shell1, to: web, tcp: 80}\n',
      )
      expect(verdicts(done)).toEqual(['pass', 'pass'])
      expect(done.execs).toBe(2)
    })

    it('does not pass what nobody serves', async () => {
      const done = await run('mustNot:\n  - {from: shell1, to: web, tcp: 81}\n')
      expect(verdicts(done)).toEqual(['not-tested'])
      expect(sentence(done)).toContain('nothing listens on port 81 of web, so that it is not reached proves nothing')
    })

    it('does not pass what is down', async () => {
      probes.fleet = world({ web: { state: 'exited' } })
      const done = await run('mustNot:\n  - {from: shell1, to: web, tcp: 80}\n')
      expect(verdicts(done)).toEqual(['not-tested'])
      expect(sentence(done)).toContain('web is not running (exited), so that it is not reached proves nothing')
    })

    it('asks over networks that the two do not share, and passes what is kept apart', async () => {
      probes.answer = answering({ open: { '10.0.2.9': [5432] }, lost: [['web', '10.0.2.9']] })
      const apart = 'mustNot:\n  - {from: web, to: db, tcp: 5432}\n'
      expect(verdicts(await run(apart))).toEqual(['pass'])
      probes.answer = answering({ open: { '10.0.2.9': [5432] } })
      expect(verdicts(await run(apart))).toEqual(['fail'])
    })

    it('takes another status than the forbidden one for an answer', async () => {
      probes.answer = answering({ open: { '10.0.1.2': [80] }, status: { '/admin': '403 Forbidden' } })
      const done = await run('mustNot:\n  - {from: shell1, to: web, http: {path: /admin, status: 2xx}}\n')
      expect(verdicts(done)).toEqual(['pass'])
      expect(sentence(done)).toContain('403 Forbidden')
    })

    it('makes nothing of a port that must stay closed for the lines that must hold', async () => {
      probes.answer = answering({ open: { '10.0.1.2': [80] } })
      const done = await run(
        'must:\n  - {from: shell1, to: web, tcp: 80}\nmustNot:\n  - {from: shell1, to: web, tcp: 81}\n',
      )
      expect(verdicts(done)).toEqual(['pass', 'not-tested'])
      expect(done.findings).toEqual([])
    })
  })

  describe('with a look at the hosts', () => {
    const looking = { helper: {} }
    const asked = () => probes.done.filter((line) => line.startsWith('create')).length

    it('asks them about each other where something fails that must not', async () => {
      probes.answer = answering({ open: { '10.0.1.2': [80] }, lost: [['shell1', '10.0.1.2']] })
      const done = await run('must:\n  - {from: shell1, to: web, tcp: 80}\n', { hostChecks: looking })
      expect(verdicts(done)).toEqual(['fail'])
      expect(asked()).toBe(2)
    })

    it('leaves them alone where only that fails which is meant to', async () => {
      probes.answer = answering({ open: { '10.0.1.2': [80] }, lost: [['shell1', '10.0.1.2']] })
      const done = await run(
        'must:\n  - {from: "container:api.1.x", to: web, tcp: 80}\nmustNot:\n  - {from: shell1, to: web, tcp: 80}\n',
        { hostChecks: looking },
      )
      expect(verdicts(done)).toEqual(['pass', 'pass'])
      expect(asked()).toBe(0)
    })
  })

  it('fails a line whose ends share no network, without asking', async () => {
    const done = await run('must:\n  - {from: web, to: db, tcp: 5432}\n')
    expect(verdicts(done)).toEqual(['fail'])
    expect(sentence(done)).toContain('They are on no network in common: db is on back')
    expect(probes.execs).toEqual([])
  })

  it('does not pass a group of which a silent host may have more', async () => {
    probes.fleet = world({ silent: true })
    const done = await run(
      'must:\n  - {from: label:tier=app, to: web, tcp: 80}\n  - {from: shell1, to: web, tcp: 80}\n',
    )
    expect(verdicts(done)).toEqual(['not-tested', 'pass'])
    expect(sentence(done)).toMatch(/lindenau \(lindenau: connection refused/)
  })

  it('tests nothing any more once it is cancelled', async () => {
    abort.abort()
    const done = await run('must:\n  - {from: shell1, to: web, tcp: 80}\n')
    expect(done.isCancelled).toBe(true)
    expect(verdicts(done)).toEqual(['not-tested'])
  })

  describe('tests nothing where a line means nobody', () => {
    it.each([
      [
        'a name that was mistyped',
        '{from: shel1, to: web}',
        'shel1',
        /No container matches shel1 now. Did you mean “shell1”/,
        'shell1',
      ],
      [
        'a container of another network',
        '{from: shell1, to: db, network: front}',
        'db',
        /No container on front matches db now. It is on back \(at tolkewitz\)/,
        undefined,
      ],
      [
        'a network that nobody lists',
        '{from: shell1, to: web, network: frnt}',
        'frnt',
        /lists a network “frnt”. Did you mean “front”/,
        'front',
      ],
      [
        'a label that nobody has',
        '{from: "label:tier=none", to: web}',
        '"label:tier=none"',
        /matches label:tier=none now\./,
        undefined,
      ],
      ['a host that it is not on', '{from: miltitz/web, to: shell1}', 'miltitz/web', /matches miltitz\/web/, undefined],
      [
        'one container at both ends',
        '{from: web, to: web}',
        '{from: web, to: web}',
        /same container \(web\)/,
        undefined,
      ],
    ])('%s', async (_what, line, at, message, replacement) => {
      const found = await problemsOf(`must:\n  - ${line}\n`)
      expect(found).toEqual([['matches-nothing', at, expect.stringMatching(message), replacement]])
    })

    it('and names the hosts that could not be asked', async () => {
      probes.fleet = world({ silent: true })
      expect((await problemsOf('must:\n  - {from: nobody1, to: web}\n'))[0]?.[2]).toContain(
        'cannot be reached: lindenau',
      )
    })

    it('but the other lines are', async () => {
      const text = 'must:\n  - {from: nobody1, to: web}\n  - {from: shell1, to: web, tcp: 80}\n'
      const outcome = await run(text)
      expect(verdicts(outcome)).toEqual(['not-tested', 'pass'])
      expect(outcome.lines[0]).toMatchObject({ sentence: 'No container matches nobody1 now', asks: [] })
      expect(outcome.lines[0]?.problems).toMatchObject([{ code: 'matches-nothing' }])
    })

    it('or where two lines mean the same pair and the opposite in other words', async () => {
      const found = await problemsOf(
        'must:\n  - {from: shell1, to: "service:api", tcp: 8080}\nmustNot:\n  - {from: shell1, to: label:tier=app, tcp: 8080}\n',
      )
      expect(found.map(([code, at]) => [code, at])).toEqual([
        ['contradiction', '{from: shell1, to: label:tier=app, tcp: 8080}'],
      ])
      expect(found[0]?.[2]).toMatch(/contradicts line 2: both mean shell1 and api/)
    })
  })
})
