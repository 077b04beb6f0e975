import { SwarmNetworksError } from '../core/errors'
import type { Parsed } from '../core/forms/parsed'

/** Ends the command with `invalid-input` where there is a problem with what was given. */
export function refuse(what: string, problem: string | undefined): void {
  if (problem !== undefined) throw new SwarmNetworksError('invalid-input', `${what}: ${problem}`)
}

/** The value of what was given, or `invalid-input` with what is wrong with it. */
export function valueOf<T>(what: string, parsed: Parsed<T>): T {
  if (parsed.isValid) return parsed.value
  throw new SwarmNetworksError('invalid-input', `${what}: ${parsed.problem}`)
}
