import { chooseApiVersion } from './api-version'
import { EngineHttp } from './engine-http'
import { parseVersion } from './records/version'
import type { Transport } from './transport'

/** What the negotiation found out. */
export interface EngineVersions {
  /** The version to speak, for instance `1.41`. */
  readonly apiVersion: string
  readonly engineVersion: string
}

/**
 * Asks an engine what it speaks, without a version, which every engine answers.
 * @throws what `chooseApiVersion` throws, and the errors of the connection
 */
export async function readVersions(transport: Transport, signal: AbortSignal): Promise<EngineVersions> {
  const record = parseVersion(await new EngineHttp(transport).send({ method: 'GET', path: '/version' }, signal))
  return { apiVersion: chooseApiVersion(record), engineVersion: record.version }
}
