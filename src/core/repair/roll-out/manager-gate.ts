import { managersOfHost } from '../../forms/swarms'
import type { SwarmNode } from '../../model/engine'
import type { Fleet } from '../../model/fleet'
import type { Host } from '../../model/host'
import { enumerate } from '../../text/count'

/** A manager that is to be repaired, and what the swarm says of its managers now. */
export interface GateQuestion {
  readonly host: string
  /** Absent where no manager ever said which node it is. */
  readonly nodeId: string | undefined
  /** Whether its engine runs: only then does a repair take it away. */
  readonly isEngineUp: boolean
  /** The swarm's managers, as one of them lists them; undefined where none of them answers. */
  readonly managers: readonly SwarmNode[] | undefined
}

/**
 * Why a manager may not be taken down now; undefined where it may. Never more than one manager is away at once: every
 * other one has to be there, and with them the quorum. One whose engine does not run is away already, and its repair brings it back.
 */
export function refuseTakingDown({ host, nodeId, isEngineUp, managers }: GateQuestion): string | undefined {
  if (!isEngineUp) return undefined
  if (managers === undefined)
    return `no manager of the swarm answers, so that nobody knows whether the others are there; ${host} runs and is left alone`
  const away = managers.filter((node) => node.id !== nodeId && !isManagerBack(node))
  if (away.length === 0) return undefined
  const names = enumerate(away.map(({ hostName }) => hostName))
  return `the swarm does not reach its ${away.length === 1 ? 'manager' : 'managers'} ${names}, and with ${host} more than one manager would be away at once`
}

/** Whether the swarm has a manager back: its node is ready, and it is reached as a manager. */
export function isManagerBack({ state, reachability }: Pick<SwarmNode, 'state' | 'reachability'>): boolean {
  return state === 'ready' && reachability === 'reachable'
}

/** What is missing until a manager is back; undefined where nothing is. */
export function refuseGoingOn({ host, nodeId, managers }: Omit<GateQuestion, 'isEngineUp'>): string | undefined {
  if (managers === undefined) return `no manager of the swarm answers since ${host} was repaired`
  const node = managers.find(({ id }) => id === nodeId)
  if (node === undefined) return `the swarm does not list ${host} among its managers`
  if (isManagerBack(node)) return undefined
  return `the swarm does not have its manager ${host} back: its node is ${node.state}, as a manager it is ${node.reachability ?? 'unknown'}`
}

/**
 * What happens to a swarm while one of its managers is away, as a sentence; undefined where the others keep the majority,
 * and where the node is no manager.
 *
 * @param managers the swarm's managers, as one of them lists them
 */
export function quorumConsequence(managers: readonly SwarmNode[], nodeId: string | undefined): string | undefined {
  if (!managers.some(({ id }) => id === nodeId)) return undefined
  const staying = managers.filter((node) => node.id !== nodeId && isManagerBack(node)).length
  if (staying > managers.length / 2) return undefined
  return `${whyNoMajority(managers.length, staying)}: while this one is away, nothing about the swarm can be changed. What runs goes on.`
}

/** The same for a host of a fleet, by the newest snapshot of one of its swarm’s managers. */
export function quorumWithout(fleet: Pick<Fleet, 'hosts'>, { id, nodeId }: Host): string | undefined {
  return quorumConsequence(managersOfHost(fleet, id) ?? [], nodeId)
}

function whyNoMajority(all: number, staying: number): string {
  if (all === 1) return 'The swarm has no other manager'
  if (all === 2 && staying === 1) return 'The swarm has two managers, and one is no majority'
  return `Of the swarm’s ${all} managers ${staying === 0 ? 'no other is' : `only ${staying} of the others ${staying === 1 ? 'is' : 'are'}`} reached, which is no majority`
}
