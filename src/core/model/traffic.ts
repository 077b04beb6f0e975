/** What went through one interface of a container since it was made. */
export interface InterfaceTraffic {
  /** Inside the container, for instance `eth0`. */
  readonly name: string
  readonly receivedPackets: number
  readonly receivedBytes: number
  readonly sentPackets: number
  readonly sentBytes: number
}
