import * as v from 'valibot'
import type { Service, ServiceMode, ServiceNetwork } from '../../../core/model/service'
import { momentOf } from './moment'
import { count, defined, lenientListOf, listOf, parseAnswer, text, texts } from './schema'
import { withoutPrefix } from './without-prefix'

/** Of a mode only its presence and its number count. */
const mode = v.fallback(
  v.nullish(v.object({ Replicas: optionalCount(), TotalCompletions: optionalCount() })),
  undefined,
)

const port = v.object({
  TargetPort: count,
  PublishedPort: count,
  Protocol: v.fallback(v.picklist(['tcp', 'udp', 'sctp']), 'tcp'),
  PublishMode: v.fallback(v.picklist(['ingress', 'host']), 'ingress'),
})

const network = v.object({ Target: v.string(), Aliases: texts })
const virtualAddress = v.object({ NetworkID: v.string(), Addr: text })

const entry = v.object({
  ID: v.string(),
  CreatedAt: text,
  UpdatedAt: text,
  Spec: v.object({
    Name: text,
    Mode: v.fallback(v.object({ Replicated: mode, Global: mode, ReplicatedJob: mode, GlobalJob: mode }), {
      Replicated: undefined,
      Global: undefined,
      ReplicatedJob: undefined,
      GlobalJob: undefined,
    }),
    TaskTemplate: v.fallback(v.object({ ContainerSpec: v.object({ Image: text }), Networks: lenientListOf(network) }), {
      ContainerSpec: { Image: '' },
      Networks: [],
    }),
    // Before Docker 1.13.
    Networks: lenientListOf(network),
    EndpointSpec: v.fallback(v.object({ Mode: text }), { Mode: '' }),
  }),
  Endpoint: v.fallback(v.object({ Ports: lenientListOf(port), VirtualIPs: lenientListOf(virtualAddress) }), {
    Ports: [],
    VirtualIPs: [],
  }),
  UpdateStatus: v.fallback(v.nullish(v.object({ State: text, Message: text })), undefined),
})

type Entry = v.InferOutput<typeof entry>

/** `GET /services` of a manager. */
export function parseServices(answer: unknown): readonly Service[] {
  return parseAnswer(listOf(entry), answer, 'GET /services').map(toService)
}

function toService({ ID, CreatedAt, UpdatedAt, Spec, Endpoint, UpdateStatus }: Entry): Service {
  const createdAt = momentOf(CreatedAt) ?? 0
  return defined({
    id: ID,
    name: Spec.Name === '' ? ID.slice(0, 12) : Spec.Name,
    ...modeOf(Spec.Mode),
    image: Spec.TaskTemplate.ContainerSpec.Image.replace(/@sha256:[0-9a-f]+$/, ''),
    ports: Endpoint.Ports.filter(({ TargetPort }) => TargetPort > 0).map((record) =>
      defined({
        targetPort: record.TargetPort,
        protocol: record.Protocol,
        publishedPort: record.PublishedPort > 0 ? record.PublishedPort : undefined,
        publishMode: record.PublishMode,
      }),
    ),
    endpointMode: endpointModeOf(Spec.EndpointSpec.Mode),
    networks: networksOf({ Spec, Endpoint }),
    createdAt,
    updatedAt: momentOf(UpdatedAt) ?? createdAt,
    update: updateOf(UpdateStatus),
  })
}

/** A manager says nothing of it where nobody chose one. */
function endpointModeOf(mode: string): 'vip' | 'dnsrr' {
  return mode === 'dnsrr' ? 'dnsrr' : 'vip'
}

/** A virtual address is there for published ports, too: on the network that the swarm itself uses. */
function networksOf({ Spec, Endpoint }: Pick<Entry, 'Spec' | 'Endpoint'>): readonly ServiceNetwork[] | undefined {
  const wanted = [...Spec.TaskTemplate.Networks, ...Spec.Networks]
  const ids = new Set([...wanted.map(({ Target }) => Target), ...Endpoint.VirtualIPs.map(({ NetworkID }) => NetworkID)])
  if (ids.size === 0) return undefined
  return [...ids].map((networkId) => {
    const address = withoutPrefix(Endpoint.VirtualIPs.find(({ NetworkID }) => NetworkID === networkId)?.Addr ?? '')
    const aliases = wanted.filter(({ Target }) => Target === networkId).flatMap(({ Aliases }) => Aliases)
    return defined({ networkId, virtualAddress: address === '' ? undefined : address, aliases: [...new Set(aliases)] })
  })
}

function modeOf(record: Entry['Spec']['Mode']): { readonly mode: ServiceMode; readonly replicas?: number } {
  const { Replicated, Global, ReplicatedJob, GlobalJob } = record
  if (Global) return { mode: 'global' }
  if (GlobalJob) return { mode: 'global-job' }
  if (ReplicatedJob) return { mode: 'replicated-job', replicas: ReplicatedJob.TotalCompletions ?? 1 }
  return { mode: 'replicated', replicas: Replicated?.Replicas ?? 1 }
}

/** Stays after the end of an update, as `completed`, until the next one. */
function updateOf(record: Entry['UpdateStatus']): Service['update'] {
  if (!record || record.State === '' || record.State.endsWith('completed')) return undefined
  return { state: record.State, message: record.Message }
}

function optionalCount() {
  return v.fallback(v.optional(v.number()), undefined)
}
