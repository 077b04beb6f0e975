import { forEachBounded } from '../../core/collections/for-each-bounded'
import type { Peer } from '../../core/connectivity/types'
import { judgeDirection, pingBytes, pingsSent, type Counted } from '../../core/host-checks/direction'
import { groupBrokenPaths } from '../../core/diagnosis/culprit-hosts'
import { hostPaths } from '../../core/diagnosis/host-paths'
import type { DirectionReading } from '../../core/host-checks/hosts-reading'
import type { InterfaceTraffic } from '../../core/model/traffic'
import { readOrNote, type HostCheckContext } from './host-checks'

/** Pairs of hosts that are looked at, one for each explanation: each takes four seconds. */
const maxPaths = 2

/** Counts at both ends what becomes of pings between containers whose hosts do not hear each other, in both directions. */
export async function readDirections(context: HostCheckContext): Promise<readonly DirectionReading[]> {
  const broken = groupBrokenPaths(hostPaths(context.pairs))
    .flatMap(({ paths }) => paths.slice(0, 1))
    .slice(0, maxPaths)
  const wanted = broken.flatMap(({ a, b, lost }) =>
    [a, b].flatMap(({ id }) => lost.find(({ from, to }) => from.hostId === id && to.address !== undefined) ?? []),
  )
  const found: DirectionReading[] = []
  // One after the other: two at a time could count each other's packets.
  await forEachBounded(wanted, 1, async ({ from, to }) => {
    const what = `What becomes of packets from ${from.container} to ${to.container} was not counted`
    const reading = await readOrNote(context, what, (signal) => readDirection(context, [from, to], signal))
    if (reading) found.push(reading)
  })
  return found
}

async function readDirection(
  { fleet }: HostCheckContext,
  [from, to]: readonly [Peer, Peer],
  signal: AbortSignal,
): Promise<DirectionReading | undefined> {
  const count = async (): Promise<Counted<readonly InterfaceTraffic[]>> => {
    const [atSource, atTarget] = await Promise.all(
      [from, to].map((peer) => fleet.client(peer.hostId).containers.traffic(peer.containerId, signal)),
    )
    return { atSource: atSource ?? [], atTarget: atTarget ?? [] }
  }
  const before = await count()
  // Side by side and without waiting for each other: one second for all, in every ping there is.
  const pings = `for n in ${Array.from({ length: pingsSent }, (_, i) => i).join(' ')}; do ping -c 1 -W 1 -s ${pingBytes} "$0" & done; wait`
  const command = ['sh', '-c', pings, to.address ?? '']
  const { stdout } = await fleet
    .client(from.hostId)
    .containers.exec(from.containerId, { command, deadlineMs: 8_000 }, signal)
  const after = await count()
  return stdout.includes('transmitted') ? judgeDirection([from, to], before, after) : undefined
}
