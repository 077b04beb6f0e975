import { chunk, json, startStream, text, empty, Refusal } from './answer'
import type { EngineEvent, ManagedEngine, Raw } from './managed-engine'
import { asManager } from './refusals'
import { bodyOf, route, withQuery, type Call, type Outcome, type Route } from './route'
import { cast } from './shape'
import { infoView, nodeOf, volumeList } from './views'

export const systemRoutes: readonly Route[] = [
  route('GET', '/_ping', () => ({ ...text('OK', 200), body: 'OK' })),
  route('GET', '/version', ({ cluster }) => json(cluster.generation.versionAnswer)),
  route('GET', '/info', info),
  route('GET', '/events', follow),
  route('GET', '/images/json', ({ cluster }) =>
    json(cluster.healthy.flatMap(({ images }) => images).map((image) => cast(image, cluster.generation.structs.image))),
  ),
  route('POST', '/images/create', pull),
  route('GET', '/volumes', ({ cluster }) => json(volumeList(cluster))),
  route('POST', '/volumes/create', createVolume),
  route('DELETE', '/volumes/NAME', removeVolume),
]

function info({ cluster, hostName, primary, prefix }: Call): Outcome {
  const apiVersion = prefix === '' ? {} : { apiVersion: Number(prefix.slice(2)) }
  return json(infoView(cluster, { hostName, ...apiVersion, ...(primary !== undefined && { primary }) }))
}

/** Filters and `since` are ignored, and nothing stands between two events. */
function follow({ cluster, request: { socket } }: Call): Promise<Outcome> {
  startStream(socket, 200, 'application/json')
  const isNew = cluster.generation.version === '1.2.9'
  const stop = cluster.onEvent((engine, event) => {
    socket.write(chunk(Buffer.from(JSON.stringify(isNew ? eventOf(engine, event) : oldEventOf(engine, event)))))
  })
  return new Promise((resolve) => {
    socket.once('close', () => {
      stop()
      resolve('spliced')
    })
  })
}

function nodeIn(engine: ManagedEngine, isNew: boolean) {
  const { info, name, ip, api } = engine
  return { Name: name, Id: `${info?.ID ?? ''}${isNew ? `|${api.address}` : ''}`, Addr: api.address, Ip: ip }
}

export function eventOf(engine: ManagedEngine, event: EngineEvent): unknown {
  const node = nodeIn(engine, true)
  const { status, id, from, Type, Action, Actor, ...rest } = event
  const attributes = { 'node.addr': node.Addr, 'node.id': node.Id, 'node.ip': node.Ip, 'node.name': node.Name }
  return {
    ...(status !== undefined && { status }),
    ...(id !== undefined && { id }),
    from: `${from ?? ''} node:${node.Name}`,
    Type,
    Action,
    Actor: { ID: Actor?.ID ?? '', Attributes: { ...Actor?.Attributes, ...attributes } },
    ...rest,
    node,
  }
}

/** Versions before 1.2 know no types: of everything but containers they say only that it happened. */
export function oldEventOf(engine: ManagedEngine, { status = '', id = '', from = '', time }: EngineEvent): unknown {
  const node = nodeIn(engine, false)
  return { status, id, from: `${from} node:${node.Name}`, time, node }
}

/** Every engine pulls; the answer is 200 before it is known whether one can. */
async function pull(call: Call): Promise<Outcome> {
  const { cluster, query } = call
  const { socket } = call.request
  const image = `${query.get('fromImage') ?? ''}:${query.get('tag') ?? 'latest'}`
  const say = (id: string, status: string) =>
    socket.write(chunk(Buffer.from(JSON.stringify({ id, status: `Pulling ${image}...${status}` }))))
  startStream(socket, 200, 'application/json')
  await Promise.all(
    cluster.healthy.map(async (engine) => {
      say(engine.name, '')
      const answer = await engine.api.ask({ method: 'POST', path: engine.path(withQuery('/images/create', call)) })
      const failure = /"error":"((?:[^"\\]|\\.)*)"/.exec(answer.body.toString())?.[1]
      if (failure === undefined && answer.status < 300) say(engine.name, ' : downloaded')
      else
        socket.write(
          chunk(
            Buffer.from(
              JSON.stringify({
                id: engine.name,
                error: failure ?? answer.body.toString().trim(),
                status: `Pulling ${image}...`,
              }),
            ),
          ),
        )
    }),
  )
  socket.write('0\r\n\r\n')
  return 'sent'
}

/** Every engine makes one. */
async function createVolume(call: Call): Promise<Outcome> {
  const { cluster } = call
  const body = bodyOf(call)
  const made = await asManager(cluster.generation, () =>
    Promise.all(
      cluster.healthy.map(async (engine) => {
        const volume = await engine.api.json<Raw>({ method: 'POST', path: engine.path('/volumes/create'), body })
        await engine.refresh()
        return { ...volume, Engine: nodeOf(cluster, engine) }
      }),
    ),
  )
  return json(cast(made[0], cluster.generation.structs.volume), cluster.generation.created)
}

async function removeVolume({ cluster, name }: Call): Promise<Outcome> {
  const holders = cluster.healthy.filter(({ volumes }) => volumes.some(({ Name }) => Name === name))
  if (holders.length === 0) throw new Refusal(text(`No such volume ${name}`, 404))
  await asManager(cluster.generation, () =>
    Promise.all(
      holders.map(async (engine) => {
        await engine.api.json({ method: 'DELETE', path: engine.path(`/volumes/${name}`) })
        await engine.refresh()
      }),
    ),
  )
  return empty(204)
}
