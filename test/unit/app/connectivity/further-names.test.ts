import { beforeEach, describe, expect, it } from 'vitest'
import { retestFailed } from '../../../../src/app/connectivity/retest-failed'
import { runConnectivityTest, type ConnectivityTestOptions } from '../../../../src/app/connectivity-service'
import type { ConnectivityRun } from '../../../../src/core/connectivity/run'
import type { Container } from '../../../../src/core/model/container'
import { aBridge, aContainer, aFleet, aHost, anId, anOverlay, attachedTo } from '../../builders'
import { FakeClock, settle } from '../../fakes/fake-clock'
import { sampleService } from '../../fakes/samples'
import { allWell, FakeProbes, type Exec } from './fake-probes'

const gnswarm = anOverlay()
const bridge = aBridge({ name: 'docker_gwbridge' })
const longAgo = { createdAt: 0, status: 'Up 2 hours' }

function member(name: string, address: string, over: Partial<Container> = {}): Container {
  return aContainer({ ...longAgo, name, attachments: [attachedTo(gnswarm, address)], ...over })
}

const ref = { serviceId: 'service-web', serviceName: 'web', taskId: 't1', nodeId: 'n', slot: 1 }
const web = sampleService('web', {
  endpointMode: 'vip',
  networks: [{ networkId: gnswarm.id, virtualAddress: '10.0.1.50', aliases: [] }],
})
const right = {
  ...{ web: '10.0.1.50', 'tasks.web': '10.0.1.21', db: '10.0.1.12' },
  ...{ 'c1.gnswarm': '10.0.1.11', 'c2.gnswarm': '10.0.1.12' },
}
const silent = (exec: Exec) => {
  const at = exec.further.find(({ address }) => address === '10.0.1.50')
  return at === undefined ? '' : `@probe\t${at.index}\ttcp\t80\t1\t2000\tnc timed out\n`
}

describe('a test of a network with a service', () => {
  let clock: FakeClock
  let probes: FakeProbes

  beforeEach(() => {
    clock = new FakeClock()
    probes = new FakeProbes(
      aFleet([
        aHost('tolkewitz', {
          containers: [member('c1', '10.0.1.11'), member('web.1.x', '10.0.1.21', { task: ref })],
          networks: [gnswarm, bridge],
        }),
        aHost('miltitz', { role: 'worker', containers: [member('c2', '10.0.1.12')], networks: [gnswarm] }),
      ]),
    )
    probes.services = [web]
    const Aliases = ['db', anId('c2').slice(0, 12)]
    probes.inspections.set(anId('c2'), { Id: anId('c2'), NetworkSettings: { Networks: { gnswarm: { Aliases } } } })
    probes.bridge = { Containers: { [anId('c1')]: { IPv4Address: '172.18.0.3/16' } } }
    probes.answer = (exec) => ({ stdout: allWell(exec, right) })
  })

  const test = async (over: Partial<ConnectivityTestOptions> = {}) => {
    const running = runConnectivityTest(probes, gnswarm.id, { clock, signal: new AbortController().signal, ...over })
    for (let i = 0; i < 20; i++) {
      await settle()
      await clock.advance(2_000)
    }
    return running
  }
  const asked = () =>
    probes.execs.map(({ containerId, further }) => [containerId, further.map(({ name }) => name)] as const)
  const failing = ({ names = [] }: ConnectivityRun) =>
    names.filter(({ result }) => result === 'fail').map(({ from, target }) => `${from.container} ${target.name}`)

  it('asks for the further names in the same execs, and knows what they lead to', async () => {
    const run = await test()
    expect(run.execs).toBe(3)
    expect(new Map(asked())).toEqual(
      new Map([
        [anId('c1'), ['web', 'tasks.web', 'db', 'c1.gnswarm', 'c2.gnswarm']],
        [anId('c2'), ['web', 'tasks.web', 'db', 'c1.gnswarm', 'c2.gnswarm']],
        [anId('web.1.x'), ['web', 'tasks.web']],
      ]),
    )
    expect(run.names!.map(({ result }) => result)).toEqual(run.names!.map(() => 'pass'))
    expect(run.findings).toEqual([])
    // A task of a service has no aliases.
    expect(probes.inspected).toBe(2)
    expect(run.gateways).toEqual([expect.objectContaining({ container: 'c1', address: '172.18.0.3' })])
    expect(run).not.toHaveProperty('nameNotes')
  })

  it('tries the address of a service from all but its own tasks', async () => {
    await test()
    const tried = probes.execs.filter(({ further }) => further.some(({ address }) => address === '10.0.1.50'))
    expect(tried.map(({ containerId }) => containerId).toSorted()).toEqual([anId('c1'), anId('c2')].toSorted())
  })

  it('keeps the pairs green where only a service’s own address is silent, asks once more, and says why', async () => {
    probes.answer = (exec) => ({ stdout: silent(exec) + allWell(exec, right) })
    const run = await test()
    expect(run.pairs.every(({ result }) => result === 'pass')).toBe(true)
    expect(failing(run)).toEqual(['c1 web', 'c2 web'])
    expect(run.findings.map(({ cause }) => cause)).toEqual(['service-address-silent'])
    expect(asked().slice(3)).toEqual([
      [anId('c1'), ['web']],
      [anId('c2'), ['web']],
    ])
    expect(run.execs).toBe(5)
  })

  it('takes a second look that is well for the truth', async () => {
    probes.answer = (exec) => ({
      stdout: allWell(exec, probes.execs.length > 3 ? right : { ...right, db: '10.0.1.99' }),
    })
    const run = await test()
    expect(failing(run)).toEqual([])
    expect(run.findings).toEqual([])
  })

  it('asks only what a part of the checks is about', async () => {
    await test({ checks: 'names' })
    expect(probes.execs.flatMap(({ further }) => further.filter(({ address }) => address !== ''))).toEqual([])
    expect(probes.execs[0]!.further.length).toBeGreaterThan(0)
    probes.execs.length = 0
    await test({ checks: 'ping' })
    expect(probes.execs.flatMap(({ further }) => further)).toEqual([])
    expect(probes.execs).toHaveLength(3)
  })

  it('leaves them out where only a target is asked about, and asks all of a source', async () => {
    await test({ to: [anId('c2')] })
    expect(probes.execs.flatMap(({ further }) => further)).toEqual([])
    probes.execs.length = 0
    const run = await test({ from: anId('c2') })
    expect(asked().map(([id]) => id)).toEqual([anId('c2')])
    expect(run.names).toHaveLength(5)
  })

  it('asks again after a fix only for the names that failed, and keeps the others', async () => {
    probes.answer = (exec) => ({ stdout: silent(exec) + allWell(exec, right) })
    const last = await test()
    probes.answer = (exec) => ({ stdout: allWell(exec, right) })
    probes.execs.length = 0
    const now = await retestFailed(
      probes,
      { networkKey: gnswarm.id, last },
      { clock, signal: new AbortController().signal },
    )
    expect(asked()).toEqual([
      [anId('c1'), ['web']],
      [anId('c2'), ['web']],
    ])
    expect(now.names).toHaveLength(last.names!.length)
    expect([failing(now), now.findings]).toEqual([[], []])
    expect(now.before?.names).toHaveLength(last.names!.length)
  })

  it('goes on where a host does not tell, and says so', async () => {
    probes.inspections.clear()
    const client = probes.client.bind(probes)
    probes.client = (id) => {
      const engine = client(id)
      const refuse = () => Promise.reject(new Error('not today'))
      return {
        ...engine,
        containers: { ...engine.containers, inspect: refuse },
        swarm: { ...engine.swarm, services: refuse },
      }
    }
    const run = await test()
    expect(run.pairs.every(({ result }) => result === 'pass')).toBe(true)
    expect(run.nameNotes!.join('\n')).toMatch(/c1 on tolkewitz was not asked for its aliases: not today/)
    expect(run.nameNotes!.join('\n')).toMatch(/tolkewitz was not asked for its services: not today/)
  })

  it('makes no exec for a name in vain, and waits for no gossip where /etc/hosts is wrong', async () => {
    probes.answer = (exec) => {
      const at = exec.further.find(({ name }) => name === 'db')
      const line = at ? `@probe\t${at.index}\thosts\t-\t0\t\thosts 10.0.1.99\n` : ''
      return { stdout: line + allWell(exec, { ...right, db: '10.0.1.99' }) }
    }
    const run = await test()
    expect(run.execs).toBe(3)
    expect(run.findings.map(({ cause }) => cause)).toEqual(['hosts-file-entry'])
  })
})
