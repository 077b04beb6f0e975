import type { EngineCalls } from './call'
import type { EngineRequests } from './negotiated-http'

/** What the clients of one engine share. */
export interface EngineContext {
  readonly http: EngineRequests
  readonly calls: EngineCalls
  readonly apiVersion: string
  /** The engine's version as `GET /version` said it. */
  readonly engineVersion: string
}
