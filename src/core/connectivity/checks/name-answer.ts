import { parseAddress } from '../ip-address'
import type { ProbeLine } from '../parse-probe'
import { isTimeUp, isMissingTool } from './said'

/** What became of asking for one name. */
export type NameAnswer =
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
  if (asked.some((line) => readNameAnswer(line).kind === 'addresses')) return true
  const own = asked.find(({ index }) => index === undefined)
  const answer = own && readNameAnswer(own).kind
  return answer === 'unknown' || answer === 'no-answer' ? false : undefined
}

function toolOf({ text }: ProbeLine): string {
  return text.split(' ', 1)[0] ?? ''
}

/** What a resolver said, by whichever tool it was asked. */
export function readNameAnswer(line: ProbeLine): NameAnswer {
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

/** The addresses in it, each once, in their canonical form. */
export function readAddresses(line: ProbeLine): readonly string[] {
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
