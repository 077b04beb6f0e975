import type { SwarmAgentContainer } from './host-facts'

/** A directive that the engine got twice, which it refuses even where both say the same. */
export interface DirectiveConflict {
  /** As daemon.json calls it, for instance `hosts`. */
  readonly directive: string
  /** The flag’s long name, for instance `host`. */
  readonly flag: string
  readonly flagValues: readonly string[]
  /** The file that the flag stands in; absent where only the engine’s log tells of it. */
  readonly flagFile?: string
  /** Its value in daemon.json, as JSON. */
  readonly fileValue: string
}

export interface SwarmAgentLeftover extends SwarmAgentContainer {
  readonly name: 'swarm-agent' | 'swarm-agent-master'
}
