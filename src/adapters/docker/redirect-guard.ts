import type { Agent, IncomingMessage } from 'node:http'
import { preparing } from './agent-hook'

/**
 * The agent, with redirects switched off. No engine redirects on purpose, but docker-modem follows every `Location`:
 * to any server that the answer names, over a connection that nobody closes, and with an exception outside of any
 * promise where it cannot. Without that header it hands on the answer with its status.
 */
export function withoutRedirects(agent: Agent): Agent {
  return preparing(agent, (request) => request.prependListener('response', dropLocation))
}

function dropLocation(response: IncomingMessage): void {
  delete response.headers.location
}
