import { LabError } from '../support/lab-error'
import { together } from '../support/together'
import { waitUntil } from '../support/wait-until'
import type { Machine } from './machine'

/** What an engine says about the swarm it is in (`Swarm` of GET /info). */
export interface SwarmInfo {
  readonly NodeID: string
  readonly LocalNodeState: string
  readonly ControlAvailable: boolean
  readonly Cluster?: { readonly ID: string } | null
}

interface NodeLine {
  readonly ID: string
  readonly Hostname: string
  readonly Status: string
  readonly Availability: string
}

const joinWithinMs = 40_000

export async function swarmInfo(machine: Machine, signal: AbortSignal): Promise<SwarmInfo> {
  return JSON.parse(await machine.run(['docker', 'info', '--format', '{{json .Swarm}}'], { signal })) as SwarmInfo
}

/** The swarm's nodes as a manager lists them. */
export async function nodesOf(manager: Machine, signal: AbortSignal): Promise<readonly NodeLine[]> {
  const lines = await manager.run(['docker', 'node', 'ls', '--format', '{{json .}}'], { signal })
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as NodeLine)
}

/** Brings all machines into one swarm: the first founds it, each other joins unless it is in it already. */
export async function ensureSwarm(machines: readonly Machine[], signal: AbortSignal): Promise<void> {
  const [first, ...others] = machines
  if (first === undefined) throw new LabError('a lab without machines has no swarm')
  const founder = await swarmInfo(first, signal)
  if (founder.LocalNodeState !== 'active' || !founder.ControlAvailable) await found(first, signal)
  const known = new Set((await nodesOf(first, signal)).map(({ ID }) => ID))
  await together(
    signal,
    others.map((machine) => (either) => join(machine, { first, known }, either)),
  )
  await settle(machines, signal)
}

async function found(first: Machine, signal: AbortSignal): Promise<void> {
  await leave(first, signal)
  await first.run(['docker', 'swarm', 'init', '--advertise-addr', first.address], { signal, timeoutMs: joinWithinMs })
}

/** Leaves whatever swarm the machine may be in; being in none is fine. */
async function leave(machine: Machine, signal: AbortSignal): Promise<void> {
  if ((await swarmInfo(machine, signal)).LocalNodeState === 'inactive') return
  const leaving = ['docker', 'swarm', 'leave', '--force']
  const { code } = await machine.exec(leaving, { signal, timeoutMs: joinWithinMs })
  if (code === 0) return
  // An engine that hangs in something of the swarm it is in cannot leave that until it is started anew.
  await machine.run('systemctl restart docker.service && docker version >/dev/null', { signal })
  await machine.run(leaving, { signal, timeoutMs: joinWithinMs })
}

async function join(
  machine: Machine,
  swarm: { readonly first: Machine; readonly known: ReadonlySet<string> },
  signal: AbortSignal,
): Promise<void> {
  const info = await swarmInfo(machine, signal)
  const isManager = machine.description.role === 'manager'
  const isIn = info.LocalNodeState === 'active' && swarm.known.has(info.NodeID) && info.ControlAvailable === isManager
  if (isIn) return
  await leave(machine, signal)
  const { role, address } = machine.description
  const token = await swarm.first.run(['docker', 'swarm', 'join-token', '--quiet', role], { signal })
  await machine.run(
    ['docker', 'swarm', 'join', '--token', token.trim(), '--advertise-addr', address, `${swarm.first.address}:2377`],
    { signal, timeoutMs: joinWithinMs },
  )
}

/** Drops nodes that are no machine of the lab any more, makes the others active, and waits until the swarm is whole. */
async function settle(machines: readonly Machine[], signal: AbortSignal): Promise<void> {
  const first = machines[0]!
  const mine = new Set(await Promise.all(machines.map(async (machine) => (await swarmInfo(machine, signal)).NodeID)))
  const nodes = await nodesOf(first, signal)
  const strangers = nodes.filter(({ ID }) => !mine.has(ID)).map(({ ID }) => ID)
  if (strangers.length > 0) await first.run(['docker', 'node', 'rm', '--force', ...strangers], { signal })
  for (const { ID } of nodes.filter((node) => mine.has(node.ID) && node.Availability !== 'Active')) {
    await first.run(['docker', 'node', 'update', '--availability', 'active', ID], { signal })
  }
  await waitForSwarm(machines, signal)
}

/**
 * Waits until the swarm is whole, as long as its own ways of healing may take; one that is not by then is put together
 * anew: a swarm that a test left without its quorum or without a node would fail every test behind it.
 */
export async function mendSwarm(machines: readonly Machine[], signal: AbortSignal): Promise<void> {
  try {
    await waitForSwarm(machines, signal)
  } catch (error) {
    signal.throwIfAborted()
    console.warn(`lab: the swarm is founded anew: ${error instanceof Error ? error.message : String(error)}`)
    await together(
      signal,
      machines.map((machine) => (either) => leave(machine, either)),
    )
    await ensureSwarm(machines, signal)
  }
}

/** How long gossip may take to find a host again that was cut off: up to 45 s were seen. */
const wholeWithinMs = 90_000

/** Waits until the swarm is whole: its manager calls every node ready, every node is in, and all of them gossip. */
export async function waitForSwarm(machines: readonly Machine[], signal: AbortSignal): Promise<void> {
  await waitUntil(async () => ((await isWhole(machines, signal)) ? true : undefined), {
    signal,
    timeoutMs: wholeWithinMs,
    what: 'the swarm to be whole',
  })
}

async function isWhole(machines: readonly Machine[], signal: AbortSignal): Promise<boolean> {
  // A manager goes on calling a restarted node ready for a while; the node itself says whether it is in. Names of
  // containers travel by gossip, whose peers each node lists at the network that all of them have.
  const views = await Promise.all(
    machines.map(async (machine) => {
      const peers = await machine.run(['docker', 'network', 'inspect', 'ingress', '--format', '{{len .Peers}}'], {
        signal,
      })
      return { peers: Number(peers), state: (await swarmInfo(machine, signal)).LocalNodeState }
    }),
  )
  if (views.some(({ peers, state }) => peers !== machines.length || state !== 'active')) return false
  const nodes = await nodesOf(machines[0]!, signal)
  return nodes.filter(({ Status }) => Status === 'Ready').length === machines.length
}
