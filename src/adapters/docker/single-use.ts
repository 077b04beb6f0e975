import type { Agent } from 'node:http'
import { preparing } from './agent-hook'

/**
 * The agent, with a connection of its own for each request. A header `Connection: close` alone is a request to the server:
 * where that does not say the same in its answer, Node keeps the connection.
 */
export function forSingleUse(agent: Agent): Agent {
  return preparing(agent, (request) => (request.shouldKeepAlive = false))
}
