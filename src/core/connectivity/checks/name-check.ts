import { enumerate } from '../../text/count'
import { parseAddress } from '../ip-address'
import type { ProbeLine } from '../parse-probe'
import type { Check, Observation, Peer } from '../types'
import { isMissingTool, isTimeUp, said } from './said'

/** What became of asking for one name. */
type Answer =
  | { readonly kind: 'addresses'; readonly addresses: readonly string[] }
  | { readonly kind: 'unknown' | 'no-answer' | 'no-tool' | 'unreadable' }

/** Slower than any resolver that has an answer, quicker than glibc's and busybox' own limit of five seconds. */
const silenceMs = 4_500

/**
 * Whether the source's resolver answers at all: it must know the source's own name. Without this control a dead resolver
 * and an unknown name look alike, because unknown names are forwarded to servers outside that may be silent.
 *
 * @returns undefined where nothing tells
 */
export function isResolverAlive(lines: readonly ProbeLine[]): boolean | undefined {
  const asked = lines.filter((line) => line.kind === 'name' && toolOf(line) !== 'hosts')
  if (asked.some((line) => readAnswer(line).kind === 'addresses')) return true
  const own = asked.find(({ index }) => index === undefined)
  const answer = own && readAnswer(own).kind
  return answer === 'unknown' || answer === 'no-answer' ? false : undefined
}

/** The check of the target's name. */
export function nameCheck(line: ProbeLine, to: Peer, resolverIsAlive: boolean | undefined): Check {
  const answer = readAnswer(line)
  const measured = line.ms === undefined ? {} : { ms: line.ms }
  const fail = (observation: Observation, detail: string): Check => ({
    ...{ kind: 'name', result: 'fail', observation, detail },
    ...measured,
  })
  switch (answer.kind) {
    case 'addresses':
      return { ...compare(answer.addresses, to), ...measured }
    case 'unknown':
      return resolverIsAlive === false
        ? fail('resolver-timeout', `The resolver does not know ${to.container}, nor the asking container's own name`)
        : fail('unknown-name', `The name ${to.container} is not known`)
    case 'no-answer':
      return resolverIsAlive === true
        ? fail('unknown-name', `The name ${to.container} is not known, and the servers outside did not answer`)
        : fail('resolver-timeout', `The resolver did not answer when asked for ${to.container}`)
    case 'no-tool':
      return notTested('no-tool', 'The image has no tool that looks up names (getent, nslookup, ping)')
    case 'unreadable':
      return notTested('unreadable', `The lookup of ${to.container} cannot be read: ${said(line.text)}`)
  }
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

function toolOf({ text }: ProbeLine): string {
  return text.split(' ', 1)[0] ?? ''
}

function readAnswer(line: ProbeLine): Answer {
  const { status, text, ms = 0 } = line
  const addresses = readAddresses(line)
  if (addresses.length > 0) return { kind: 'addresses', addresses }
  if (isMissingTool(status)) return { kind: 'no-tool' }
  const isSilence = /timed out|no servers could be reached|try again|temporary failure/i.test(text)
  if (isTimeUp(status) || isSilence || ms >= silenceMs) return { kind: 'no-answer' }
  const isUnknown = /NXDOMAIN|SERVFAIL|can't (find|resolve)|bad address|not known|unknown host|no (answer|address)/i
  // getent says 2 and nothing else where a key is not in its database (getent(1)).
  if (isUnknown.test(text) || (toolOf(line) === 'getent' && status === 2)) return { kind: 'unknown' }
  return { kind: 'unreadable' }
}

function readAddresses(line: ProbeLine): readonly string[] {
  const [tool = '', ...words] = line.text.split(' ')
  const found = new Set<string>()
  for (const word of addressWords(tool, words)) {
    const address = parseAddress(word)
    if (address !== undefined) found.add(address)
  }
  return [...found]
}

function addressWords(tool: string, words: readonly string[]): readonly string[] {
  switch (tool) {
    case 'getent':
    case 'hosts':
      return words
    case 'nslookup': {
      // Before the first "Name:" stands the server's own address; old busybox numbers the lines ("Address 1:").
      const answer = words.slice(words.indexOf('Name:') + 1)
      const isLabel = (i: number) =>
        answer[i] === 'Address:' || (answer[i] === 'Address' && /^\d+:$/.test(answer[i + 1] ?? ''))
      return words.includes('Name:')
        ? answer.flatMap((word, i) => (isLabel(i) ? (answer[i + (word === 'Address:' ? 1 : 2)] ?? []) : []))
        : []
    }
    case 'ping':
      // "PING web (10.0.1.2): 56 data bytes"
      return words.slice(0, 4).map((word) => /^\((.*)\):?$/.exec(word)?.[1] ?? '')
    default:
      return []
  }
}
