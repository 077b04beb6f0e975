import { empty, Refusal, text, type Answer } from './answer'
import type { Cluster, Placed, SeenNetwork } from './cluster'
import type { WireRequest } from './wire'

/** A request to the manager, taken apart. */
export interface Call {
  readonly cluster: Cluster
  readonly request: WireRequest
  /** As asked for, without version and query. */
  readonly path: string
  /** `/v1.41` where the client gave one; what is handed on keeps it. */
  readonly prefix: string
  readonly query: URLSearchParams
  /** What the path's pattern caught; names with a slash in them are caught whole. */
  readonly name: string
  /** Of the machine that the manager runs on. */
  readonly hostName: string
  /** The primary's address where this manager is a replica. */
  readonly primary?: string
}

/** `sent`: the answer is on its way already; `spliced`: the connection was given away. */
export type Outcome = Answer | 'sent' | 'spliced'

export interface Route {
  readonly method: string
  readonly pattern: RegExp
  readonly handle: (call: Call) => Promise<Outcome> | Outcome
}

/** @param path with `NAME` for what may have slashes in it */
export const route = (method: string, path: string, handle: Route['handle']): Route => ({
  method,
  pattern: new RegExp(`^${path.replace('NAME', '(.+)')}$`),
  handle,
})

/** @throws Refusal with 404 */
export function requireContainer({ cluster, name }: Call): Placed {
  const placed = cluster.container(name)
  if (placed === undefined) throw new Refusal(text(`No such container ${name}`, 404))
  return placed
}

/** @throws Refusal with 404 */
export function requireNetwork({ cluster, name }: Call, words = 'No such network: '): SeenNetwork {
  const seen = cluster.network(name)
  if (seen === undefined) throw new Refusal(text(`${words}${name}`, 404))
  return seen
}

/** The body. @throws Refusal in Go's words */
export function bodyOf({ request }: Call): unknown {
  try {
    return JSON.parse(request.body.toString()) as unknown
  } catch {
    throw new Refusal(text('unexpected EOF', 400))
  }
}

/** The path with the query behind it, for an engine. */
export const withQuery = (path: string, { query }: Call): string =>
  query.size > 0 ? `${path}?${query.toString()}` : path

export const done = ({ cluster }: Call): Answer => empty(cluster.generation.done)
