import * as v from 'valibot'
import { parseNodeTable } from '../../../core/dialects/classic/node-table'
import type { EngineInfo } from '../../../core/model/engine'
import { parseInfo, type KnownVersions } from './info'
import { parseAnswer } from './schema'

const rows = v.fallback(v.array(v.tuple([v.string(), v.string()])), [])
const schema = v.object({ SystemStatus: rows, DriverStatus: rows })

/** What `GET /version` of a classic Swarm manager says as its version. */
const versionText = /^swarm\/(\S+)$/

/** The manager's own version where a classic Swarm manager answers; undefined for an engine. */
export function classicVersion(version: string): string | undefined {
  return versionText.exec(version)?.[1]
}

/** `GET /info` of a classic Swarm manager. */
export function parseClassicInfo(answer: unknown, { version, apiVersion }: KnownVersions): EngineInfo {
  const { SystemStatus, DriverStatus } = parseAnswer(schema, answer, 'GET /info')
  const table = parseNodeTable(SystemStatus.length > 0 ? SystemStatus : DriverStatus)
  return {
    // `Name` is the host name of the container in which the manager runs, or of its machine, and tells two managers apart.
    ...parseInfo(answer, { version, apiVersion }),
    version,
    classic: { version: classicVersion(version) ?? version, ...table },
  }
}
