import { enumerate } from '../../../text/count'
import { shellQuote } from '../../../text/shell-quote'
import type { StoreMember } from '../host-facts'
import type { FactRule } from './fact-rule'

/** The key-value store of the engine's networks cannot be reached from the host. */
export const storeUnreachable: FactRule<'store-unreachable'> = {
  cause: 'store-unreachable',
  find: ({ facts }) => {
    const tried = facts.store.filter(({ outcome }) => outcome !== 'not-tested')
    const closed = tried.filter(({ outcome }) => outcome !== 'open')
    if (closed.length === 0) return []
    const isAll = closed.length === tried.length
    return [
      {
        cause: 'store-unreachable',
        title: isAll
          ? 'Its key-value store cannot be reached from the host'
          : `${closed.length} of ${tried.length} members of its key-value store cannot be reached from the host`,
        severity: isAll ? 'error' : 'warning',
        evidence: tried.map(({ address, outcome }) => `${address}: ${outcomes[outcome]}.`),
        remedy: `Start the store at ${enumerate(closed.map(({ address }) => address))} again, or open the way to it. Until then no overlay network can be made and no container started on one.`,
        byHand: closed.map(({ address }) => knockLine(address)),
        details: { members: facts.store },
      },
    ]
  },
}

const outcomes: Readonly<Record<StoreMember['outcome'], string>> = {
  open: 'it accepts connections',
  refused: 'it refuses connections; nothing listens there',
  timeout: 'no answer; something drops the packets, or the machine is off',
  'no-such-name': 'the host does not know the name',
  'not-tested': 'not tested',
}

/** As the examination knocks: whoever opens the way wants to know when it is open. */
function knockLine(address: string): string {
  const at = address.lastIndexOf(':')
  const host = address.slice(0, at).replace(/^\[(.*)\]$/, '$1')
  return shellQuote([
    'timeout',
    '3',
    'bash',
    '-c',
    'exec 3<>"/dev/tcp/$0/$1" && echo open',
    host,
    address.slice(at + 1),
  ])
}
