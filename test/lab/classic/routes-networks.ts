import { empty, json, Refusal, text } from './answer'
import type { SeenNetwork } from './cluster'
import { handOn } from './hand-on'
import type { ManagedEngine, Raw } from './managed-engine'
import { asManager } from './refusals'
import { bodyOf, done, requireNetwork, route, type Call, type Outcome, type Route } from './route'
import { networkList, networkView } from './views'

export const networkRoutes: readonly Route[] = [
  route('GET', '/networks', ({ cluster, query }) => json(networkList(cluster, query))),
  route('POST', '/networks/create', create),
  route('GET', '/networks/NAME', (call) => json(networkView(call.cluster, requireNetwork(call)))),
  route('POST', '/networks/NAME/connect', connect),
  route('POST', '/networks/NAME/disconnect', disconnect),
  route('DELETE', '/networks/NAME', remove),
]

interface NetworkRequest extends Raw {
  readonly Name?: string
  readonly Driver?: string
}

interface Connection {
  readonly Container: string
  readonly Force?: boolean
}

/** `node/name` makes it there; an overlay, or one that is to be nowhere in particular, is made by any engine. */
async function create(call: Call): Promise<Outcome> {
  const { cluster } = call
  const asked = bodyOf(call) as NetworkRequest
  const [, node, bare] = /^([^/]+)\/(.+)$/.exec(asked.Name ?? '') ?? []
  const Driver = asked.Driver ?? 'overlay'
  const engine = node === undefined ? cluster.anyEngine(Driver) : cluster.healthy.find(({ name }) => name === node)
  if (engine === undefined) throw new Refusal(text('No healthy node available in the cluster', 500))
  const body = { ...asked, Name: bare ?? asked.Name ?? '', Driver }
  const path = engine.path('/networks/create')
  const answer = await asManager(cluster.generation, () =>
    engine.api.json<Raw>({ method: 'POST', path, body, signal: AbortSignal.timeout(30_000) }),
  )
  await engine.refreshWith(String(answer['Id']))
  return json({ Id: answer['Id'], Warning: answer['Warning'] ?? '' }, cluster.generation.created)
}

/** Always handed on, to the engine of the container where the version finds that, else to one of the network. */
async function connect(call: Call): Promise<Outcome> {
  const seen = requireNetwork(call)
  const engine = engineFor(call, seen, bodyOf(call) as Connection)
  await handOn(call.request, engine, target(call, seen, 'connect'))
  await engine.refresh()
  return 'sent'
}

async function disconnect(call: Call): Promise<Outcome> {
  const { cluster, request } = call
  const seen = requireNetwork(call)
  const asked = bodyOf(call) as Connection
  const engine = engineFor(call, seen, asked)
  if (cluster.generation.version !== '1.2.9') {
    await handOn(request, engine, target(call, seen, 'disconnect'))
    await engine.refresh()
    return 'sent'
  }
  const path = engine.path(`/networks/${seen.network.Id}/disconnect`)
  await asManager(cluster.generation, () => engine.api.json({ method: 'POST', path, body: request.body }), 404)
  await engine.refresh()
  return done(call)
}

function engineFor({ cluster }: Call, seen: SeenNetwork, { Container }: Connection): ManagedEngine {
  if (!cluster.generation.findsContainerToConnect) return seen.engines.at(-1)!
  const placed = cluster.container(Container)
  if (placed === undefined) throw new Refusal(text(`No such container: ${Container}`, 404))
  return placed.engine
}

/** The engine knows the network by its ID; the body goes as it is, and an engine knows no `node/name`. */
const target = ({ prefix }: Call, { network }: SeenNetwork, action: string): string =>
  `${prefix}/networks/${network.Id}/${action}`

/** A global network is out of the manager's books at once, before other engines notice. */
async function remove(call: Call): Promise<Outcome> {
  const { cluster } = call
  const { network, engines } = requireNetwork(call, 'No such network ')
  const [engine] = engines
  const path = engine.path(`/networks/${network.Id}`)
  await asManager(cluster.generation, () => engine.api.json({ method: 'DELETE', path }))
  if (network.Scope === 'global') for (const each of cluster.engines) each.forgetNetwork(network.Id)
  await engine.refresh()
  return empty(204)
}
