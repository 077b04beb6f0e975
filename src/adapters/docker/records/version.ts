import * as v from 'valibot'
import { optionalText, parseAnswer, text } from './schema'

/** What `GET /version` says, as far as connecting needs it. */
export interface VersionRecord {
  readonly version: string
  readonly apiVersion: string
  /** Absent before Docker 1.13 (API 1.25). */
  readonly minApiVersion: string | undefined
}

const schema = v.object({ Version: text, ApiVersion: v.string(), MinAPIVersion: optionalText })

export function parseVersion(answer: unknown): VersionRecord {
  const { Version, ApiVersion, MinAPIVersion } = parseAnswer(schema, answer, 'GET /version')
  return { version: Version, apiVersion: ApiVersion, minApiVersion: MinAPIVersion }
}
