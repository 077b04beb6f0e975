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
  readonly role: 'manager' | 'worker'
  readonly tcp: TcpAccess
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
}

export const defaultMachines = 'tolkewitz,lindenau,miltitz:trixie'
const machineName = /^[a-z][a-z0-9-]{0,30}[a-z0-9]$/
const mostMachines = 50

/**
 * The machines that `options` ask for. Without a word about it the first is the one manager, the second listens on TLS
 * and the last on plain TCP.
 * @throws LabError for a name, a generation or a number that cannot be.
 */
export function parseSpec(options: SpecOptions): readonly MachineSpec[] {
  const named = names(options.machines ?? defaultMachines).map(parseMachine)
  if (named.length === 0 || named.length > mostMachines) throw new LabError(`1 to ${mostMachines} machines, please`)
  const known = named.map(({ name }) => name)
  const twice = known.find((name, index) => known.indexOf(name) !== index)
  if (twice !== undefined) throw new LabError(`machine ${twice} is named twice`)
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

const names = (list: string): readonly string[] =>
  list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')

function parseMachine(text: string): { readonly name: string; readonly generation: Generation } {
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
