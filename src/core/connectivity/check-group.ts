import type { ProbeTarget } from './probe-script'
import type { Check, CheckKind, PairResult } from './types'

/** A part of all checks that can be asked for alone. */
export type CheckGroup = 'names' | 'ping' | 'ports' | 'mtu'

/** What counts in each; whether the target runs counts in all. */
const kinds: Readonly<Record<CheckGroup, readonly CheckKind[]>> = {
  names: ['name'],
  // Where nothing answers to ping, TCP on an unused port says whether the address answers at all.
  ping: ['icmp', 'address'],
  ports: ['tcp', 'http'],
  mtu: ['mtu'],
}

const nothing: Readonly<Record<CheckGroup, string>> = {
  names: 'Names are not asked for on this network',
  ping: 'Nothing was asked of its address',
  ports: 'It exposes no TCP port',
  mtu: 'Full-size packets were not tried: no small one came back, or the MTU is not known',
}

/** The target with only what the group asks about; all of it where no group is named. */
export function narrowTarget(target: ProbeTarget, group: CheckGroup | undefined): ProbeTarget {
  // An HTTP request names its host.
  if (group === undefined || group === 'ports') return target
  const { index, name, address, wantsIpv6 } = target
  switch (group) {
    case 'names':
      return { index, wantsIpv6, ports: [], ...(name !== undefined && { name }) }
    case 'ping':
    case 'mtu':
      return { index, wantsIpv6, ports: [], ...(address !== undefined && { address }) }
  }
}

/** What the group asks about a name that is no container's; undefined where that is nothing. */
export function narrowName(target: ProbeTarget, group: CheckGroup | undefined): ProbeTarget | undefined {
  const { index, name, address, wantsIpv6, ports } = target
  const base = { index, wantsIpv6, isFurther: true } as const
  switch (group) {
    case undefined:
      return target
    case 'names':
      return { ...base, ports: [], ...(name !== undefined && { name }) }
    case 'ports':
      return address === undefined ? undefined : { ...base, ports, address }
    case 'ping':
    case 'mtu':
      return undefined
  }
}

/** Whether the group asks about full-size packets. */
export function asksForMtu(group: CheckGroup | undefined): boolean {
  return group === undefined || group === 'mtu'
}

/** The pair judged by the group's checks alone: here a name that resolves is enough where only names were asked for. */
export function narrowPair(pair: PairResult, group: CheckGroup | undefined): PairResult {
  if (group === undefined || pair.checks.length === 0) return pair
  const { from, to } = pair
  const isAsked = ({ kind }: Check) => kind === 'target' || kinds[group].includes(kind)
  const checks = pair.checks.filter(isAsked)
  const failed = checks.find(({ result }) => result === 'fail')
  if (failed) return { from, to, result: 'fail', reason: failed.detail, checks }
  const own = checks.filter(({ kind }) => kind !== 'target')
  if (own.some(({ result }) => result === 'pass')) return { from, to, result: 'pass', checks }
  return { from, to, result: 'not-tested', reason: own[0]?.detail ?? nothing[group], checks }
}
