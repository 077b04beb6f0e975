import { enumerate } from '../../text/count'
import type { ProbeLine } from '../parse-probe'
import type { Check, Observation, Peer } from '../types'
import { readAddresses, readNameAnswer } from './name-answer'
import { said } from './said'

/** What the check of a name has to know besides the answer. */
export interface NameQuestion {
  readonly name: string
  /** Whether the resolver answers at all; undefined where nothing tells. */
  readonly resolverIsAlive: boolean | undefined
  /** What the addresses that came mean. */
  readonly judge: (found: readonly string[]) => Check
}

/** The check of the target's own name. */
export function nameCheck(line: ProbeLine, to: Peer, resolverIsAlive: boolean | undefined): Check {
  return lookUpCheck(line, { name: to.container, resolverIsAlive, judge: (found) => compare(found, to) })
}

/** The check of any name: what is not an address means the same for all. */
export function lookUpCheck(line: ProbeLine, { name, resolverIsAlive, judge }: NameQuestion): Check {
  const answer = readNameAnswer(line)
  const measured = line.ms === undefined ? {} : { ms: line.ms }
  const fail = (observation: Observation, detail: string): Check => ({
    ...{ kind: 'name', result: 'fail', observation, detail },
    ...measured,
  })
  switch (answer.kind) {
    case 'addresses':
      return { ...judge(answer.addresses), ...measured }
    case 'unknown':
      return resolverIsAlive === false
        ? fail('resolver-timeout', `The resolver does not know ${name}, nor the asking container's own name`)
        : fail('unknown-name', `The name ${name} is not known`)
    case 'no-answer':
      return resolverIsAlive === true
        ? fail('unknown-name', `The name ${name} is not known, and the servers outside did not answer`)
        : fail('resolver-timeout', `The resolver did not answer when asked for ${name}`)
    case 'no-tool':
      return notTested('no-tool', 'The image has no tool that looks up names (getent, nslookup, ping)')
    case 'unreadable':
      return notTested('unreadable', `The lookup of ${name} cannot be read: ${said(line.text)}`)
  }
}

/** What is found about one name. */
export interface NameLines {
  readonly hosts: ProbeLine | undefined
  readonly dns: ProbeLine | undefined
}

/** The check with what stands in the container's `/etc/hosts`, where the name does, and what its name server says of it. */
export function withHostsFile(check: Check, { hosts, dns }: NameLines): Check {
  const hostsFile = hosts === undefined ? [] : readAddresses(hosts)
  if (hostsFile.length === 0) return check
  const answer = dns && readNameAnswer(dns)
  const known = answer?.kind === 'addresses' ? answer.addresses : answer?.kind === 'unknown' ? [] : undefined
  return { ...check, hostsFile, ...(known && { dns: known }) }
}

function notTested(observation: Observation, detail: string): Check {
  return { kind: 'name', result: 'not-tested', observation, detail }
}

function compare(found: readonly string[], to: Peer): Check {
  const own = new Map(to.addresses.map(({ address, network }) => [address, network]))
  const foreign = found.filter((address) => !own.has(address))
  const list = enumerate(found)
  const known = to.address ?? enumerate([...own.keys()])
  const base = { kind: 'name', addresses: found } as const
  if (own.size === 0)
    return {
      ...base,
      result: 'pass',
      observation: 'ok',
      detail: `${to.container} is ${list}; its engine names no address`,
    }
  if (foreign.length === 0) {
    const others = to.address !== undefined && found.includes(to.address) ? '' : ` (its address on another network)`
    return { ...base, result: 'pass', observation: 'ok', detail: `${to.container} is ${list}${others}` }
  }
  if (foreign.length < found.length)
    return {
      ...base,
      result: 'fail',
      observation: 'several-addresses',
      detail: `${to.container} is ${list}, but only ${known} is its own`,
    }
  return {
    ...base,
    result: 'fail',
    observation: 'wrong-address',
    detail: `${to.container} is ${list}, but its address is ${known}`,
  }
}
