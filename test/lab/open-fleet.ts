import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createConnector } from '../../src/adapters/create-connector'
import { thisMachine } from '../../src/adapters/sources/local-machine'
import { systemClock } from '../../src/adapters/system-clock'
import { FleetService } from '../../src/app/fleet-service'
import type { Endpoint, Target } from '../../src/core/model/target'
import type { Log, TargetSource } from '../../src/core/ports/environment'
import type { HostShells } from '../../src/core/ports/host-shell'
import { parseHostUrl } from '../../src/core/targets/parse-host-url'
import { noPrompts } from '../no-prompts'
import type { DatedProxy } from './dated-proxy.js'
import { makeHome } from './home.js'
import type { Lab } from './lab.js'
import type { Machine } from './machines/machine.js'

export type Way = 'sockets' | 'SSH' | 'root' | 'TCP'

/** A live fleet of the lab's machines, as the editor would have it. */
export interface OpenedFleet extends AsyncDisposable {
  readonly service: FleetService
}

const quiet = () => undefined
const log: Log = { debug: quiet, info: quiet, warn: quiet, error: quiet }

/** A live fleet, and the hosts' own command lines. */
export type FleetWithShells = OpenedFleet & { readonly shells: HostShells }

/** Starts a fleet over one way in: sockets, SSH as `docker-user` or as root, or TCP (with TLS where the machine has it). */
export async function openFleetOf(lab: Lab, way: Way): Promise<FleetWithShells> {
  return openFleetAt(lab, await Promise.all(lab.machines.map((machine) => targetOf(lab, machine, way))))
}

/** The same with one machine behind a proxy, which is disposed of with it. */
export async function openFleetBehind(
  lab: Lab,
  { way, machine, proxy }: { readonly way: Way; readonly machine: string; readonly proxy: DatedProxy },
): Promise<FleetWithShells> {
  const behind: Endpoint = { kind: 'tcp', host: '127.0.0.1', port: proxy.port }
  const targets = await Promise.all(
    lab.machines.map(async (one) => {
      const target = await targetOf(lab, one, way)
      return one.name === machine ? { ...target, endpoint: behind } : target
    }),
  )
  const opened = await openFleetAt(lab, targets)
  return {
    ...opened,
    [Symbol.asyncDispose]: async () => {
      await opened[Symbol.asyncDispose]()
      await proxy[Symbol.asyncDispose]()
    },
  }
}

/** Starts a fleet of these targets, with a home folder that knows the lab's machines. */
export async function openFleetAt(lab: Lab, targets: readonly Target[]): Promise<FleetWithShells> {
  const home = await makeHome(lab)
  const source: TargetSource = {
    id: 'settings',
    read: () => Promise.resolve({ targets, problems: [] }),
    onDidChange: () => ({ dispose: quiet }),
  }
  const connector = createConnector({
    // No agent, no keys and no configuration of whoever runs the tests.
    machine: { ...thisMachine(), env: {}, home },
    clock: systemClock,
    log,
    prompts: noPrompts,
  })
  const service = new FleetService({ connector, sources: [source], clock: systemClock, log })
  service.start()
  return {
    service,
    shells: connector,
    [Symbol.asyncDispose]: async () => {
      service.dispose()
      connector.dispose()
      await rm(home, { recursive: true })
    },
  }
}

async function targetOf(lab: Lab, machine: Machine, way: Way): Promise<Target> {
  const { name } = machine
  return {
    id: `settings:${name}`,
    name,
    endpoint: await endpointOf(lab, machine, way),
    source: 'settings',
    isDisabled: false,
  }
}

/** A machine without TCP is reached by its socket. */
async function endpointOf(lab: Lab, machine: Machine, way: Way): Promise<Endpoint> {
  const { tcpUrl, tcp } = machine.description
  if (way === 'SSH' || way === 'root') {
    const user = way === 'root' ? 'root' : 'docker-user'
    return { kind: 'ssh', host: machine.address, user, identityFiles: [lab.description.sshKey] }
  }
  if (way === 'TCP' && tcpUrl !== undefined) return parseHostUrl(tcpUrl, tcp === 'tls' ? tlsFiles(lab) : undefined)
  return { kind: 'unix', path: await machine.socket() }
}

function tlsFiles({ description: { tls } }: Lab) {
  return { ca: join(tls, 'ca.pem'), cert: join(tls, 'cert.pem'), key: join(tls, 'key.pem') }
}
