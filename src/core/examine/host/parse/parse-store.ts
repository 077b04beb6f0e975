import { singleLine } from '../../../text/single-line'
import type { ApiAnswer, StoreMember } from '../host-facts'
import { linesOf, sectionsOf, type Section } from './sections'

/** `store 198.18.188.11 2379 0 …`: the exit status of whoever knocked, and what it said. */
export function parseStore(sections: readonly Section[]): readonly StoreMember[] {
  return linesOf(sections, 'store').flatMap((line) => {
    const [, host, port, status, said = ''] = /^store (\S+) (\d+) (\d+) ?(.*)$/.exec(line) ?? []
    if (host === undefined || port === undefined) return []
    const detail = singleLine(said)
    return [
      {
        address: host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`,
        outcome: outcomeOf(Number(status), detail),
        ...(detail !== '' && { detail }),
      },
    ]
  })
}

/** 124: `timeout` of coreutils; 143: Busybox’s, which ends by SIGTERM. */
function outcomeOf(status: number, said: string): StoreMember['outcome'] {
  if (status === 0) return 'open'
  if (status === 99) return 'not-tested'
  if (/refused/i.test(said)) return 'refused'
  if (/not known|bad address|could not resolve|getaddrinfo|name resolution/i.test(said)) return 'no-such-name'
  return status === 124 || status === 143 || /timed out/i.test(said) ? 'timeout' : 'refused'
}

/** Undefined where the engine was not asked, or may not be. */
export function parseApi(sections: readonly Section[]): ApiAnswer | undefined {
  const [found] = sectionsOf(sections, 'api')
  if (found === undefined) return undefined
  const [answers, ...said] = found.text.split('\n').filter((line) => line.trim() !== '')
  const text = singleLine(said.join(' '), 300)
  if (answers === 'unknown' || text.includes('permission denied')) return undefined
  return { isAnswering: answers === 'yes', text }
}
