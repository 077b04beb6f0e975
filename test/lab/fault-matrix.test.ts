import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkHosts } from '../../src/app/host-checks/check-hosts'
import { runConnectivityTest, type ConnectivityTestOptions } from '../../src/app/connectivity-service'
import { retestFailed } from '../../src/app/connectivity/retest-failed'
import { systemClock } from '../../src/adapters/system-clock'
import type { ConnectivityRun } from '../../src/core/connectivity/run'
import type { Finding } from '../../src/core/diagnosis/finding'
import { EditorCommands } from './editor-commands'
import { cases, type FaultCase, type MatrixWorld } from './fault-matrix/cases'
import { closePorts, fixOf, forgetRepairs, runFix, type Fixed } from './fault-matrix/fixes'
import { prepared } from './fault-matrix/network-cases'
import { places } from './fault-matrix/places'
import { MatrixTable } from './fault-matrix/table'
import { openLab, type Lab } from './lab'
import { openFleetOf, type FleetWithShells } from './open-fleet'
import { waitUntil } from './support/wait-until'

/*
 * For each cause that can be made here: made on the real swarm, tested through the app, the first finding is that cause with
 * that host, nobody else is blamed, and all is well again after it is undone. Where the finding offers a fix, that is run
 * as the editor's user would run it: only what had failed is tested again, and all of it passes. A table of it is written
 * to artifacts/.
 */

let lab: Lab
let opened: FleetWithShells
let editor: EditorCommands
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
  editor = new EditorCommands(opened)
  await opened.service.settled(AbortSignal.timeout(30_000))
  await isGreen()
  // Some attachments fail only after twenty seconds: meanwhile other faults are made.
  prepared(world).catch(() => undefined)
})

afterAll(async () => {
  await table.write()
  // What is removed while it waits for its network leaves the swarm a place for it that keeps the network for ever.
  await prepared(world).catch(() => undefined)
  await opened[Symbol.asyncDispose]()
  await closePorts(lab)
  await forgetRepairs(lab)
  // A case may have been left out that would have set it back.
  await lab.manager.run('docker node update --availability active miltitz')
  await lab.heal()
  await lab.cleanup()
})

const options = ({ shells }: FleetWithShells = opened) => ({
  clock: systemClock,
  signal: AbortSignal.timeout(90_000),
  helper: {},
  hostChecks: { helper: {}, shells },
})

function networkKey(name = 'gnswarm', { service } = opened): string | undefined {
  return service.fleet.networks.find((network) => network.name === name)?.key
}

type TestOver = Partial<ConnectivityTestOptions> & { readonly network?: string }

function test(over: TestOver = {}, by: FleetWithShells = opened): Promise<ConnectivityRun> {
  return runConnectivityTest(by.service, networkKey(over.network, by)!, { ...options(by), ...over })
}

/** As where no host can be asked for more than its containers. */
function testByProbes(): Promise<ConnectivityRun> {
  return runConnectivityTest(opened.service, networkKey()!, { clock: systemClock, signal: AbortSignal.timeout(60_000) })
}

async function isGreen(): Promise<void> {
  await waitUntil(
    async () => {
      if (networkKey() === undefined) return undefined
      const { pairs, findings } = await testByProbes()
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
  client: (hostId) => opened.service.client(hostId),
  test,
}

/** What a case is asked by: a test, or a look at the hosts where nothing fails. */
async function runOf({ isByHosts = false, network, only, through }: FaultCase): Promise<ConnectivityRun> {
  await using other = through && (await through(lab))
  await other?.service.settled(AbortSignal.timeout(30_000))
  const by = other ?? opened
  const filter = only?.(by.service.fleet) ?? {}
  return await test({ ...filter, alwaysAsksHosts: isByHosts, ...(network !== undefined && { network }) }, by)
}

/** Each host forgets another's names by itself: until all have, they are only unknown here and there. */
async function comesFirstByProbes(cause: string): Promise<void> {
  const first = async () => (await testByProbes()).findings[0]?.cause
  await expect.poll(first, { timeout: 60_000, interval: 1_000 }).toBe(cause)
}

/** Runs the fix of the first finding, if it has one; what it opened is closed again. */
async function fix({ network, notFixed, byHand }: FaultCase, run: ConnectivityRun): Promise<Fixed | undefined> {
  const id = fixOf(run.findings[0])
  if (id === undefined || notFixed !== undefined) return undefined
  try {
    return await runFix(editor, run, {
      network: () => networkKey(network),
      ...(byHand && { byHand: () => byHand(world) }),
      retest: (key, last) => retestFailed(opened.service, { networkKey: key, last }, options()),
    })
  } finally {
    if (id === 'open-ports' || id === 'limit-ports') await closePorts(lab)
  }
}

describe('fault matrix', () => {
  it.each(cases.map((item) => [item.title, item] as const))(
    '%s',
    async (_title, item) => {
      const undo = await item.inject(world)
      try {
        const began = Date.now()
        const run = await runOf(item)
        const testedMs = Date.now() - began
        const [first, ...others] = run.findings
        const also = others.filter(({ cause }) => !(item.also ?? []).includes(cause))
        const isFirst = first?.cause === item.cause && item.names.every((name) => named(first).includes(name))
        const { cause, title, notFixed } = item
        table.add({
          cause,
          fault: title,
          findings: run.findings,
          isFirst,
          also,
          testedMs,
          ...(notFixed && { notFixed }),
        })
        expect(first && { cause: first.cause, names: named(first) }).toMatchObject({
          cause: item.cause,
          names: expect.arrayContaining([...item.names]) as unknown,
        })
        expect(also.map((finding) => [finding.cause, ...finding.hosts])).toEqual([])
        if (item.byProbesAlone !== undefined) await comesFirstByProbes(item.byProbesAlone)
        const fixed = await fix(item, run)
        if (fixed !== undefined) {
          table.last({ fixed })
          expect(fixed).toMatchObject({ isGreen: true })
        }
      } finally {
        await undo()
      }
      const green = Date.now()
      if (item.isQuick !== true) await isGreen()
      table.last({ greenMs: Date.now() - green })
    },
    240_000,
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
