import { groupBy, type NonEmpty } from '../../collections/group-by'
import { isAnswer } from '../../connectivity/evaluate'
import type { NameResult } from '../../connectivity/names/types'
import { enumerate } from '../../text/count'
import { shellQuote } from '../../text/shell-quote'
import type { Evidence, Explanation, Rule } from '../evidence'
import { pairsBehind, type NameFailure } from '../name-failures'
import { place, unique } from '../wording'

/**
 * A service's own address (its VIP) does not answer and its tasks do: what the kernel of the asking container's host should
 * spread over them (IPVS) goes nowhere. Services with the mode `dnsrr` have no such address. Ping proves nothing here: IPVS
 * does not carry it.
 */
export const serviceAddressSilent: Rule = {
  id: 'service-address-silent',
  diagnose(evidence) {
    const silent = evidence.nameFailures.filter(
      ({ name: { target }, check }) => target.virtualAddress !== undefined && check.kind !== 'name',
    )
    return [...groupBy(silent, ({ name }) => name.target.service).values()].map((own) => explain(evidence, own))
  },
}

function explain(evidence: Evidence, own: NonEmpty<NameFailure>): Explanation {
  const { target } = own[0].name
  const service = target.service ?? target.name
  const address = target.virtualAddress ?? ''
  const results = [...new Map(own.map(({ name }) => [name.from.containerId, name])).values()]
  const hosts = unique(results.map(({ from }) => from.host))
  const tasks = answersOfTasks(evidence, results)
  const lacking = unique(results.filter(({ hasIpvs }) => hasIpvs === false).map(({ from }) => from.host))
  const working = answeredElsewhere(evidence, own[0].name)
  return {
    explains: [],
    explainsNames: own,
    finding: {
      cause: 'service-address-silent',
      title: `The ${target.standsFor} does not answer at its own address ${address}${tasks.length > 0 ? ', though its tasks do' : ''}.`,
      confidence: tasks.length === 0 ? 50 : lacking.length > 0 ? 97 : 85,
      hosts,
      containers: [],
      evidence: [
        `The name ${service} is ${address}, the address that stands for all its tasks (endpoint mode vip).`,
        ...own.slice(0, 5).map(({ name, check }) => `From ${place(name.from)}: ${check.detail}.`),
        ...(own.length > 5 ? [`… and ${own.length - 5} more.`] : []),
        ...(tasks.length > 0 ? tasks.slice(0, 6) : ['None of its tasks could be tested by itself.']),
        ...(lacking.length > 0
          ? [
              `The kernel of ${enumerate(lacking)} has no IPVS: there is no /proc/net/ip_vs, and without it the address leads nowhere.`,
            ]
          : []),
        ...(working.length > 0
          ? [`It answers containers on ${enumerate(working)}: so it is a matter of the hosts, not of the service.`]
          : []),
      ],
      remedy: remedy(own[0].name, lacking.length > 0 ? lacking : hosts),
      fixes: [],
      alternatives: [
        ...(lacking.length > 0
          ? []
          : [
              'The kernel may have IPVS and its table lack the tasks: updating the service with --force has its entries written anew.',
            ]),
        'Rules that somebody added to the host’s firewall may drop what goes to the address.',
      ],
    },
  }
}

/**
 * The order matters: an engine that changes the mode while there are tasks keeps the old address in its name table, beside
 * the tasks' (Docker 20.10 and 26.1); scaled to 0 first, it does not.
 */
function remedy({ target }: NameResult, hosts: readonly string[]): string {
  const service = shellQuote([target.service ?? target.name])
  const { replicas, isPublished } = target
  const change =
    isPublished || replicas === undefined
      ? `Where the kernel has none, make the service anew with --endpoint-mode dnsrr${isPublished ? ' and its ports published by the hosts (mode=host)' : ''}, under another name.`
      : `Where the kernel has none, let the name stand for the tasks themselves. Scale it to 0 first, or the old address stays in the name tables: docker service scale ${service}=0, and when no task is left docker service update --endpoint-mode dnsrr ${service}, then docker service scale ${service}=${replicas}.`
  return `Load the module on ${enumerate(hosts)} as root: modprobe ip_vs. ${change} Until then tasks.${target.service ?? target.name} leads to the tasks.`
}

/** What the tasks answered the same containers, one sentence each. */
function answersOfTasks({ pairs }: Evidence, results: readonly NameResult[]): readonly string[] {
  const behind = results.flatMap((result) => pairsBehind(result, pairs))
  const byTask = groupBy(behind, ({ to }) => to.containerId)
  return [...byTask.values()].flatMap((own) => {
    const [{ to }] = own
    const answered = own.filter(({ checks }) => checks.some(isAnswer))
    if (answered.length === 0) return []
    const checks = answered[0]?.checks.filter(isAnswer) ?? []
    // What the service itself was asked: a ping says less.
    const how = (checks.find(({ kind }) => kind === 'tcp') ?? checks[0])?.detail ?? ''
    return `${place(to)} (${to.address ?? 'no address'}) answers ${answered.length} of these containers: ${how}.`
  })
}

/** Hosts from which the address answers. */
function answeredElsewhere({ names = [] }: Evidence, { target }: NameResult): readonly string[] {
  const passed = names.filter(
    (name) =>
      name.target.name === target.name && name.checks.some(({ kind, result }) => kind !== 'name' && result === 'pass'),
  )
  return unique(passed.map(({ from }) => from.host))
}
