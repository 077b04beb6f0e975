import { forEachBounded } from '../../core/collections/for-each-bounded'
import { planPeers } from '../../core/connectivity/plan-peers'
import type { Peer } from '../../core/connectivity/types'
import { hostPaths, isBroken } from '../../core/diagnosis/host-paths'
import type { PlainPath } from '../../core/host-checks/hosts-reading'
import { isOverlay } from '../../core/model/network'
import { readOrNote, type HostCheckContext } from './host-checks'

const maxPaths = 3

/**
 * Whether containers on the same hosts hear each other on an overlay network that is not encrypted: then the hosts' ports
 * are open, and encryption is what fails. Asked only where the tested network is encrypted.
 */
export async function readPlainPaths(context: HostCheckContext): Promise<readonly PlainPath[]> {
  const { network, fleet, pairs } = context
  if (!network.isEncrypted) return []
  const plain = fleet.fleet.networks.filter(
    (other) => other.id !== network.id && isOverlay(other) && !other.isEncrypted && !other.isIngress,
  )
  const found: PlainPath[] = []
  const broken = hostPaths(pairs).filter(isBroken).slice(0, maxPaths)
  await forEachBounded(broken, 1, async ({ a, b }) => {
    for (const other of plain) {
      const peers = planPeers(fleet.fleet, other).filter(({ isRunning, address }) => isRunning && address !== undefined)
      const from = peers.find(({ hostId }) => hostId === a.id)
      const to = peers.find(({ hostId }) => hostId === b.id)
      if (!from || !to) continue
      const isAnswered = await readOrNote(context, `${other.name} was not compared`, (signal) =>
        ping(context, [from, to], signal),
      )
      if (isAnswered !== undefined) found.push({ network: other.name, hostIds: [a.id, b.id], isAnswered })
      return
    }
  })
  return found
}

async function ping(
  { fleet }: HostCheckContext,
  [from, to]: readonly [Peer, Peer],
  signal: AbortSignal,
): Promise<boolean | undefined> {
  const command = ['ping', '-c', '2', '-W', '1', to.address ?? '']
  const options = { command, deadlineMs: 6_000 }
  const { stdout } = await fleet.client(from.hostId).containers.exec(from.containerId, options, signal)
  return stdout.includes('transmitted') ? / [12] (packets )?received/.test(stdout) : undefined
}
