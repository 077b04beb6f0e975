import { SwarmNetworksError } from '../core/errors'
import { formatCidr } from '../core/forms/cidr'
import { labelRules, readKeyValues } from '../core/forms/key-values'
import { parseMtu } from '../core/forms/network-mtu'
import { checkNetworkName } from '../core/forms/network-name'
import { checkGateway, parseOptionalSubnet } from '../core/forms/network-subnet'
import { swarmsOf, uncheckedHosts, type Swarm } from '../core/forms/swarms'
import type { Subnet } from '../core/model/network'
import type { NetworkSpec } from '../core/ports/engine'
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
}

/** `network create NAME`: checked against every host that answers, then made through a manager of the one swarm. */
export async function createNetwork(
  session: Session,
  name: string,
  options: CreateNetworkOptions,
): Promise<ExitStatus> {
  requireReadyHost(session)
  const { service, io, signal, isJson } = session
  const swarm = onlySwarm(session)
  const spec = specOf(session, swarm, { name, options })
  for (const host of uncheckedHosts(swarm)) io.err(`warning: not checked against the networks of ${host.name}`)
  const [manager] = swarm.managers
  const { id, warning } = await service.client(manager.id).networks.create(spec, signal)
  const json = { id, name, host: manager.name, ...(warning !== undefined && { warning }) }
  io.out(isJson ? JSON.stringify(json, undefined, 2) : id)
  if (!isJson && warning !== undefined) io.err(`warning: ${warning}`)
  return 0
}

function onlySwarm({ service }: Session): Swarm {
  const swarms = swarmsOf(service.fleet)
  const [swarm] = swarms
  if (swarm && swarms.length === 1) return swarm
  if (swarm)
    throw new SwarmNetworksError('invalid-input', `The hosts belong to ${swarms.length} swarms`, {
      remedy: `Name the hosts of one: ${swarms.map(({ managers }) => managers[0].name).join(' or ')}.`,
    })
  throw new SwarmNetworksError('not-a-manager', 'No reachable host is a manager of a swarm', {
    remedy: 'Name a manager with --host, or make a swarm with `docker swarm init` first.',
  })
}

function specOf(
  { service: { fleet } }: Session,
  swarm: Swarm,
  { name, options }: { readonly name: string; readonly options: CreateNetworkOptions },
): NetworkSpec {
  refuse('The name', checkNetworkName(name, fleet, swarm))
  const mtu = valueOf('--mtu', parseMtu(options.mtu ?? ''))
  return {
    name,
    subnets: subnetsOf(options, { fleet, swarm }),
    isAttachable: options.attachable,
    isInternal: options.internal === true,
    isEncrypted: options.encrypted === true,
    ...(mtu !== undefined && { mtu }),
    labels: valueOf('--label', readKeyValues(options.label, labelRules)),
  }
}

function subnetsOf(
  { subnet, gateway }: CreateNetworkOptions,
  { fleet, swarm }: { readonly fleet: Session['service']['fleet']; readonly swarm: Swarm },
): readonly Subnet[] {
  const cidr = valueOf('--subnet', parseOptionalSubnet(subnet ?? '', fleet, swarm))
  if (cidr === undefined) {
    refuse('--gateway', gateway === undefined ? undefined : 'it needs --subnet.')
    return []
  }
  refuse('--gateway', gateway === undefined ? undefined : checkGateway(gateway, cidr))
  return [{ subnet: formatCidr(cidr), ...(gateway !== undefined && { gateway }) }]
}
