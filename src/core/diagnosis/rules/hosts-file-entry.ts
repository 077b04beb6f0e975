import { groupBy } from '../../collections/group-by'
import type { Check, Peer } from '../../connectivity/types'
import { enumerate } from '../../text/count'
import { whoseAddress } from '../address-owner'
import type { Evidence, Failure, Rule } from '../evidence'
import type { NameFailure } from '../name-failures'
import { place, unique } from '../wording'

/** A name that `/etc/hosts` leads elsewhere: there it is looked up first, and the name server is never asked. */
interface Overridden {
  readonly from: Peer
  readonly name: string
  readonly check: Check
  readonly failure?: Failure
  readonly nameFailure?: NameFailure
}

/**
 * A line in a container's `/etc/hosts` leads a name to an address that is not that of whom it stands for, and hides what
 * the engine's name server would say. Up to Docker 1.9 the engine itself writes there: then a wrong line is its own, and
 * this rule has nothing to say.
 */
export const hostsFileEntry: Rule = {
  id: 'hosts-file-entry',
  diagnose(evidence) {
    const byEngine = new Set(evidence.network.hostsFileHostIds ?? [])
    const overridden = [...ofPairs(evidence), ...ofNames(evidence)].filter(({ from }) => !byEngine.has(from.hostId))
    return [...groupBy(overridden, ({ name }) => name).values()].map((own) => ({
      explains: own.flatMap(({ failure }) => failure ?? []),
      explainsNames: own.flatMap(({ nameFailure }) => nameFailure ?? []),
      finding: findingOf(evidence, own),
    }))
  },
}

function ofPairs({ failures }: Evidence): readonly Overridden[] {
  return failures
    .filter(({ check }) => isOverridden(check))
    .map((failure) => {
      const { check, pair } = failure
      return { from: pair.from, name: pair.to.wanted?.name ?? pair.to.container, check, failure }
    })
}

function ofNames({ nameFailures }: Evidence): readonly Overridden[] {
  return nameFailures
    .filter(({ check }) => isOverridden(check))
    .map((nameFailure) => {
      const { check, name } = nameFailure
      return { from: name.from, name: name.target.name, check, nameFailure }
    })
}

/** What came is what stands in the file, and the name server says something else, or nobody could ask it. */
function isOverridden({ observation, hostsFile = [], dns, addresses = [] }: Check): boolean {
  if (!['wrong-address', 'several-addresses', 'missing-addresses'].includes(observation)) return false
  return hostsFile.some((address) => addresses.includes(address) && dns?.includes(address) !== true)
}

function findingOf(evidence: Evidence, own: readonly [Overridden, ...Overridden[]]) {
  const [{ name }] = own
  const askers = unique(own.map(({ from }) => place(from)))
  const entries = unique(own.flatMap(({ check }) => check.hostsFile ?? []))
  const isAsked = own.some(({ check }) => check.dns !== undefined)
  return {
    cause: 'hosts-file-entry',
    title: `A line in /etc/hosts of ${enumerate(askers)} leads the name ${name} to ${enumerate(entries)}.`,
    confidence: isAsked ? 97 : 85,
    hosts: unique(own.map(({ from }) => from.host)),
    containers: unique(own.map(({ from }) => from.container)),
    evidence: [
      ...own.slice(0, 5).map(({ from, check }) => `In ${place(from)}: ${bothAnswers(name, check)}`),
      ...entries.map((address) => whoseAddress(evidence, address)),
      'Names are looked up in /etc/hosts first; since Docker 1.10 the engine writes no names of other containers there.',
    ],
    remedy: `Take the line for ${name} out of /etc/hosts. If it comes back, the container was made with it (--add-host, extra_hosts, --link): make it again without.`,
    fixes: [],
    alternatives: ['Somebody may mean the line, for instance to send a container elsewhere for a while.'],
  }
}

function bothAnswers(name: string, { hostsFile = [], dns }: Check): string {
  const file = `/etc/hosts says that ${name} is ${enumerate(hostsFile)}`
  if (dns === undefined) return `${file}; the image has no tool that asks the name server itself.`
  return dns.length === 0
    ? `${file}; the name server does not know it.`
    : `${file}; the name server says ${enumerate(dns)}.`
}
