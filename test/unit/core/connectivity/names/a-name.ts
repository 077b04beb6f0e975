import { aPeer } from '../../../builders'
import { omit } from '../../../omit'
import type { FurtherName, NameResult } from '../../../../../src/core/connectivity/names/types'
import type { Check, Peer } from '../../../../../src/core/connectivity/types'

/** The service `web` with its own address and three tasks, unless it is told otherwise. */
export function aServiceName(over: Partial<FurtherName> = {}): FurtherName {
  return {
    ...{ name: 'web', form: 'service', standsFor: 'service web', service: 'web', endpointMode: 'vip' },
    meant: [{ address: '10.0.1.50', owner: 'the service web itself', isRequired: true }],
    ...{ isWhole: true, virtualAddress: '10.0.1.50', ports: [80], replicas: 3 },
    ...over,
  }
}

/** The same in the mode `dnsrr`: its name is its tasks’ addresses. */
export function aRoundRobin(addresses: readonly string[], over: Partial<FurtherName> = {}): FurtherName {
  const rest = omit(aServiceName({ endpointMode: 'dnsrr', ports: [] }), 'virtualAddress')
  const meant = addresses.map((address, i) => ({ address, owner: `web.${i + 1}`, isRequired: true }))
  return { ...rest, meant, ...over }
}

/** What a source saw of a name, by its checks. */
export function aNameResult(from: Peer | string, target: FurtherName, checks: readonly Check[]): NameResult {
  const peer = typeof from === 'string' ? aPeer(from, 'tolkewitz') : from
  const failed = checks.find(({ result }) => result === 'fail')
  return { from: peer, target, checks, result: failed ? 'fail' : 'pass', ...(failed && { reason: failed.detail }) }
}
