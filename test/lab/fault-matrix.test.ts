import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkHosts } from '../../src/app/host-checks/check-hosts'
import { runConnectivityTest, type ConnectivityTestOptions } from '../../src/app/connectivity-service'
import { systemClock } from '../../src/adapters/system-clock'
import type { ConnectivityRun } from '../../src/core/connectivity/types'
import type { Finding } from '../../src/core/diagnosis/finding'
import { cases, type FaultCase, type MatrixWorld } from './fault-matrix/cases'
import { places } from './fault-matrix/places'
import { MatrixTable } from './fault-matrix/table'
import { openLab, type Lab } from './lab'
import { openFleetOf, type FleetWithShells } from './open-fleet'
import { waitUntil } from './support/wait-until'

/*
 * For each cause that can be made here: made on the real swarm, tested through the app, the first finding is that cause with
 * that host, nobody else is blamed, and all is well again after it is undone. A table of it is written to artifacts/.
 */

let lab: Lab
let opened: FleetWithShells
const table = new MatrixTable()

beforeAll(async () => {
  lab = await openLab()
  await lab.heal()
  await lab.cleanup()
  await lab.manager.run('docker network create -d overlay --attachable gnswarm')
  // One after the other: a worker learns of the network with its first container.
  for (const { host, name, image } of places)
    await lab.machine(host).run(`docker run -d --name ${name} --network gnswarm ${image}`)
  opened = await openFleetOf(lab, 'root')
  await opened.service.settled(AbortSignal.timeout(30_000))
  await isGreen()
})

afterAll(async () => {
  await table.write()
  await opened[Symbol.asyncDispose]()
  await lab.heal()
  await lab.cleanup()
})

const options = () => ({
  clock: systemClock,
  signal: AbortSignal.timeout(90_000),
  helper: {},
  hostChecks: { helper: {}, shells: opened.shells },
})

function networkKey(name = 'gnswarm'): string | undefined {
  return opened.service.fleet.networks.find((network) => network.name === name)?.key
}

function test(over: Partial<ConnectivityTestOptions> & { readonly network?: string } = {}): Promise<ConnectivityRun> {
  return runConnectivityTest(opened.service, networkKey(over.network)!, { ...options(), ...over })
}

async function isGreen(): Promise<void> {
  await waitUntil(
    async () => {
      if (networkKey() === undefined) return undefined
      const { pairs, findings } = await runConnectivityTest(opened.service, networkKey()!, {
        clock: systemClock,
        signal: AbortSignal.timeout(60_000),
      })
      const isWell =
        pairs.length === places.length * (places.length - 1) && pairs.every(({ result }) => result === 'pass')
      return isWell && findings.length === 0 ? true : undefined
    },
    { signal: AbortSignal.timeout(110_000), timeoutMs: 100_000, what: 'all to be well again' },
  )
}

const world: MatrixWorld = {
  get lab() {
    return lab
  },
  get fleet() {
    return opened.service.fleet
  },
  test,
}

/** What a case is asked by: a test, or a look at the hosts where nothing fails. */
async function findingsOf({ isByHosts, network, only }: FaultCase): Promise<readonly Finding[]> {
  if (isByHosts === true)
    return (await checkHosts(opened.service, networkKey(network)!, { ...options(), ...options().hostChecks })).findings
  const filter = only?.(opened.service.fleet) ?? {}
  return (await test({ ...filter, ...(network !== undefined && { network }) })).findings
}

describe('fault matrix', () => {
  it.each(cases.map((item) => [item.title, item] as const))(
    '%s',
    async (_title, item) => {
      const undo = await item.inject(world)
      const began = Date.now()
      let findings: readonly Finding[]
      try {
        findings = await findingsOf(item)
      } finally {
        await undo()
      }
      const tested = Date.now() - began
      const [first, ...others] = findings
      const also = others.filter(({ cause }) => !(item.also ?? []).includes(cause))
      const isFirst = first?.cause === item.cause && item.names.every((name) => named(first).includes(name))
      table.add({ cause: item.cause, fault: item.title, findings, isFirst, also, testedMs: tested })
      expect(first && { cause: first.cause, names: named(first) }).toMatchObject({
        cause: item.cause,
        names: expect.arrayContaining([...item.names]) as unknown,
      })
      expect(also.map(({ cause, hosts }) => [cause, ...hosts])).toEqual([])
      const green = Date.now()
      if (item.isQuick !== true) await isGreen()
      table.last({ greenMs: Date.now() - green })
    },
    180_000,
  )

  it('blames nobody while all is well, under load', async () => {
    const load = places.filter(({ image }) => image !== 'nginx')
    for (const { host, name } of load)
      await lab
        .machine(host)
        .run(
          `docker exec -d ${name} timeout 25 sh -c 'while :; do wget -qO /dev/null http://web; wget -qO /dev/null http://api; dd if=/dev/zero of=/dev/null bs=1M count=200 2>/dev/null; done'`,
        )
    const findings: Finding[] = []
    const runs = 5
    for (let n = 0; n < runs; n++) findings.push(...(await test()).findings)
    const looked = await checkHosts(opened.service, networkKey()!, { ...options(), ...options().hostChecks })
    table.healthy({ runs: runs + 1, findings: [...findings, ...looked.findings] })
    expect([...findings, ...looked.findings].map(({ cause, title }) => [cause, title])).toEqual([])
  }, 120_000)
})

function named({ hosts, containers }: Finding): readonly string[] {
  return [...hosts, ...containers]
}
