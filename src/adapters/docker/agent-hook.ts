import type { Agent, ClientRequest } from 'node:http'

interface AddRequest {
  addRequest: (request: ClientRequest, options: unknown) => void
}

/**
 * The agent, with each request prepared before it goes out. `addRequest` is what http.request() calls on any agent
 * (Node's http.Agent, and the agent-base package).
 */
export function preparing(agent: Agent, prepare: (request: ClientRequest) => void): Agent {
  const target = agent as Agent & AddRequest
  const addRequest: AddRequest['addRequest'] = (request, options) => {
    prepare(request)
    target.addRequest(request, options)
  }
  return new Proxy(target, {
    get: (_, key) => (key === 'addRequest' ? addRequest : (Reflect.get(target, key, target) as unknown)),
  })
}
