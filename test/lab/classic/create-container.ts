import { randomBytes } from 'node:crypto'
import { Refusal, text } from './answer'
import { namesOf, type Cluster } from './cluster'
import { EngineRefusal } from './engine-api'
import type { ManagedEngine, Raw } from './managed-engine'
import { asManager } from './refusals'
import { NoNode, schedule, type Placement } from './scheduler'

/** The body of `POST /containers/create`. */
export interface ContainerConfig extends Raw {
  readonly Image: string
  readonly Env?: readonly string[] | null
  readonly Labels?: Readonly<Record<string, string>> | null
  readonly HostConfig?: Raw & { readonly NetworkMode?: string }
}

/**
 * Chooses a node as a manager does and makes the container there. What its environment says of placement is taken out of
 * it and kept in labels. @throws Refusal
 */
export async function createContainer(
  cluster: Cluster,
  name: string,
  config: ContainerConfig,
): Promise<{ readonly engine: ManagedEngine; readonly id: string }> {
  const placement = placementOf(cluster, config)
  const body = { ...config, ...withoutPlacement(config, placement), HostConfig: hostConfigOf(cluster, config) }
  const candidates = cluster.healthy.map((engine) => ({ engine, ...candidateOf(cluster, engine) }))
  const isNew = cluster.generation.version === '1.2.9'
  const choose = (affinities: readonly string[]): ManagedEngine => {
    try {
      return schedule(candidates, { ...placement, affinities: [...placement.affinities, ...affinities] }, isNew).engine
    } catch (error) {
      if (error instanceof NoNode) throw new Refusal(text(error.message, 500))
      throw error
    }
  }
  const engine = choose([])
  try {
    return await make(engine, name, body)
  } catch (error) {
    if (!isNoImage(error)) return asManager(cluster.generation, () => Promise.reject(error as Error))
    // Where a node has the image, the container goes there; else the chosen one pulls it.
    const hasNode = placement.constraints.some((each) => each.startsWith('node=='))
    const isSomewhere = !hasNode && candidates.some(({ images }) => images.includes(config.Image))
    const other = isSomewhere ? choose([`image==~${config.Image}`]) : engine
    return asManager(cluster.generation, async () => {
      if (!isSomewhere) await pull(engine, config.Image)
      return make(other, name, body)
    })
  }
}

async function make(engine: ManagedEngine, name: string, body: object) {
  const path = engine.path(`/containers/create${name === '' ? '' : `?name=${encodeURIComponent(name)}`}`)
  const { Id: id } = await engine.api.json<{ readonly Id: string }>({ method: 'POST', path, body })
  return { engine, id }
}

async function pull(engine: ManagedEngine, image: string): Promise<void> {
  const path = engine.path(
    `/images/create?fromImage=${encodeURIComponent(image.includes(':') ? image : `${image}:latest`)}`,
  )
  const answer = await engine.api.ask({ method: 'POST', path })
  if (answer.status >= 300) throw new EngineRefusal(answer)
  const failure = /"error":"((?:[^"\\]|\\.)*)"/.exec(answer.body.toString())?.[1]
  if (failure !== undefined) throw new EngineRefusal({ ...answer, status: 500, body: Buffer.from(failure) })
}

const isNoImage = (error: unknown): boolean => error instanceof EngineRefusal && /no such image/i.test(error.message)

const entryOf = (kind: string, entry: string): string | undefined => new RegExp(`^${kind}:(.*)$`, 's').exec(entry)?.[1]

function placementOf(cluster: Cluster, { Env, HostConfig }: ContainerConfig): Placement {
  const said = (kind: string) => (Env ?? []).flatMap((entry) => entryOf(kind, entry) ?? [])
  const mode = HostConfig?.NetworkMode ?? ''
  const shared = /^container:(.+)$/.exec(mode)?.[1]
  const local = cluster.network(mode)
  const pinned = local?.network.Scope === 'local' ? [`node==${local.engines[0].name}`] : []
  return {
    constraints: [...said('constraint'), ...pinned],
    affinities: said('affinity'),
    dependencies: shared === undefined ? [] : [shared],
  }
}

/** A network of one engine is called there without the engine's name. */
function hostConfigOf(cluster: Cluster, { HostConfig }: ContainerConfig): Raw {
  const local = cluster.network(HostConfig?.NetworkMode ?? '')?.network
  return { ...HostConfig, ...(local?.Scope === 'local' && { NetworkMode: local.Name }) }
}

function withoutPlacement({ Env, Labels }: ContainerConfig, { constraints, affinities }: Placement) {
  const left = (Env ?? []).filter((entry) =>
    ['constraint', 'affinity'].every((kind) => entryOf(kind, entry) === undefined),
  )
  const list = (values: readonly string[], label: string) =>
    values.length === 0 ? {} : { [`com.docker.swarm.${label}`]: JSON.stringify(values) }
  return {
    Env: left,
    Labels: {
      ...Labels,
      ...list(constraints, 'constraints'),
      ...list(affinities, 'affinities'),
      'com.docker.swarm.id': randomBytes(32).toString('hex'),
    },
  }
}

function candidateOf({ generation }: Cluster, engine: ManagedEngine) {
  const tags = engine.images.flatMap(({ RepoTags, Id }) => [
    ...((RepoTags as readonly string[] | null) ?? []),
    String(Id),
  ])
  return {
    name: engine.name,
    labels: engine.labels(generation.version !== '1.2.9'),
    containers: engine.containers.flatMap((container) => [container.Id, ...namesOf(container)]),
    images: [...tags, ...tags.map((tag) => tag.replace(/:latest$/, ''))],
  }
}
