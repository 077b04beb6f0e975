import * as v from 'valibot'
import type { ContainerPort } from '../../../core/model/container'
import { defined, optionalText } from './schema'

export const portRecord = v.object({
  IP: optionalText,
  PrivatePort: v.number(),
  PublicPort: v.fallback(v.optional(v.number()), undefined),
  Type: v.fallback(v.picklist(['tcp', 'udp', 'sctp']), 'tcp'),
})

/** The addresses that mean "all of the host's". */
const anyAddress = ['0.0.0.0', '::']

/** The ports of a container, each once: engines list a published port for IPv4 and again for IPv6. */
export function containerPorts(records: readonly v.InferOutput<typeof portRecord>[]): readonly ContainerPort[] {
  const ports = new Map<string, ContainerPort>()
  for (const { IP, PrivatePort, PublicPort, Type } of records) {
    const address = IP !== undefined && anyAddress.includes(IP) ? '0.0.0.0' : IP
    const port = defined({ privatePort: PrivatePort, protocol: Type, publicPort: PublicPort, hostAddress: address })
    ports.set([PrivatePort, Type, PublicPort, address].join('|'), port)
  }
  return [...ports.values()].sort((a, b) => a.privatePort - b.privatePort || (a.publicPort ?? 0) - (b.publicPort ?? 0))
}
