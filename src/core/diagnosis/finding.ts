/** What can be offered for a finding. Each id is a command that works wherever it is offered. */
export interface Fix {
  /** Stable, kebab-case. */
  readonly id:
    | 'start-target'
    | 'show-firewall-commands'
    | 'show-logs'
    | 'examine-ports'
    | 'reconnect-containers'
    | 'connect-containers'
    | 'recreate-network'
    | 'open-ports'
    | 'limit-ports'
    | 'restart-engine'
    | 'disable-checksum-offload'
    | 'remove-stale-vxlan'
    | 'activate-node'
  readonly title: string
  /** The containers or hosts the fix acts on, by id. */
  readonly containerIds: readonly string[]
  readonly hostIds: readonly string[]
}

/** A cause, and what it was concluded from. */
export interface Finding {
  /** The rule's id: stable, kebab-case, part of the JSON interface. */
  readonly cause: string
  /** One sentence. */
  readonly title: string
  /** 0 … 100: how sure the rule is. */
  readonly confidence: number
  /** Host names, as `Host.name`. The culprit first where there is one. */
  readonly hosts: readonly string[]
  /** Container names. */
  readonly containers: readonly string[]
  /** What was asked and what came back, one sentence each. */
  readonly evidence: readonly string[]
  /** What to do about it, for a person; one or two sentences. */
  readonly remedy: string
  readonly fixes: readonly Fix[]
  /** What else it could be, and how to tell; one sentence each. */
  readonly alternatives?: readonly string[]
  /** The pairs whose failures it explains, by their containers' IDs; absent where it is not about pairs. */
  readonly pairs?: readonly { readonly from: string; readonly to: string }[]
  /** The names besides those of containers whose failures it explains, by the asking container's ID; absent where there are none. */
  readonly names?: readonly { readonly from: string; readonly name: string }[]
}
