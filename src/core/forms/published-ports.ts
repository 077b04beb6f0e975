import type { Container } from '../model/container'
import type { PublishedPort } from '../ports/engine'
import { isAddress } from './cidr'
import { invalid, valid, type Parsed } from './parsed'

/** `[ADDRESS:][HOST_PORT:]CONTAINER_PORT[/PROTOCOL]`, an IPv6 address in brackets, as `docker run --publish` takes it. */
const syntax = /^(?:(?:(\[[^\]]*\]|[^:[\]]+):)?(\d*):)?(\d+)(?:\/(\w+))?$/

/** Reads a list of ports to publish, separated by blanks or commas; blank publishes none. */
export function parsePublishedPorts(text: string): Parsed<readonly PublishedPort[]> {
  const ports: PublishedPort[] = []
  for (const entry of text.split(/[\s,]+/).filter((part) => part !== '')) {
    const parsed = parsePort(entry)
    if (!parsed.isValid) return parsed
    const twin = ports.find((port) => isSamePlace(port, parsed.value))
    if (twin !== undefined) return invalid(`The host’s port ${formatPlace(parsed.value)} is given twice.`)
    ports.push(parsed.value)
  }
  return valid(ports)
}

/** Ports that a running container of the host publishes already; one sentence for the first. */
export function findPortConflict(
  ports: readonly PublishedPort[],
  containers: readonly Container[],
  host: string,
): string | undefined {
  for (const port of ports)
    for (const container of containers)
      for (const { publicPort, protocol, hostAddress } of container.ports) {
        if (publicPort === undefined || protocol === 'sctp') continue
        const taken = {
          containerPort: 0,
          protocol,
          hostPort: publicPort,
          ...(hostAddress !== undefined && { hostAddress }),
        }
        if (isSamePlace(port, taken))
          return `The port ${formatPlace(port)} of ${host} is taken by the container "${container.name}".`
      }
  return undefined
}

function parsePort(entry: string): Parsed<PublishedPort> {
  if (/\d-\d/.test(entry)) return invalid(`"${entry}": ranges are not supported; give each port by itself.`)
  const match = syntax.exec(entry)
  if (match === null) return invalid(`"${entry}" is not a port: write 8080:80, 8080:80/udp or 127.0.0.1:8080:80.`)
  const [, address, hostPort, containerPort = '', protocol = 'tcp'] = match
  if (protocol !== 'tcp' && protocol !== 'udp') return invalid(`"${protocol}" is neither tcp nor udp.`)
  const wrong = [hostPort, containerPort].find((port) => port !== undefined && port !== '' && !isPort(port))
  if (wrong !== undefined) return invalid(`${wrong} is not a port: 1 to 65535.`)
  const hostAddress = address?.replace(/^\[|\]$/g, '')
  if (hostAddress !== undefined && !isAddress(hostAddress)) return invalid(`"${hostAddress}" is not an IP address.`)
  return valid({
    containerPort: Number(containerPort),
    protocol,
    ...(hostPort !== undefined && hostPort !== '' && { hostPort: Number(hostPort) }),
    ...(hostAddress !== undefined && { hostAddress }),
  })
}

function isPort(text: string): boolean {
  return Number(text) >= 1 && Number(text) <= 65_535
}

function isSamePlace(a: PublishedPort, b: PublishedPort): boolean {
  if (a.hostPort === undefined || a.hostPort !== b.hostPort || a.protocol !== b.protocol) return false
  return isAny(a.hostAddress) || isAny(b.hostAddress) || a.hostAddress === b.hostAddress
}

function isAny(address: string | undefined): boolean {
  return address === undefined || address === '' || address === '0.0.0.0' || address === '::'
}

function formatPlace({ hostAddress, hostPort, protocol }: PublishedPort): string {
  return `${hostAddress === undefined ? '' : `${hostAddress}:`}${String(hostPort)}/${protocol}`
}
