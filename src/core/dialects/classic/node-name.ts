/** What a manager calls something that belongs to one engine, for instance `kaditz/bridge`. */
export interface NodeName {
  /** Absent where the name is the cluster's. */
  readonly node?: string
  readonly name: string
}

/** Splits `node/name`; neither a host name nor the name of a network or container has a slash in it. */
export function splitNodeName(text: string): NodeName {
  const slash = text.indexOf('/')
  return slash <= 0 ? { name: text } : { node: text.slice(0, slash), name: text.slice(slash + 1) }
}

/**
 * Splits a container's names, `/kaditz/web`; those with one slash more (`/kaditz/db/alias`) are other containers' links
 * to it.
 */
export function splitContainerNames(names: readonly string[]): NodeName | undefined {
  const split = names.map((name) => splitNodeName(name.replace(/^\//, '')))
  return split.find(({ name }) => !name.includes('/')) ?? split[0]
}
