/** Something about a host that a person should know before it hurts, found without testing anything. */
export interface HostFinding {
  /** The rule's id: stable, kebab-case, part of the JSON interface. */
  readonly cause: string
  /** One sentence, without the host's name. */
  readonly title: string
  /** `error`: something does not work; `warning`: it soon will not, or is not as it seems. */
  readonly severity: 'error' | 'warning'
  /** What was seen, one sentence each. */
  readonly evidence: readonly string[]
  /** What to do next, one or two sentences. */
  readonly remedy: string
  /** The same as command lines for a person at the host, as root, in their order; absent where words have to do. */
  readonly byHand?: readonly string[]
  /** What a person does on this machine, as themselves. */
  readonly byHandHere?: readonly string[]
}
