import { forEachBounded } from '../../core/collections/for-each-bounded'
import { planPeers } from '../../core/connectivity/plan-peers'
import type { Peer } from '../../core/connectivity/types'
import { parseListeningPorts } from '../../core/examine/listening-ports'
import type { ContainerReading } from '../../core/host-checks/hosts-reading'
import { withHelper } from '../connectivity/helper'
import { readOrNote, type HostCheckContext } from './host-checks'

/** As many as are looked at; of a hundred stopped containers the first ones tell as much. */
const maxContainers = 20
const atATime = 4

/** Looks into containers that do not run (why they ended), and into those that refuse connections (what listens). */
export async function readContainers(context: HostCheckContext): Promise<readonly ContainerReading[]> {
  const { stopped, refusing } = suspects(context)
  const found: ContainerReading[] = []
  await forEachBounded(stopped, atATime, async (peer) => {
    const exit = await readOrNote(context, `${peer.container} was not inspected`, async (signal) => {
      const details = await context.fleet.client(peer.hostId).containers.inspect(peer.containerId, signal)
      return details.exit
    })
    if (exit) found.push({ peer, exit })
  })
  await forEachBounded(refusing, atATime, async (peer) => {
    const listening = await readOrNote(context, `${peer.container} was not asked what listens in it`, (signal) =>
      readListening(context, peer, signal),
    )
    if (listening) found.push({ peer, listening })
  })
  return found
}

function suspects({ fleet: { fleet }, network, pairs }: HostCheckContext) {
  const members = fleet.networks.filter(({ id }) => id === network.id).flatMap((own) => planPeers(fleet, own))
  const peers = [...new Map(members.map((peer) => [peer.containerId, peer])).values()]
  const refuses = new Set(
    pairs.filter(({ checks }) => checks.some((c) => c.observation === 'refused')).map(({ to }) => to.containerId),
  )
  return {
    stopped: peers.filter(({ isRunning, state }) => !isRunning && state !== 'paused').slice(0, maxContainers),
    refusing: peers.filter(({ containerId }) => refuses.has(containerId)).slice(0, maxContainers),
  }
}

async function readListening({ fleet, helper }: HostCheckContext, peer: Peer, signal: AbortSignal) {
  const client = fleet.client(peer.hostId)
  const command = ['cat', '/proc/net/tcp', '/proc/net/tcp6']
  const ask = async (id: string) => (await client.containers.exec(id, { command, deadlineMs: 10_000 }, signal)).stdout
  const own = await ask(peer.containerId)
  if (own.includes('local_address')) return parseListeningPorts(own)
  if (helper === undefined) return undefined
  const place = { client, host: peer.host, containerId: peer.containerId, limitMs: 20_000, options: helper }
  return parseListeningPorts(await withHelper(place, ask, signal))
}
