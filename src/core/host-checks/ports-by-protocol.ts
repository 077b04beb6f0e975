/** The ports of an overlay network, as packet filters are searched for them. */
export interface PortsByProtocol {
  readonly tcp: readonly number[]
  readonly udp: readonly number[]
}
