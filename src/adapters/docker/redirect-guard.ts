import type { Agent, ClientRequest, IncomingMessage } from 'node:http'

interface AddRequest {
  addRequest: (request: ClientRequest, options: unknown) => void
}

/**
 * The agent, with redirects switched off. No engine redirects on purpose, but docker-modem follows every `Location`:
 * to any server that the answer names, over a connection that nobody closes, and with an exception outside of any
 * promise where it cannot. Without that header it hands on the answer with its status.
 *
 * `addRequest` is what http.request() calls on any agent (Node's http.Agent, and the agent-base package).
 */
export function withoutRedirects(agent: Agent): Agent {
  const target = agent as Agent & AddRequest
  const addRequest: AddRequest['addRequest'] = (request, options) => {
    request.prependListener('response', dropLocation)
    target.addRequest(request, options)
  }
  return new Proxy(target, {
    get: (_, key) => (key === 'addRequest' ? addRequest : (Reflect.get(target, key, target) as unknown)),
  })
}

function dropLocation(response: IncomingMessage): void {
  delete response.headers.location
}
