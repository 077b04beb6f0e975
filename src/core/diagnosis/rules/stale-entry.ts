import { groupBy } from '../../collections/group-by'
import type { NameEntry } from '../../model/network-view'
import { enumerate } from '../../text/count'
import { addressOwner } from '../address-owner'
import type { Evidence, Failure, Rule } from '../evidence'
import type { Fix } from '../finding'
import { askers, place, unique } from '../wording'

type Reading = NonNullable<Evidence['reading']>
type Host = Reading['hosts'][number]

/**
 * A name leads to an address that no container has any more: an entry that was left in the hosts' tables, for instance
 * when a host went down hard. Managers and all engines agree that nobody is there. An engine takes its entries with it
 * when it restarts (libnetwork, networkdb); one of an endpoint that is in use goes with that endpoint.
 */
export const staleEntry: Rule = {
  id: 'stale-entry',
  diagnose(evidence) {
    const { failures, reading } = evidence
    // Without all hosts' words somebody unseen may have the address.
    if (reading?.manager === undefined || evidence.unreachableHosts.length > 0) return []
    const stale = failures.filter(({ check }) => deadAddresses(evidence, check.addresses).length > 0)
    return [...groupBy(stale, ({ pair }) => pair.to.container).values()].map((own) => explain(evidence, reading, own))
  },
}

function explain(evidence: Evidence, reading: Reading, own: readonly [Failure, ...Failure[]]) {
  const { to } = own[0].pair
  const dead = unique(own.flatMap(({ check }) => deadAddresses(evidence, check.addresses)))
  const isDead = ({ address }: Pick<NameEntry, 'address'>) => dead.includes(address)
  const tables = reading.hosts.filter(({ view }) => view?.names.some(isDead))
  const entries = tables.flatMap(({ view }) => view?.names.filter(isDead) ?? [])
  const holders = reading.hosts.filter(({ address }) => entries.some(({ hostAddress }) => hostAddress === address))
  return {
    explains: own,
    explainsNames: evidence.nameFailures.filter(({ check }) =>
      check.addresses?.some((address) => dead.includes(address)),
    ),
    finding: {
      cause: 'stale-entry',
      title: `The name ${to.container} leads to ${enumerate(dead)}, which no container has.`,
      confidence: tables.length > 0 ? 90 : 75,
      hosts: (holders.length > 0 ? holders : tables).map(({ name }) => name),
      containers: [to.container],
      evidence: [
        `${askers(own)} asked for ${to.container} and got ${enumerate(unique(own.flatMap(({ check }) => check.addresses ?? [])))}.`,
        `The engine of ${to.host} gives the address of ${place(to)} as ${to.address ?? 'none'}; no engine and no manager knows a container at ${enumerate(dead)}.`,
        ...(tables.length > 0
          ? [`The entry stands in the name tables of ${enumerate(tables.map(({ name }) => name))}.`]
          : ['The entry stands in no host’s name table.']),
        ...(entries.length > 0 ? whereItWouldBe(entries, holders) : []),
      ],
      ...remedyFor(own[0], { holders, isInUse: entries.some((entry) => isInUse(entry, reading)) }),
      alternatives: ['A name server outside of Docker answers for the same name, or a container’s /etc/hosts does.'],
    },
  }
}

function whereItWouldBe(entries: readonly NameEntry[], holders: readonly Host[]): readonly string[] {
  const addresses = unique(entries.map(({ hostAddress }) => hostAddress)).filter((address) => address !== '')
  const named = addresses.map((address) => {
    const holder = holders.find((host) => host.address === address)
    return holder === undefined ? `at the host ${address}, which is not known` : `on ${holder.name} (${address})`
  })
  return named.length === 0 ? [] : [`By it the container would be ${enumerate(named)}.`]
}

interface Origin {
  /** The hosts that the entry names. */
  readonly holders: readonly Host[]
  /** An endpoint of a container has it. */
  readonly isInUse: boolean
}

function remedyFor(
  { pair: { to } }: Failure,
  { holders, isInUse: isOwn }: Origin,
): { readonly remedy: string; readonly fixes: readonly Fix[] } {
  const names = enumerate(holders.map(({ name }) => name))
  if (holders.length > 0 && !isOwn) {
    return {
      remedy: `Restart Docker on ${names}: an engine takes with it what it wrote. Connecting ${to.container} again would leave the entry where it is, as it is about an endpoint that no container has.`,
      fixes: [
        {
          ...{ id: 'restart-engine', title: `Restart Docker on ${names}`, containerIds: [] },
          hostIds: holders.map(({ hostId }) => hostId),
        },
      ],
    }
  }
  return {
    remedy: `Disconnect ${to.container} from the network and connect it again, which writes its entry anew; where the old one stays, restart Docker on the host that it came from.`,
    // The swarm joins its tasks itself.
    fixes:
      to.service === undefined
        ? [
            {
              ...{ id: 'reconnect-containers', title: `Reconnect ${to.container} to the network` },
              ...{ containerIds: [to.containerId], hostIds: [to.hostId] },
            },
          ]
        : [],
  }
}

const isInUse = ({ endpointId }: NameEntry, { hosts }: Reading): boolean =>
  endpointId !== undefined && hosts.some(({ view }) => view?.endpoints?.includes(endpointId))

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
function serviceAddresses(reading: Reading): readonly string[] {
  return reading.hosts.flatMap(({ view, address: own }) =>
    (view?.names ?? [])
      .filter(({ service, hostAddress }) => service !== '' && hostAddress === own)
      .map(({ address }) => address),
  )
}
