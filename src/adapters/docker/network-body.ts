import type { NetworkEndpoint, NetworkSpec } from '../../core/ports/engine'
import { defined } from './records/schema'

/** The body of `POST /networks/create` for an overlay network. */
export function networkBody(spec: NetworkSpec): object {
  return defined({
    Name: spec.name,
    // Without it engines before API 1.44 make a second network of the same name.
    CheckDuplicate: true,
    Driver: 'overlay',
    Attachable: spec.isAttachable,
    Internal: spec.isInternal,
    EnableIPv6: spec.subnets.some(({ subnet }) => subnet.includes(':')),
    IPAM: { Driver: 'default', Config: spec.subnets.map(({ subnet, gateway }) => ipamConfig(subnet, gateway)) },
    Options: options(spec),
    Labels: spec.labels,
  })
}

/** The body of `POST /networks/NETWORK/connect`. */
export function endpointBody({ containerId, aliases, address }: NetworkEndpoint): object {
  return {
    Container: containerId,
    EndpointConfig: defined({
      Aliases: aliases,
      IPAMConfig: address === undefined ? undefined : { IPv4Address: address },
    }),
  }
}

function ipamConfig(subnet: string, gateway: string | undefined): object {
  return defined({ Subnet: subnet, Gateway: gateway })
}

/** Options of the overlay driver (moby, libnetwork/drivers/overlay and netlabel). */
function options({ isEncrypted, mtu }: NetworkSpec): Readonly<Record<string, string>> {
  return {
    // The driver asks whether the option is there.
    ...(isEncrypted && { encrypted: '' }),
    ...(mtu !== undefined && { 'com.docker.network.driver.mtu': String(mtu) }),
  }
}
