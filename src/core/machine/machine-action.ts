import type { MachineRecord } from '../model/target'

/** What docker-machine's command line does to a machine, by the name of its subcommand. */
export const machineActions = ['provision', 'regenerate-certs', 'start', 'stop', 'restart', 'upgrade'] as const

export type MachineAction = (typeof machineActions)[number]

/** What a person has to know before it runs, one sentence each. */
const consequences: Readonly<Record<MachineAction, readonly string[]>> = {
  provision: [
    'It writes the engine’s unit and its TLS files anew and restarts the engine: its containers stop, and those with a restart policy start again.',
    'On a machine of a classic Swarm it then makes the containers swarm-agent and swarm-agent-master, and stops with a conflict where they are still there; by then the engine has been restarted.',
  ],
  'regenerate-certs': [
    'It makes the server’s certificate anew and restarts the engine: its containers stop, and those with a restart policy start again.',
    'A client certificate or an authority that has expired is not renewed by it: for those, move the store’s certs folder away first, and provision every machine of the store anew.',
  ],
  start: ['It starts the machine with its driver.'],
  stop: ['It stops the machine with all its containers.'],
  restart: ['It restarts the machine: all its containers stop, and those with a restart policy start again.'],
  upgrade: [
    'It installs the newest Docker that the machine’s distribution has, and restarts the engine: its containers stop, and those with a restart policy start again.',
  ],
}

/**
 * What a person has to know before docker-machine does this, one sentence each.
 * @param quorum what its swarm lacks while the machine is away, as a sentence; undefined where it lacks nothing
 */
export function machineConsequences(action: MachineAction, quorum?: string): readonly string[] {
  // A machine that is to be started is away already.
  return quorum === undefined || action === 'start' ? consequences[action] : [...consequences[action], quorum]
}

/** Drivers that know a machine only by its address: there is nothing to start or stop it with. */
const withoutPower: readonly string[] = ['generic', 'none']

/** Why docker-machine cannot do this with a machine; undefined where it may. */
export function refuseAction(action: MachineAction, { name, driver }: MachineRecord): string | undefined {
  if (driver === 'none' && action !== 'start') return onlyUrl(name)
  const isPower = action === 'start' || action === 'stop'
  if (isPower && withoutPower.includes(driver))
    return `The driver "${driver}" of ${name} can neither start nor stop a machine`
  return undefined
}

function onlyUrl(name: string): string {
  return `${name} was made with the driver "none": docker-machine knows nothing of it but a URL`
}

/**
 * The arguments of docker-machine for one machine of a store.
 *
 * @throws RangeError for a name that docker-machine does not allow, which could pass for an option
 */
export function machineArguments(action: MachineAction, machine: MachineRecord): readonly string[] {
  // It asks before it makes certificates anew; the question has been answered here.
  return inStore(machine, action, ...(action === 'regenerate-certs' ? ['--force'] : []))
}

/** Why docker-machine has no way to log in to a machine; undefined where it may have one. */
export function refuseSsh({ name, driver }: MachineRecord): string | undefined {
  return driver === 'none' ? onlyUrl(name) : undefined
}

/**
 * The arguments of docker-machine for a login on a machine of a store.
 *
 * @throws RangeError for a name that docker-machine does not allow
 */
export function machineSshArguments(machine: MachineRecord): readonly string[] {
  return inStore(machine, 'ssh')
}

function inStore({ name, store }: MachineRecord, ...words: readonly string[]): readonly string[] {
  // libmachine/host/host.go, validHostNamePattern.
  if (!/^[a-zA-Z0-9][a-zA-Z0-9\-.]*$/.test(name)) throw new RangeError(`"${name}" is not the name of a machine`)
  return ['--storage-path', store, ...words, name]
}
