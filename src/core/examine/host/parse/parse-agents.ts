import { array, boolean, nullish, object, optional, safeParse, string, type InferOutput } from 'valibot'
import { singleLine } from '../../../text/single-line'
import type { SwarmAgentContainer } from '../host-facts'
import { baseName } from './parse-units'
import { linesOf, sectionsOf, type Section } from './sections'

/** Containers called as classic Swarm's are, from the engine, or from its folders where it does not answer. */
export function parseAgents(sections: readonly Section[]): readonly SwarmAgentContainer[] {
  return [...linesOf(sections, 'agents').flatMap(fromEngine), ...fromFiles(sections)]
}

/** Seven JSON values with tabs between them. */
function fromEngine(line: string): readonly SwarmAgentContainer[] {
  const [id, name, image, path, words, state, policy] = line.split('\t').map(readJson)
  if (![id, name, image, state].every((value) => typeof value === 'string')) return []
  return [
    agentOf({
      ...{ id: String(id), name: String(name), image: String(image), state: String(state), source: 'engine' },
      restartPolicy: typeof policy === 'string' ? policy : '',
      command: [path, ...(Array.isArray(words) ? (words as unknown[]) : [])].filter((word) => typeof word === 'string'),
    }),
  ]
}

/** What is read of `config.v2.json`, and of `config.json` up to engine 1.9 (moby, container/container.go). */
const configSchema = object({
  ID: string(),
  Name: string(),
  Path: optional(string(), ''),
  Args: nullish(array(string()), []),
  Config: object({ Image: string() }),
  State: object({
    Running: optional(boolean(), false),
    Paused: optional(boolean(), false),
    Restarting: optional(boolean(), false),
    Dead: optional(boolean(), false),
    StartedAt: optional(string(), ''),
  }),
})
const policySchema = object({ RestartPolicy: object({ Name: string() }) })

function fromFiles(sections: readonly Section[]): readonly SwarmAgentContainer[] {
  const policies = new Map(
    sectionsOf(sections, 'agent-host').map((section) => [folderOf(section.about), policyOf(section.text)]),
  )
  return sectionsOf(sections, 'agent-file').flatMap((section) => {
    const parsed = safeParse(configSchema, readJson(section.text))
    if (!parsed.success) return []
    const { ID, Name, Path, Args, Config, State } = parsed.output
    return [
      agentOf({
        ...{ id: ID, name: Name, image: Config.Image, state: stateOf(State), source: 'files' },
        restartPolicy: policies.get(folderOf(section.about)) ?? '',
        command: [Path, ...Args],
      }),
    ]
  })
}

function policyOf(text: string): string {
  const parsed = safeParse(policySchema, readJson(text))
  return parsed.success ? parsed.output.RestartPolicy.Name : ''
}

/** As it was when the engine wrote it down; what was running then is not any more. */
function stateOf({ Running, Paused, Restarting, Dead, StartedAt }: InferOutput<typeof configSchema>['State']): string {
  if (Dead) return 'dead'
  if (Restarting) return 'restarting'
  if (Running) return Paused ? 'paused' : 'running'
  return StartedAt.startsWith('0001-') ? 'created' : 'exited'
}

function agentOf(found: Omit<SwarmAgentContainer, 'isSwarms'>): SwarmAgentContainer {
  const name = found.name.replace(/^\//, '')
  const command = found.command.filter((word) => word !== '').map((word) => singleLine(word))
  return { ...found, name: singleLine(name), image: singleLine(found.image), command, isSwarms: isSwarms(found) }
}

/** Swarm's own image, by whatever registry, with one of its two commands; its entrypoint is `/swarm`. */
function isSwarms({ image, command }: Pick<SwarmAgentContainer, 'image' | 'command'>): boolean {
  const repository = baseName(image.replace(/@.*$/, '')).replace(/:.*$/, '')
  const [first] = command.filter((word) => word !== '' && !/^\/?swarm$/.test(word))
  return repository === 'swarm' && (first === 'join' || first === 'manage')
}

function folderOf(about: string): string {
  const path = about.split(' ').slice(2).join(' ')
  return path.slice(0, path.lastIndexOf('/'))
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
