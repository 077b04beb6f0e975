/** A host's own network, as far as an overlay network depends on it. */
export interface HostLinks {
  readonly hostId: string
  readonly host: string
  /** The address by which the other hosts know it; empty where nobody says. */
  readonly address: string
  /** IPv4 only, as overlay networks are. */
  readonly routes: readonly HostRoute[]
  readonly cards: readonly HostCard[]
}

export interface HostRoute {
  readonly card: string
  /** CIDR text; `0.0.0.0/0` is the way out. */
  readonly subnet: string
}

export interface HostCard {
  readonly name: string
  /** Bytes. */
  readonly mtu: number
}

/** What was looked at, and what was not. */
export interface LinksReading {
  readonly hosts: readonly HostLinks[]
  /** A sentence's end each, without a full stop. */
  readonly notLooked: readonly { readonly host: string; readonly reason: string }[]
}

export const nothingLooked: LinksReading = { hosts: [], notLooked: [] }
