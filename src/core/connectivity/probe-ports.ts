import type { ContainerPort } from '../model/container'
import type { Peer } from './types'

/** An image may expose a range of thousands; what is tested of one target is bounded. */
export const maxPorts = 16

/**
 * TCP ports whose services do not speak plain HTTP, by IANA's registry and the services' own defaults: a request there
 * tells nothing and leaves an error in the service's log.
 */
const otherProtocols: ReadonlySet<number> = new Set([
  ...[7, 9, 13, 19, 21, 22, 23, 25, 53, 88, 110, 111, 113, 119, 135, 139, 143, 179, 389, 443, 445, 465, 513, 514, 515],
  ...[543, 544, 548, 554, 563, 587, 631, 636, 646, 853, 873, 990, 993, 995],
  ...[1433, 1521, 1723, 1883, 2049, 2181, 2376, 2377, 3306, 3389, 4222, 4369, 5060, 5222, 5432, 5671, 5672, 5900],
  ...[6000, 6379, 6432, 6443, 7000, 7001, 7687, 7946, 8443, 8883, 9042, 9092, 9142, 9300, 10250],
  ...[11211, 26257, 26379, 27017, 27018, 27019, 33060, 50000, 50051, 61613, 61616],
])

/** The exposed TCP ports in ascending order, each once: the engine lists a published port for IPv4 and for IPv6. */
export function exposedTcpPorts(ports: readonly ContainerPort[]): readonly number[] {
  const tcp = ports.filter(({ protocol }) => protocol === 'tcp').map(({ privatePort }) => privatePort)
  return [...new Set(tcp)].sort((a, b) => a - b)
}

/** The TCP ports of a peer that a test is about: those that somebody wants to know of, or all that it exposes. */
export function portsToAsk({ wanted, ports }: Pick<Peer, 'wanted' | 'ports'>): readonly number[] {
  return wanted?.ports ?? exposedTcpPorts(ports)
}

/** Whether an HTTP request to this port makes sense. */
export function maySpeakHttp(port: number): boolean {
  return !otherProtocols.has(port)
}
