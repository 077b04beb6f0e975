import * as v from 'valibot'
import { splitContainerNames } from '../../../core/dialects/classic/node-name'
import type { Attachment, Container } from '../../../core/model/container'
import { attachments, networkSettings } from './attachments'
import { parseContainers } from './container'
import { listOf, parseAnswer, texts } from './schema'

const entry = v.object({ Id: v.string(), Names: texts, NetworkSettings: v.optional(v.unknown()) })
const inspected = v.object({ NetworkSettings: networkSettings })

export interface ClassicContainerList {
  readonly containers: readonly Container[]
  /** Whether it names the containers' networks: 1.0 does not. */
  readonly hasNetworks: boolean
}

/** `GET /containers/json` of a classic Swarm manager: names carry the node's. */
export function parseClassicContainers(answer: unknown): ClassicContainerList {
  const records = parseAnswer(listOf(entry), answer, 'GET /containers/json')
  const names = new Map(records.map(({ Id, Names }) => [Id, splitContainerNames(Names)]))
  return {
    containers: parseContainers(answer).map((container) => ({ ...container, ...names.get(container.id) })),
    hasNetworks: records.every(({ NetworkSettings }) => NetworkSettings !== undefined),
  }
}

/** The networks of a container, from `GET /containers/ID/json`. */
export function parseInspectedAttachments(answer: unknown, isRunning: boolean): readonly Attachment[] {
  return attachments(parseAnswer(inspected, answer, 'GET /containers/ID/json').NetworkSettings, isRunning)
}
