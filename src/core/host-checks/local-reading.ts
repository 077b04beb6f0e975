import type { Check } from '../connectivity/types'

/** What was seen from a host's own network, outside of any container. */
export interface LocalReading {
  /** TCP to other hosts. */
  readonly dials: readonly Dial[]
  /** Pings to other hosts. */
  readonly pings: readonly HostPing[]
  /** UDP ports that something on the host receives at, of those that were looked for. */
  readonly udpPorts: readonly number[]
  readonly links: readonly HostLink[]
  readonly routes: readonly HostRoute[]
}

export interface Dial {
  readonly address: string
  readonly port: number
  readonly check: Check
}

export interface HostPing {
  readonly address: string
  readonly check: Check
  /** Of a packet of 1500 bytes, where a small one came back. */
  readonly large?: Check
}

/** A network card. */
export interface HostLink {
  readonly name: string
  /** Bytes. */
  readonly mtu: number
  /** For instance `vmxnet3`; absent for what is no hardware. */
  readonly driver?: string
}

export interface HostRoute {
  readonly link: string
  /** CIDR text; `0.0.0.0/0` is the way out. */
  readonly subnet: string
}
