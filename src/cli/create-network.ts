import { SwarmNetworksError } from '../core/errors'
import { formatCidr } from '../core/forms/cidr'
import { labelRules, readKeyValues } from '../core/forms/key-values'
import { parseMtu } from '../core/forms/network-mtu'
import { networkWarnings, openQuestions } from '../core/forms/network-warnings'
import { checkNetworkName } from '../core/forms/network-name'
import { checkGateway, parseOptionalSubnet } from '../core/forms/network-subnet'
import { clusterWords, clustersOf, uncheckedHosts, type Cluster } from '../core/forms/clusters'
import type { Subnet } from '../core/model/network'
import type { NetworkSpec } from '../core/ports/engine'
import { readHostLinks } from '../app/host-links/read-host-links'
import { refuse, valueOf } from './checked'
import { requireReadyHost, type ExitStatus, type Session } from './session'

export interface CreateNetworkOptions {
  readonly subnet?: string
  readonly gateway?: string
  readonly attachable: boolean
  readonly encrypted?: true
  readonly internal?: true
  readonly mtu?: string
  readonly label: readonly string[]
  readonly strict?: true
  /** False with `--no-host-check`. */
  readonly hostCheck: boolean
}

/** `network create NAME`: checked against every host that answers, then made through whoever makes the
 * networks of the one cluster. */
export async function createNetwork(
  session: Session,
  name: string,
  options: CreateNetworkOptions,
): Promise<ExitStatus> {
  requireReadyHost(session)
  const { service, io, signal, isJson } = session
  const cluster = onlyCluster(session)
  const spec = specOf(session, cluster, { name, options })
  for (const host of uncheckedHosts(cluster)) io.err(`warning: not checked against the networks of ${host.name}`)
  await warn(session, cluster, { spec, options })
  const [maker] = cluster.makers
  const { id, warning } = await service.client(maker.id).networks.create(spec, signal)
  const json = { id, name, host: maker.name, ...(warning !== undefined && { warning }) }
  io.out(isJson ? JSON.stringify(json, undefined, 2) : id)
  if (!isJson && warning !== undefined) io.err(`warning: ${warning}`)
  return 0
}

/** @throws `invalid-input` where there is a warning, and `--strict` */
async function warn(
  { service, shells, io, signal }: Session,
  cluster: Cluster,
  { spec, options }: { readonly spec: NetworkSpec; readonly options: CreateNetworkOptions },
): Promise<void> {
  const links = options.hostCheck
    ? await readHostLinks({ fleet: service, shells, helper: {} }, cluster.hosts, signal)
    : { hosts: [], notLooked: cluster.hosts.map(({ name }) => ({ host: name, reason: '--no-host-check' })) }
  for (const note of openQuestions(spec, links)) io.err(`note: ${note}`)
  const warnings = networkWarnings(spec, { cluster, links })
  for (const { id, message } of warnings) io.err(`${options.strict ? 'error' : 'warning'}: ${message} [${id}]`)
  if (options.strict && warnings.length > 0)
    throw new SwarmNetworksError('invalid-input', `${spec.name} was not made: with --strict a warning is an error`)
}

function onlyCluster({ service }: Session): Cluster {
  const clusters = clustersOf(service.fleet)
  const [cluster] = clusters
  if (cluster && clusters.length === 1) return cluster
  if (cluster)
    throw new SwarmNetworksError('invalid-input', `The hosts belong to ${clusters.length} clusters`, {
      remedy: `Name the hosts of one: ${clusters.map(({ kind, makers: [maker] }) => `${maker.name} (${clusterWords[kind]})`).join(' or ')}.`,
    })
  throw new SwarmNetworksError('not-a-manager', 'No reachable host is a manager of a swarm or has a key-value store', {
    remedy: 'Name one that is with --host, or make a swarm with `docker swarm init` first.',
  })
}

function specOf(
  { service: { fleet } }: Session,
  cluster: Cluster,
  { name, options }: { readonly name: string; readonly options: CreateNetworkOptions },
): NetworkSpec {
  refuse('The name', checkNetworkName(name, fleet, cluster))
  refuse('--encrypted', options.encrypted === true ? encryptionProblem(cluster) : undefined)
  const mtu = valueOf('--mtu', parseMtu(options.mtu ?? ''))
  return {
    name,
    subnets: subnetsOf(options, { fleet, cluster }),
    // On the others anybody may run containers, whatever the network says.
    isAttachable: cluster.kind === 'swarm' && options.attachable,
    isInternal: options.internal === true,
    isEncrypted: options.encrypted === true,
    ...(mtu !== undefined && { mtu }),
    labels: valueOf('--label', readKeyValues(options.label, labelRules)),
  }
}

/** Docker 20.10 makes such a network all the same, and then refuses each container: "encryption keys not present". */
function encryptionProblem({ kind }: Cluster): string | undefined {
  return kind === 'swarm'
    ? undefined
    : 'the keys are a swarm’s: without swarm mode no container could join the network.'
}

function subnetsOf(
  { subnet, gateway }: CreateNetworkOptions,
  { fleet, cluster }: { readonly fleet: Session['service']['fleet']; readonly cluster: Cluster },
): readonly Subnet[] {
  const cidr = valueOf('--subnet', parseOptionalSubnet(subnet ?? '', fleet, cluster))
  if (cidr === undefined) {
    refuse('--gateway', gateway === undefined ? undefined : 'it needs --subnet.')
    return []
  }
  refuse('--gateway', gateway === undefined ? undefined : checkGateway(gateway, cidr))
  return [{ subnet: formatCidr(cidr), ...(gateway !== undefined && { gateway }) }]
}
