import { LabError } from '../support/lab-error'

/** The engine generations a machine can have, by Debian's name: 20.10 in bookworm, 26.1 in trixie. */
export const generations = ['bookworm', 'trixie'] as const
export type Generation = (typeof generations)[number]

/** A way into a machine's engine besides its socket and SSH. */
export type TcpAccess = 'none' | 'tls' | 'plain'

/** One machine as asked for. */
export interface MachineSpec {
  readonly name: string
  readonly generation: Generation
  /** `standalone` where the engines share a key-value store: an engine is in a swarm or has a store, never both. */
  readonly role: 'manager' | 'worker' | 'standalone'
  readonly tcp: TcpAccess
}

/** A lab as asked for. */
export interface LabSpec {
  readonly machines: readonly MachineSpec[]
  /** Whether the engines share a key-value store instead of a swarm. */
  readonly hasStore: boolean
}

/** What `lab:up` was told; undefined where it was told nothing. */
export interface SpecOptions {
  /** `name[:generation]`, separated by commas. */
  readonly machines?: string | undefined
  readonly managers?: string | undefined
  /** Machines whose engine also listens on TLS, separated by commas. */
  readonly tls?: string | undefined
  /** Machines whose engine also listens on plain TCP, separated by commas. */
  readonly tcp?: string | undefined
  /** A key-value store that the engines share instead of a swarm. */
  readonly store?: string | undefined
}

export const defaultMachines = 'tolkewitz,lindenau,miltitz:trixie'
/** Engines from 23.0 on know no key-value store. */
export const defaultStoreMachines = 'tolkewitz,lindenau,miltitz'
export const storeKinds = ['etcd'] as const
const machineName = /^[a-z][a-z0-9-]{0,30}[a-z0-9]$/
const mostMachines = 50

/**
 * The lab that `options` ask for. Without a word about it the first machine is the one manager, the second listens on
 * TLS and the last on plain TCP; with a store there is no manager, and all listen on plain TCP.
 * @throws LabError for a name, a generation or a number that cannot be.
 */
export function parseSpec(options: SpecOptions): LabSpec {
  return options.store === undefined
    ? { machines: swarmMachines(options), hasStore: false }
    : { machines: storeMachines(options), hasStore: true }
}

function storeMachines({ machines, managers, tls, tcp, store }: SpecOptions): readonly MachineSpec[] {
  if (!storeKinds.some((kind) => kind === store)) {
    throw new LabError(`no store "${store ?? ''}"`, `There is ${storeKinds.join(' and ')}.`)
  }
  if (managers !== undefined || tls !== undefined || tcp !== undefined) {
    throw new LabError('with --store there are no managers, and all engines listen on plain TCP')
  }
  const named = parseMachines(machines ?? defaultStoreMachines)
  const tooNew = named.find(({ generation }) => generation !== 'bookworm')
  if (tooNew !== undefined) {
    throw new LabError(`the engine of ${tooNew.name} takes no key-value store`, 'Only bookworm has one that does.')
  }
  return named.map((machine) => ({ ...machine, role: 'standalone', tcp: 'plain' }))
}

function swarmMachines(options: SpecOptions): readonly MachineSpec[] {
  const named = parseMachines(options.machines ?? defaultMachines)
  const known = named.map(({ name }) => name)
  const tls = chosen(known, options.tls ?? known[1] ?? '')
  const tcp = chosen(known, options.tcp ?? (known.length > 2 ? known.at(-1)! : ''))
  const both = tls.find((name) => tcp.includes(name))
  if (both !== undefined) throw new LabError(`${both} can listen on TLS or on plain TCP, not on both`)
  const managers = Number(options.managers ?? 1)
  if (!Number.isInteger(managers) || managers < 1 || managers > named.length) {
    throw new LabError(`--managers takes 1 to ${named.length}, not ${options.managers ?? ''}`)
  }
  return named.map(({ name, generation }, index) => ({
    name,
    generation,
    role: index < managers ? 'manager' : 'worker',
    tcp: tls.includes(name) ? 'tls' : tcp.includes(name) ? 'plain' : 'none',
  }))
}

function parseMachines(list: string): readonly ParsedMachine[] {
  const named = names(list).map(parseMachine)
  if (named.length === 0 || named.length > mostMachines) throw new LabError(`1 to ${mostMachines} machines, please`)
  const known = named.map(({ name }) => name)
  const twice = known.find((name, index) => known.indexOf(name) !== index)
  if (twice !== undefined) throw new LabError(`machine ${twice} is named twice`)
  return named
}

const names = (list: string): readonly string[] =>
  list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')

type ParsedMachine = Pick<MachineSpec, 'name' | 'generation'>

function parseMachine(text: string): ParsedMachine {
  const [name = '', wanted = 'bookworm', ...rest] = text.split(':')
  const generation = generations.find((known) => known === wanted)
  if (!machineName.test(name) || rest.length > 0) {
    throw new LabError(`"${text}" is no machine: two to 32 letters, digits and hyphens, then perhaps :generation`)
  }
  if (generation === undefined) {
    throw new LabError(`no engine generation "${wanted}"`, `There are ${generations.join(' and ')}.`)
  }
  return { name, generation }
}

function chosen(known: readonly string[], list: string): readonly string[] {
  const wanted = names(list)
  const unknown = wanted.find((name) => !known.includes(name))
  if (unknown !== undefined) throw new LabError(`there is no machine ${unknown} among ${known.join(', ')}`)
  return wanted
}
