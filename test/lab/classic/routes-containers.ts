import { empty, json, Refusal, text } from './answer'
import { namesOf, type Placed } from './cluster'
import { createContainer, type ContainerConfig } from './create-container'
import { EngineRefusal } from './engine-api'
import { handOn, splice } from './hand-on'
import type { Raw } from './managed-engine'
import { asManager, requireConnected, requireHealthy } from './refusals'
import { bodyOf, done, requireContainer, route, withQuery, type Call, type Outcome, type Route } from './route'
import { containerList, inspectedView } from './views'

/** What is handed on to the container's engine as it is. */
const handedOn: readonly (readonly [method: string, action: string])[] = [
  ['GET', 'logs'],
  ['GET', 'stats'],
  ['GET', 'top'],
  ['GET', 'changes'],
  ['POST', 'stop'],
  ['POST', 'kill'],
  ['POST', 'restart'],
  ['POST', 'pause'],
  ['POST', 'unpause'],
  ['POST', 'wait'],
  ['POST', 'resize'],
]

export const containerRoutes: readonly Route[] = [
  route('GET', '/containers/json', ({ cluster, query }) => json(containerList(cluster, query))),
  route('POST', '/containers/create', create),
  route('GET', '/containers/NAME/json', inspect),
  ...handedOn.map(([method, action]) => route(method, `/containers/NAME/${action}`, passOn)),
  route('POST', '/containers/NAME/update', (call) =>
    call.cluster.generation.version === '1.0.0' ? text('404 page not found', 404) : passOn(call),
  ),
  route('POST', '/containers/NAME/start', start),
  route('POST', '/containers/NAME/rename', rename),
  route('POST', '/containers/NAME/attach', hijack),
  route('POST', '/containers/NAME/exec', createExec),
  route('DELETE', '/containers/NAME', remove),
  route('POST', '/exec/NAME/start', startExec),
  route('POST', '/exec/NAME/resize', passOnExec),
  route('GET', '/exec/NAME/json', passOnExec),
]

/** Where a request about this container goes at its engine: by its ID, which every engine knows. */
function engineTarget(call: Call, { container }: Placed): string {
  return withQuery(call.prefix + call.path.replace(call.name, container.Id), call)
}

async function passOn(call: Call): Promise<Outcome> {
  const placed = requireContainer(call)
  requireHealthy(placed, call.name)
  await handOn(call.request, placed.engine, engineTarget(call, placed))
  // Handed on or not: what the manager lists next is as the engine has it then.
  if (call.request.method === 'POST') await placed.engine.refresh()
  return 'sent'
}

async function inspect(call: Call): Promise<Outcome> {
  const placed = requireContainer(call)
  requireHealthy(placed, call.name)
  const { engine, container } = placed
  const path = engine.path(`/containers/${container.Id}/json`)
  const answer = await asManager(call.cluster.generation, () => engine.api.json<Raw>({ path }))
  return json(inspectedView(call.cluster, engine, answer))
}

async function create(call: Call): Promise<Outcome> {
  const { cluster, query } = call
  const name = query.get('name') ?? ''
  requireFreeName(call, name)
  const { engine, id } = await createContainer(cluster, name, bodyOf(call) as ContainerConfig)
  await engine.refresh()
  return json({ Id: id }, 201)
}

/** Names are unique over the whole cluster. */
function requireFreeName({ cluster }: Call, name: string): void {
  if (name === '' || !cluster.containers.some(({ container }) => namesOf(container).includes(name))) return
  const words = `Conflict: The name ${name} is already assigned. You have to delete (or rename) that container to be able to assign ${name} to a container again.`
  throw new Refusal(text(words, 409))
}

async function start(call: Call): Promise<Outcome> {
  const placed = requireContainer(call)
  const { generation } = call.cluster
  if (!generation.startsItself) return passOn(call)
  requireConnected(placed)
  const { engine, container } = placed
  const path = engine.path(`/containers/${container.Id}/start`)
  const body = call.request.body.length > 2 ? call.request.body : undefined
  await asManager(generation, () => engine.api.json({ method: 'POST', path, body }))
  await engine.refresh()
  return empty(204)
}

async function rename(call: Call): Promise<Outcome> {
  const placed = requireContainer(call)
  const name = call.query.get('name') ?? ''
  requireFreeName(call, name)
  requireConnected(placed)
  const { engine, container } = placed
  const path = engine.path(`/containers/${container.Id}/rename?name=${encodeURIComponent(name)}`)
  await asManager(call.cluster.generation, () => engine.api.json({ method: 'POST', path }))
  await engine.refresh()
  return done(call)
}

async function remove(call: Call): Promise<Outcome> {
  const { cluster, name } = call
  const placed = cluster.container(name)
  if (placed === undefined) throw new Refusal(text(`Container ${name} not found`, 404))
  requireConnected(placed)
  const { engine, container } = placed
  const path = engine.path(withQuery(`/containers/${container.Id}`, call))
  await asManager(cluster.generation, () => engine.api.json({ method: 'DELETE', path }))
  await engine.refresh()
  return empty(204)
}

async function hijack(call: Call): Promise<Outcome> {
  const placed = requireContainer(call)
  requireHealthy(placed, call.name)
  return give(call, placed.engine.api.address, engineTarget(call, placed))
}

/** The connection stays with the engine, also where the exec is detached and nothing more will come. */
async function startExec(call: Call): Promise<Outcome> {
  const engine = await engineOfExec(call)
  return give(call, engine.api.address, engineExecTarget(call))
}

async function give({ request }: Call, address: string, target: string): Promise<Outcome> {
  const { method, raw, target: asked } = request
  const line = `${method} ${asked} `
  const rewritten = Buffer.concat([Buffer.from(`${method} ${target} `), raw.subarray(Buffer.byteLength(line))])
  const failure = await splice({ ...request, raw: rewritten }, address)
  return failure === undefined ? 'spliced' : text(failure.message, 500)
}

async function createExec(call: Call): Promise<Outcome> {
  const placed = requireContainer(call)
  requireConnected(placed)
  const { engine, container } = placed
  const { version } = call.cluster.generation
  // Of versions before 1.2 this request is without a version.
  const own = `/containers/${container.Id}/exec`
  const path = version === '1.2.9' ? engine.path(own) : own
  try {
    return json(await engine.api.json<Raw>({ method: 'POST', path, body: call.request.body }), 201)
  } catch (error) {
    // Versions before 1.2 give the engine's answer as it came, whatever it was made of.
    if (error instanceof EngineRefusal && version !== '1.2.9') return text(error.body.trim(), 500)
    return asManager(call.cluster.generation, () => Promise.reject(error as Error))
  }
}

async function passOnExec(call: Call): Promise<Outcome> {
  const engine = await engineOfExec(call)
  await handOn(call.request, engine, engineExecTarget(call))
  return 'sent'
}

const engineExecTarget = (call: Call): string => withQuery(call.prefix + call.path, call)

/** @throws Refusal where no engine knows it; version 1.1 says so twice */
async function engineOfExec({ cluster, name }: Call) {
  for (const engine of cluster.healthy)
    if ((await engine.api.ask({ path: engine.path(`/exec/${name}/json`) })).status === 200) return engine
  const words = `Exec ${name} not found`
  throw new Refusal(text(cluster.generation.version === '1.1.0' ? `${words}\n${words}` : words, 404))
}
