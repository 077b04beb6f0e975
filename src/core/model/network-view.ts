/** A network as one engine sees it from the inside: whom it gossips with, and its table of names. */
export interface NetworkView {
  readonly id: string
  readonly name: string
  /** Empty on a manager that could not give the network its addresses. */
  readonly driver: string
  /** CIDR texts; none where the network has no addresses to give. */
  readonly subnets: readonly string[]
  /** Addresses of the hosts that the engine shares names with, its own among them; none where it does not say. */
  readonly peers: readonly string[]
  /** The same with the names by which the engine's log calls them. */
  readonly namedPeers?: readonly { readonly name: string; readonly address: string }[]
  /** What the engine's name server knows of containers on the network. Empty before Docker 17.04. */
  readonly names: readonly NameEntry[]
  /** The endpoints of the engine's own containers on the network, by their IDs; absent where it does not say. */
  readonly endpoints?: readonly string[]
  /** Services on the network, with their virtual address where they have one. */
  readonly services: readonly { readonly name: string; readonly virtualAddress?: string }[]
}

/** One line of an engine's table of names. */
export interface NameEntry {
  /** The service whose task it is; empty for a container on its own. */
  readonly service: string
  readonly name: string
  readonly address: string
  /** The host that the container is on, by the address that hosts know each other by. */
  readonly hostAddress: string
  /** The endpoint that it is about; absent where the engine does not say. */
  readonly endpointId?: string
}
