import ipaddr from 'ipaddr.js'
import { describeError } from '../errors'
import type { Endpoint, MachineRecord, Target, TlsFiles } from '../model/target'
import { shellQuote } from '../text/shell-quote'
import { parseHostUrl } from '../targets/parse-host-url'
import type { MachineConfig } from './machine-config'

/** A machine of the store: its name there, what was written down, and its files as paths on this machine. */
export interface StoredMachine {
  readonly name: string
  readonly config: MachineConfig
  /** The folder of the store. */
  readonly store: string
  readonly tls: Required<Pick<TlsFiles, 'ca' | 'cert' | 'key'>>
  /** The private key for SSH; absent where docker-machine would use the user's own keys. */
  readonly sshKey?: string
}

type SshEndpoint = Extract<Endpoint, { readonly kind: 'ssh' }>

/** docker-machine's port for the engine (`DefaultEnginePort`), and SSH's. */
const defaults = { enginePort: 2376, plainPort: 2375, sshUser: 'root', sshPort: 22 } as const

/**
 * The targets of one machine: its engine, over TLS first and then over SSH; and where it is a classic Swarm's manager,
 * the manager, which is another API on another port, with the same address and the same files, as
 * `docker-machine config --swarm NAME` prints them.
 */
export function targetsOfMachine(machine: StoredMachine): readonly Target[] {
  const [endpoint, ...otherEndpoints] = waysTo(machine)
  const base = { source: 'docker-machine', isDisabled: false, machine: recordOf(machine) } as const
  const id = `docker-machine:${machine.name}`
  const engine: Target = {
    ...base,
    id,
    name: machine.name,
    endpoint,
    ...(otherEndpoints.length > 0 && { otherEndpoints }),
  }
  const port = managerPort(machine.config)
  if (port === undefined || !('host' in endpoint)) return [engine]
  const manager: Endpoint = { kind: 'tls', host: endpoint.host, port, files: machine.tls }
  return [engine, { ...base, id: `${id}/swarm`, name: `${machine.name} (swarm)`, endpoint: manager }]
}

function waysTo(machine: StoredMachine): readonly [Endpoint, ...Endpoint[]] {
  const { config } = machine
  const { address, url, enginePort: port = defaults.enginePort } = config
  if (address === undefined && url === undefined) return [{ kind: 'none', reason: noAddress(machine) }]
  // Driver none has no SSH: neither a key nor an account is known.
  if (config.driver === 'none') return [endpointOf(url ?? `tcp://${address}`, machine)]
  const engine = endpointOf(`https://${hostPart(address ?? '')}:${port}`, machine)
  return engine.kind === 'tls' ? [engine, sshTo(engine.host, machine)] : [engine]
}

/** An engine's URL as driver `none` takes it. docker-machine speaks TLS always; on Docker's port without TLS nothing does. */
function endpointOf(url: string, { name, tls }: StoredMachine): Endpoint {
  try {
    if (/^https:/i.test(url)) return parseHostUrl(url, tls)
    const plain = parseHostUrl(url)
    const isPlain = plain.kind !== 'tcp' || plain.port === defaults.plainPort || /^http:/i.test(url)
    return isPlain ? plain : { kind: 'tls', host: plain.host, port: plain.port, files: tls }
  } catch (error) {
    return { kind: 'none', reason: `The address of the machine ${name} cannot be used. ${describeError(error)}` }
  }
}

/** As docker-machine calls ssh: the machine's own key and no other. Unlike it, the host's key is checked. */
function sshTo(host: string, { config: { driver, ssh }, sshKey }: StoredMachine): SshEndpoint {
  const { user = defaults.sshUser, port = defaults.sshPort } = ssh
  return {
    kind: 'ssh',
    // VirtualBox forwards a port of this machine (drivers/virtualbox, GetSSHHostname).
    host: driver === 'virtualbox' ? '127.0.0.1' : host,
    port,
    user,
    ...(sshKey !== undefined && { identityFiles: [sshKey], identitiesOnly: true }),
  }
}

function recordOf({ name, store, config }: StoredMachine): MachineRecord {
  const { driver, engineFlags, engineLabels, swarm } = config
  const port = managerPort(config)
  return {
    name,
    driver,
    store,
    engineFlags,
    engineLabels,
    ...(swarm && {
      swarm: {
        discovery: swarm.discovery,
        isManager: swarm.isManager,
        isAgent: swarm.isAgent,
        ...(port !== undefined && { managerPort: port }),
      },
    }),
  }
}

/** Undefined where the machine is no manager; `SwarmOptions.Host` is written down for machines without Swarm too. */
function managerPort({ swarm }: MachineConfig): number | undefined {
  if (swarm?.isManager !== true) return undefined
  const port = Number(/:(\d{1,5})\/?$/.exec(swarm.managerHost)?.[1])
  return port >= 1 && port <= 65_535 ? port : undefined
}

function hostPart(address: string): string {
  return ipaddr.IPv6.isValid(address) ? `[${address}]` : address
}

function noAddress({ name, config: { driver } }: StoredMachine): string {
  return (
    `docker-machine has no address of ${name} (driver ${driver}): it is still being made, its making was broken off, or ` +
    `it is stopped. Look with: ${shellQuote(['docker-machine', 'status', name])}. What changes in the store shows here by itself.`
  )
}
