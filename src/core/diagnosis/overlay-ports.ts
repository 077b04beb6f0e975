import type { FleetNetwork } from '../model/network'

/**
 * What an overlay network needs between all its hosts: in a swarm by Docker's documentation ("Use overlay networks"), with
 * a key-value store the same without the managers' port (libnetwork's overlay driver).
 */
export interface OverlayPort {
  readonly protocol: 'tcp' | 'udp' | 'esp'
  /** Absent for ESP, which is an IP protocol (50) and has no ports. */
  readonly port?: number
  readonly purpose: string
  /** Only needed towards managers. */
  readonly managersOnly: boolean
}

export interface OverlayPortOptions {
  /** `global` where a key-value store holds the network. */
  readonly scope: FleetNetwork['scope']
  readonly isEncrypted: boolean
  /** UDP; another than 4789 where the swarm was made with `--data-path-port`. */
  readonly dataPathPort?: number
}

export const defaultDataPathPort = 4789

/** What the port is for that tells it from the others. */
export const dataPathPurpose = 'the containers’ traffic (VXLAN)'

export function overlayPorts({
  scope,
  isEncrypted,
  dataPathPort = defaultDataPathPort,
}: OverlayPortOptions): readonly OverlayPort[] {
  return [
    ...(scope === 'global'
      ? []
      : [{ protocol: 'tcp', port: 2377, purpose: 'cluster management', managersOnly: true } as const]),
    { protocol: 'tcp', port: 7946, purpose: 'node discovery', managersOnly: false },
    { protocol: 'udp', port: 7946, purpose: 'node discovery', managersOnly: false },
    { protocol: 'udp', port: dataPathPort, purpose: dataPathPurpose, managersOnly: false },
    ...(isEncrypted
      ? [{ protocol: 'esp', purpose: 'the encrypted traffic (IP protocol 50)', managersOnly: false } as const]
      : []),
  ]
}

/** For instance: 2377/tcp to managers, 7946/tcp and 7946/udp, 4789/udp (or the swarm's data path port). */
export function overlayPortsInWords({ scope, isEncrypted, dataPathPort }: OverlayPortOptions): string {
  const data =
    dataPathPort === undefined
      ? `${defaultDataPathPort}/udp (or the swarm's own data path port)`
      : `${dataPathPort}/udp`
  if (scope === 'global')
    return `7946/tcp, 7946/udp, ${defaultDataPathPort}/udp, and to the key-value store its own port`
  const esp = isEncrypted ? ' and, because this network is encrypted, IP protocol 50 (ESP)' : ''
  return `2377/tcp to managers, 7946/tcp, 7946/udp, ${data}${esp}`
}
