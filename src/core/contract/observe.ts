import { isAnswer, isLost } from '../connectivity/evaluate'
import type { Check, PairResult } from '../connectivity/types'
import { contains, parseCidr } from '../forms/cidr'
import { enumerate } from '../text/count'
import type { LinePair } from './resolved-line'
import type { Ask } from './types'

/** What came of asking for one thing, whether that was wanted or not. */
export interface Observed {
  /**
   * `reached` it works; `answered` somebody is there and says something else; `blocked` it does not work; `not-there` the
   * target does not run; `unknown` nobody could ask.
   */
  readonly outcome: 'reached' | 'answered' | 'blocked' | 'not-there' | 'unknown'
  /** For a person: what was seen, or why nothing was. */
  readonly detail: string
}

/** The target of a name, and the network on which its service may have an address. */
export type NamePlace = Pick<LinePair, 'to' | 'network'>

/**
 * Reads a pair's result for one ask.
 *
 * @param pair the entry in which it was asked; undefined where nobody asked
 * @param place whose a name has to be, where it is another one than the target's own
 */
export function observe(ask: Ask, pair: PairResult | undefined, place?: NamePlace): Observed {
  if (pair === undefined) return { outcome: 'unknown', detail: 'Nothing was heard of it' }
  const notRunning = pair.checks.find(({ observation }) => observation === 'not-running')
  if (notRunning) return { outcome: 'not-there', detail: notRunning.detail }
  if (pair.checks.length === 0) return { outcome: 'unknown', detail: pair.reason ?? 'Nothing was tested' }
  switch (ask.kind) {
    case 'any':
      return observeAny(pair)
    case 'ping':
      return read(
        pair.checks.find(({ kind }) => kind === 'icmp'),
        'ping',
      )
    case 'mtu':
      return observeSize(pair)
    case 'name':
      return observeName(pair, place)
    case 'tcp':
      return read(portCheck(pair, 'tcp', ask.port), `TCP port ${ask.port}`)
    case 'http':
      return observeHttp(ask, pair)
  }
}

function observeAny({ checks, reason }: PairResult): Observed {
  const answer = checks.find(isAnswer)
  if (answer) return { outcome: 'reached', detail: answer.detail }
  const lost = checks.find(isLost)
  if (lost) return { outcome: 'blocked', detail: lost.detail }
  return { outcome: 'unknown', detail: reason ?? 'Nothing was tested' }
}

/** Where ping is lost and TCP passes, the pair is well and its ping check excused: a contract that asks for ping means it. */
function read(check: Check | undefined, what: string): Observed {
  if (check === undefined) return { outcome: 'unknown', detail: `The probe said nothing about ${what}` }
  if (check.result === 'pass') return { outcome: 'reached', detail: check.detail }
  const isBlocked = ['refused', 'lost', 'no-route', 'no-answer'].includes(check.observation)
  return { outcome: isBlocked ? 'blocked' : 'unknown', detail: check.detail }
}

function observeSize({ checks }: PairResult): Observed {
  const size = checks.find(({ kind }) => kind === 'mtu')
  if (size?.result === 'fail') return { outcome: 'blocked', detail: size.detail }
  if (size) return read(size, 'full-size packets')
  const ping = checks.find(({ kind }) => kind === 'icmp')
  const isSilent = ping !== undefined && ping.result !== 'pass' && isLost({ ...ping, result: 'fail' })
  if (isSilent) return { outcome: 'blocked', detail: `${ping.detail}, of whatever size` }
  return { outcome: 'unknown', detail: 'The network’s MTU, or ping, cannot be used there' }
}

function observeName({ checks, to }: PairResult, place?: NamePlace): Observed {
  const name = checks.find(({ kind }) => kind === 'name')
  if (name === undefined) return { outcome: 'unknown', detail: 'The probe said nothing about the name' }
  const further = to.wanted?.key === '' ? undefined : to.wanted?.name
  if (place && further !== undefined && name.addresses) return leadsTo(further, name.addresses, place)
  switch (name.observation) {
    case 'ok':
      return { outcome: 'reached', detail: name.detail }
    case 'several-addresses':
      return { outcome: 'answered', detail: name.detail }
    case 'wrong-address':
    case 'unknown-name':
      return { outcome: 'blocked', detail: name.detail }
    default:
      return { outcome: 'unknown', detail: name.detail }
  }
}

/** A further name may stand for several, of which the target is one; a service's may be its own address, which is nobody's. */
function leadsTo(name: string, addresses: readonly string[], { to, network }: NamePlace): Observed {
  const list = enumerate(addresses)
  const own = new Set(to.addresses.map(({ address }) => address))
  if (addresses.some((address) => own.has(address))) return { outcome: 'reached', detail: `${name} is ${list}` }
  const isVirtual = name === to.service && addresses.every((address) => isIn(network, address))
  if (isVirtual) return { outcome: 'reached', detail: `${name} is ${list}, the service’s own address` }
  return {
    outcome: 'blocked',
    detail: `${name} is ${list}, which is not ${to.container} (${to.address ?? 'no address'})`,
  }
}

function isIn({ subnets }: NamePlace['network'], address: string): boolean {
  return subnets.some(({ subnet }) => {
    const cidr = parseCidr(subnet)
    return cidr.isValid && contains(cidr.value, address)
  })
}

function observeHttp({ port, status }: Ask & { readonly kind: 'http' }, pair: PairResult): Observed {
  const http = portCheck(pair, 'http', port)
  if (http?.httpStatus !== undefined) {
    const isMeant = http.httpStatus >= status.from && http.httpStatus <= status.to
    return { outcome: isMeant ? 'reached' : 'answered', detail: http.detail }
  }
  const tcp = portCheck(pair, 'tcp', port)
  if (http === undefined || tcp?.result !== 'pass') return read(tcp, `HTTP on port ${port}`)
  const isSilent = http.observation === 'no-answer' || http.observation === 'unreadable'
  return { outcome: isSilent ? 'blocked' : 'unknown', detail: http.detail }
}

function portCheck({ checks }: PairResult, wanted: 'tcp' | 'http', port: number): Check | undefined {
  return checks.find((check) => check.kind === wanted && check.port === port)
}
