import type { EngineCalls } from './call'
import type { EngineHttp } from './engine-http'

/** What the clients of one engine share. */
export interface EngineContext {
  readonly http: EngineHttp
  readonly calls: EngineCalls
  readonly apiVersion: string
  /** The engine's version as `GET /version` said it. */
  readonly engineVersion: string
}
