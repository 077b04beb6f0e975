import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { merge, type Shape } from './shape'

/** The managers that answers were recorded of. */
export const recordedVersions = ['1.0.0', '1.1.0', '1.2.9'] as const
export type ClassicVersion = (typeof recordedVersions)[number]

/** A request to a real manager and what it answered; test/fixtures/classic/README.md says how it was made. */
export interface Recording {
  readonly name: string
  readonly method: string
  readonly path: string
  readonly body?: string
  readonly status: number
  readonly type: string
  /** An answer in words. */
  readonly text?: string
  /** An answer as it was. */
  readonly answer?: Readonly<Record<string, unknown>>
  /** What an answer in JSON is made of. */
  readonly shape?: Shape
  /** The rows about the nodes, and the field that they are in. */
  readonly table?: readonly (readonly [key: string, value: string])[]
  readonly tableIn?: 'SystemStatus' | 'DriverStatus'
}

/** All requests that were recorded of a version, in their order. */
export function recordingsOf(version: ClassicVersion): readonly Recording[] {
  const file = join(import.meta.dirname, '../../fixtures/classic', version, 'requests.json')
  return JSON.parse(readFileSync(file, 'utf8')) as readonly Recording[]
}

/** A version's answer to a request that was recorded. @throws where there is none */
export function recordingOf(all: readonly Recording[], name: string): Recording {
  const found = all.find((recording) => recording.name === name)
  if (found === undefined) throw new Error(`no recording "${name}"`)
  return found
}

/** The structure of one element of the lists that were recorded under these names, or of the answers themselves. */
export function structOf(all: readonly Recording[], ...names: readonly string[]): Shape {
  return names
    .map((name) => recordingOf(all, name).shape ?? null)
    .map((shape) => (Array.isArray(shape) ? ((shape as readonly Shape[])[0] ?? null) : shape))
    .reduce<Shape>(merge, null)
}
