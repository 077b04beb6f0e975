import { groupBy } from '../../collections/group-by'
import { enumerate } from '../../text/count'
import { addressOwner } from '../address-owner'
import type { Evidence, Failure, Rule } from '../evidence'
import { askers, place, unique } from '../wording'

/**
 * A name leads to an address that no container has any more: an entry that was left in the hosts' tables, for instance
 * when a host went down hard. Managers and all engines agree that nobody is there.
 */
export const staleEntry: Rule = {
  id: 'stale-entry',
  diagnose(evidence) {
    const { failures, reading } = evidence
    // Without all hosts' words somebody unseen may have the address.
    if (reading?.manager === undefined || evidence.unreachableHosts.length > 0) return []
    const stale = failures.filter(({ check }) => deadAddresses(evidence, check.addresses).length > 0)
    return [...groupBy(stale, ({ pair }) => pair.to.container).values()].map((own) => explain(evidence, own))
  },
}

function explain(evidence: Evidence, own: readonly [Failure, ...Failure[]]) {
  const { to } = own[0].pair
  const dead = unique(own.flatMap(({ check }) => deadAddresses(evidence, check.addresses)))
  const tables = (evidence.reading?.hosts ?? []).filter(({ view }) =>
    view?.names.some(({ address }) => dead.includes(address)),
  )
  const holders = unique(
    (evidence.reading?.hosts ?? []).flatMap(({ view }) =>
      (view?.names ?? []).filter(({ address }) => dead.includes(address)).map(({ hostAddress }) => hostAddress),
    ),
  ).filter((address) => address !== '')
  return {
    explains: own,
    finding: {
      cause: 'stale-entry',
      title: `The name ${to.container} leads to ${enumerate(dead)}, which no container has.`,
      confidence: tables.length > 0 ? 90 : 75,
      hosts: unique(tables.map(({ name }) => name)),
      containers: [to.container],
      evidence: [
        `${askers(own)} asked for ${to.container} and got ${enumerate(unique(own.flatMap(({ check }) => check.addresses ?? [])))}.`,
        `The engine of ${to.host} gives the address of ${place(to)} as ${to.address ?? 'none'}; no engine and no manager knows a container at ${enumerate(dead)}.`,
        ...(tables.length > 0
          ? [`The entry stands in the name tables of ${enumerate(tables.map(({ name }) => name))}.`]
          : ['The entry stands in no host’s name table.']),
        ...(holders.length > 0 ? [`By it the container would be at the host ${enumerate(holders)}.`] : []),
      ],
      remedy: `Disconnect ${to.container} from the network and connect it again, which writes its entry anew; where the old one stays, restart Docker on the host that the entry names.`,
      fixes: [],
      alternatives: ['A name server outside of Docker answers for the same name, or a container’s /etc/hosts does.'],
    },
  }
}

/** Of the addresses that came as an answer, those that nobody has. */
function deadAddresses({ reading, pairs }: Evidence, answered: readonly string[] = []): readonly string[] {
  if (reading?.manager === undefined) return []
  const known = new Set([
    ...reading.manager.attachments.flatMap(({ addresses }) => addresses),
    ...reading.hosts.flatMap(({ view }) =>
      (view?.services ?? []).flatMap(({ virtualAddress }) => virtualAddress ?? []),
    ),
    ...serviceAddresses(reading),
  ])
  return answered.filter((address) => addressOwner(pairs, address) === undefined && !known.has(address))
}

/** Tasks of services are attached by other means: their own hosts' tables name them. */
function serviceAddresses(reading: NonNullable<Evidence['reading']>): readonly string[] {
  return reading.hosts.flatMap(({ view, address: own }) =>
    (view?.names ?? [])
      .filter(({ service, hostAddress }) => service !== '' && hostAddress === own)
      .map(({ address }) => address),
  )
}
