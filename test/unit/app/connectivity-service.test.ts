import { beforeEach, describe, expect, it } from 'vitest'
import { runConnectivityTest, type ConnectivityTestOptions } from '../../../src/app/connectivity-service'
import type { ConnectivityRun } from '../../../src/core/connectivity/run'
import { SwarmNetworksError } from '../../../src/core/errors'
import type { Container } from '../../../src/core/model/container'
import { aContainer, aFleet, aHost, anId, anOverlay, aSilentHost, attachedTo } from '../builders'
import { FakeClock, settle } from '../fakes/fake-clock'
import { allWell, FakeProbes } from './connectivity/fake-probes'

const gnswarm = anOverlay()
const longAgo = { createdAt: 0, status: 'Up 2 hours' }

function member(name: string, address: string, over: Partial<Container> = {}): Container {
  return aContainer({ ...longAgo, name, attachments: [attachedTo(gnswarm, address)], ...over })
}

/** `web` at tolkewitz, `shell1` at miltitz, lindenau away. */
function aSmallFleet(web: Partial<Container> = {}) {
  return aFleet([
    aHost('tolkewitz', { containers: [member('web', '10.0.1.2', web)], networks: [gnswarm] }),
    aHost('miltitz', {
      role: 'worker',
      containers: [member('shell1', '10.0.1.5', { ports: [] })],
      networks: [gnswarm],
    }),
    aSilentHost('lindenau'),
  ])
}

describe('runConnectivityTest', () => {
  let clock: FakeClock
  let probes: FakeProbes
  let abort: AbortController
  let progress: string[]

  beforeEach(() => {
    clock = new FakeClock()
    probes = new FakeProbes(aSmallFleet())
    abort = new AbortController()
    progress = []
  })

  const begin = (over: Partial<ConnectivityTestOptions> = {}) =>
    runConnectivityTest(probes, gnswarm.id, {
      clock,
      signal: abort.signal,
      onProgress: (message) => progress.push(message),
      ...over,
    })
  const results = ({ pairs }: ConnectivityRun) =>
    pairs.map(({ from, to, result }) => `${from.container}→${to.container} ${result}`)
  const notKnown = (exec: Parameters<typeof allWell>[0]) => ({
    stdout: allWell(exec).replace(/\t0\t10\tgetent.*/g, '\t2\t10\tgetent '),
  })

  it('asks every container once about all others, and gives what it found', async () => {
    const run = await begin()
    expect(results(run)).toEqual(['shell1→web pass', 'web→shell1 pass'])
    expect(run).toMatchObject({ execs: 2, isCancelled: false, startedAt: clock.now(), durationMs: 0 })
    expect(run.network).toMatchObject({ name: 'gnswarm', driver: 'overlay', hasNames: true })
    expect(run.unreachableHosts.map(({ host }) => host)).toEqual(['lindenau'])
    expect(run.findings.map(({ cause }) => cause)).toEqual(['host-unreachable'])
    expect(probes.execs.map(({ containerId, targets }) => [containerId, targets.map(({ name }) => name)])).toEqual([
      [anId('shell1'), ['web']],
      [anId('web'), ['shell1']],
    ])
    expect(progress).toEqual(['Asked 0 of 2 containers', 'Asked 1 of 2 containers', 'Asked 2 of 2 containers'])
  })

  it('gives each exec more time than its script takes', async () => {
    await begin()
    for (const { options } of probes.execs) {
      const limit = Number(/^watchdog (\d+)$/m.exec(options.command[2]!)![1])
      expect(options.deadlineMs).toBeGreaterThan(limit * 1_000)
    }
  })

  it('measures one pair between two hosts where full-size packets get lost', async () => {
    const size = (text: string) => `@probe\t0\tmtu\t-\t1\t\t1450 ${text}3 packets transmitted, 0 packets received\n`
    probes.answer = (exec) => ({
      stdout: size(exec.options.command[2]!.includes('\nmeasure=1\n') ? 'largest 1350 ' : '') + allWell(exec),
    })
    const run = await begin()
    expect(run.execs).toBe(3)
    expect(results(run)).toEqual(['shell1→web fail', 'web→shell1 fail'])
    expect(run.findings.map(({ cause }) => cause)).toEqual(['mtu-black-hole', 'host-unreachable'])
    expect(run.findings[0]?.evidence.join(' ')).toContain('Packets of up to 1350 bytes came back')
    expect(progress.at(-1)).toBe('Asked 1 of 1 container')
    expect(progress).toContain('Measuring how large a packet may be, and how many get lost…')
  })

  describe('where an image has no tools', () => {
    const noShell = (exec: Parameters<typeof allWell>[0]) =>
      exec.containerId === anId('web') ? { exitCode: 127, stdout: '' } : { stdout: allWell(exec) }
    const web = anId('web')

    it('asks from a helper in the container’s network, and removes it', async () => {
      probes.answer = noShell
      const run = await begin({ helper: {} })
      expect(results(run)).toEqual(['shell1→web pass', 'web→shell1 pass'])
      expect(probes.done).toEqual(['create busybox:latest', `start helper of ${web}`, `remove true helper of ${web}`])
      expect(run.helped).toEqual([{ container: 'web', host: 'tolkewitz', image: 'busybox:latest' }])
      expect(run.execs).toBe(3)
    })

    it('does without where it is told so, and says why the pair is not tested', async () => {
      probes.answer = noShell
      const run = await begin()
      expect(results(run)).toEqual(['shell1→web pass', 'web→shell1 not-tested'])
      expect(run.pairs[1]?.reason).toBe('The image of web has no shell (sh) to probe from')
      expect([probes.done, run.helped]).toEqual([[], undefined])
    })

    it('says so where the host has no image for it', async () => {
      probes.answer = noShell
      probes.tags = ['nginx:latest']
      const run = await begin({ helper: {} })
      expect(run.pairs[1]?.reason).toMatch(
        /^The image of web has no shell \(sh\) to probe from\. tolkewitz has no image .* Load busybox or alpine/,
      )
    })

    it('removes the helper when the test is cancelled while it asks', async () => {
      probes.answer = (exec) => {
        if (exec.containerId === web) return { exitCode: 127, stdout: '' }
        if (!exec.containerId.startsWith('helper')) return { stdout: allWell(exec) }
        abort.abort()
        throw new SwarmNetworksError('cancelled', 'Cancelled')
      }
      const run = await begin({ helper: {} })
      expect(run.isCancelled).toBe(true)
      expect(probes.done.at(-1)).toBe(`remove true helper of ${web}`)
    })

    it('does not help a container that has tools, whatever they find', async () => {
      probes.answer = (exec) => ({ stdout: allWell(exec).replaceAll(/(icmp|tcp)\t(\S+)\t0/g, '$1\t$2\t1') })
      await begin({ helper: {} })
      expect(probes.done).toEqual([])
    })
  })

  it('tests only what it is told to', async () => {
    expect(results(await begin({ from: anId('shell1') }))).toEqual(['shell1→web pass'])
    expect(results(await begin({ onlyPairs: [{ from: anId('web'), to: anId('shell1') }] }))).toEqual([
      'web→shell1 pass',
    ])
  })

  it('asks nobody about a target that does not run', async () => {
    probes.fleet = aSmallFleet({ state: 'exited' })
    const run = await begin()
    expect(results(run)).toEqual(['shell1→web fail', 'web→shell1 not-tested'])
    expect([run.execs, run.findings[0]!.cause]).toEqual([0, 'target-not-running'])
  })

  it('is bounded: eight hosts at a time, four execs at each', async () => {
    const hosts = Array.from({ length: 10 }, (_, h) =>
      aHost(`h${h}`, {
        role: h === 0 ? 'manager' : 'worker',
        networks: [gnswarm],
        containers: Array.from({ length: 6 }, (_item, c) => member(`c${h}x${c}`, `10.0.${h}.${c + 2}`)),
      }),
    )
    probes.fleet = aFleet(hosts)
    probes.answer = async (exec) => {
      await settle()
      return { stdout: allWell(exec) }
    }
    const run = await begin()
    expect(run.execs).toBe(60)
    expect(run.pairs).toHaveLength(60 * 59)
    expect(run.pairs.every(({ result }) => result === 'pass')).toBe(true)
    expect(probes.most).toEqual({ atAHost: 4, hosts: 8 })
  })

  describe('a second look', () => {
    it('is taken at a name that is not known yet, at only the pairs that failed, with what is known by then', async () => {
      probes.answer = (exec) => (exec.containerId === anId('shell1') ? notKnown(exec) : { stdout: allWell(exec) })
      const running = begin()
      await settle()
      expect(probes.execs).toHaveLength(2)
      probes.answer = (exec) => ({ stdout: allWell(exec) })
      probes.fleet = aSmallFleet({ attachments: [attachedTo(gnswarm, '10.0.1.77')] })
      await clock.advance(1_900)
      expect(probes.execs).toHaveLength(2)
      await clock.advance(200)
      const run = await running
      expect(results(run)).toEqual(['shell1→web pass', 'web→shell1 pass'])
      expect(run).toMatchObject({ execs: 3, durationMs: 2_000 })
      expect(probes.execs[2]!.targets).toMatchObject([{ name: 'web', address: '10.0.1.77' }])
      expect(progress).toContain('Testing 1 pair again in a moment…')
    })

    it('is the last: what fails again has failed', async () => {
      probes.answer = notKnown
      const running = begin()
      await settle()
      await clock.advance(5_000)
      const run = await running
      expect(results(run)).toEqual(['shell1→web fail', 'web→shell1 fail'])
      expect(run.execs).toBe(4)
      expect(run.findings.map(({ cause }) => cause)).toContain('name-not-known')
    })

    it('is not taken where nothing may be young', async () => {
      probes.answer = (exec) => ({ stdout: allWell(exec).replace('\t0\t10\tnc ', '\t1\t10\tnc Connection refused') })
      const run = await begin()
      expect([run.execs, run.findings[0]!.cause]).toEqual([2, 'port-closed'])
    })

    it('that is cancelled leaves the first', async () => {
      probes.answer = notKnown
      const running = begin()
      await settle()
      abort.abort()
      const run = await running
      expect(results(run)).toEqual(['shell1→web fail', 'web→shell1 fail'])
      expect(run).toMatchObject({ isCancelled: true, execs: 2 })
      expect(clock.pending).toBe(0)
    })
  })

  it('leaves the pairs of a container that cannot be asked untested, with the reason, and goes on', async () => {
    probes.answer = (exec) => {
      if (exec.hostId.endsWith('tolkewitz'))
        throw new SwarmNetworksError('unreachable', 'The connection was closed', { host: 'tolkewitz' })
      return { stdout: allWell(exec) }
    }
    const run = await begin()
    expect(results(run)).toEqual(['shell1→web pass', 'web→shell1 not-tested'])
    expect(run.pairs[1]!.reason).toBe('tolkewitz: The connection was closed.')
  })

  it('counts no exec that was never sent', async () => {
    const fleet = probes.fleet
    const away = {
      ...fleet,
      hosts: fleet.hosts.map((host) => (host.name === 'miltitz' ? aSilentHost('miltitz') : host)),
    }
    const plannedBefore = new FakeProbes(away)
    // The host went away between plan and probe.
    let reads = 0
    Object.defineProperty(plannedBefore, 'fleet', { get: () => (reads++ === 0 ? fleet : away) })
    const run = await runConnectivityTest(plannedBefore, gnswarm.id, { clock, signal: abort.signal })
    expect(results(run)).toEqual(['shell1→web not-tested', 'web→shell1 pass'])
    expect(run.execs).toBe(1)
    expect(run.pairs[0]!.reason).toMatch(/miltitz/)
  })

  it('says that an image has no shell', async () => {
    probes.answer = (exec) =>
      exec.containerId === anId('web')
        ? { exitCode: 126, stdout: 'OCI runtime exec failed' }
        : { stdout: allWell(exec) }
    const run = await begin()
    expect(results(run)).toEqual(['shell1→web pass', 'web→shell1 not-tested'])
    expect(run.pairs[1]!.reason).toMatch(/no shell/)
  })

  it('keeps what it has when it is cancelled, and what a container had said by then', async () => {
    probes.answer = (exec) => {
      const text = allWell(exec)
      if (exec.containerId === anId('shell1')) return { stdout: text }
      exec.options.onOutput?.(text.split('\n')[0]! + '\n')
      return new Promise((_resolve, reject) => {
        exec.signal.addEventListener('abort', () => reject(new SwarmNetworksError('cancelled', 'cancelled')))
      })
    }
    const running = begin()
    await settle()
    abort.abort()
    const run = await running
    expect(run.isCancelled).toBe(true)
    expect(results(run)).toEqual(['shell1→web pass', 'web→shell1 not-tested'])
    expect(run.pairs[1]!.checks.map(({ kind, result }) => [kind, result])).toEqual([
      ['target', 'pass'],
      ['name', 'pass'],
      ['icmp', 'not-tested'],
    ])
    expect(run.pairs[1]!.reason).toMatch(/cancelled/)
  })

  it('asks nobody once it is cancelled', async () => {
    abort.abort()
    const run = await begin()
    expect(results(run)).toEqual(['shell1→web not-tested', 'web→shell1 not-tested'])
    expect([run.execs, run.isCancelled]).toEqual([0, true])
  })

  it('refuses a network that is not there', async () => {
    await expect(runConnectivityTest(probes, 'nowhere', { clock, signal: abort.signal })).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  it('hands each of many execs a signal of its own, for Node takes many listeners on one for a leak', async () => {
    await begin()
    const signals = probes.execs.map(({ signal }) => signal)
    expect(new Set([...signals, abort.signal]).size).toBe(3)
    abort.abort()
    expect(signals.every(({ aborted }) => aborted)).toBe(true)
  })
})
