import { isLost } from '../connectivity/evaluate'
import type { PairResult } from '../connectivity/types'
import type { HostReading, HostsReading } from '../host-checks/hosts-reading'
import type { SwarmNode } from '../model/engine'
import { enumerate } from '../text/count'
import type { Failure } from './evidence'
import type { Fix } from './finding'

/** Whether a pair's ends are on different hosts, one of them among these. */
export function isAcross({ from, to }: PairResult, hostIds: ReadonlySet<string>): boolean {
  return from.hostId !== to.hostId && (hostIds.has(from.hostId) || hostIds.has(to.hostId))
}

/** Failures that follow where hosts do not hear each other: names that do not spread, packets that get lost. */
export function failuresAcross(failures: readonly Failure[], hostIds: ReadonlySet<string>): readonly Failure[] {
  return failures.filter(
    ({ pair, check }) => isAcross(pair, hostIds) && (isLost(check) || check.observation === 'unknown-name'),
  )
}

/** What a manager says of a host. */
export function nodeOf({ manager }: HostsReading, { swarm }: HostReading): SwarmNode | undefined {
  return swarm.nodeId === undefined ? undefined : manager?.nodes.find(({ id }) => id === swarm.nodeId)
}

/** For instance `DOWN: heartbeat failure`. */
export function nodeInWords({ manager }: HostsReading, name: string, { state, message }: SwarmNode): string {
  const words = message === undefined ? '' : ` (“${message}”)`
  return `${manager?.name ?? 'The manager'} says that the node ${name} is ${state}${words}.`
}

export function openPortsFix(hosts: readonly { readonly hostId: string; readonly name: string }[]): Fix {
  return {
    id: 'show-firewall-commands',
    title: `Show the commands that open the ports on ${enumerate(hosts.map(({ name }) => name))}`,
    containerIds: [],
    hostIds: hosts.map(({ hostId }) => hostId),
  }
}
