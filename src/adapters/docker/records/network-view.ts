import * as v from 'valibot'
import type { NetworkView } from '../../../core/model/network-view'
import { defined, lenientListOf, optionalText, parseAnswer, text } from './schema'

const task = v.object({
  Name: text,
  EndpointID: optionalText,
  EndpointIP: text,
  Info: v.fallback(v.record(v.string(), text), {}),
})
const service = v.object({ VIP: optionalText, Tasks: lenientListOf(task) })

const schema = v.object({
  Id: v.string(),
  Name: text,
  Driver: text,
  IPAM: v.fallback(v.object({ Config: lenientListOf(v.object({ Subnet: text })) }), { Config: [] }),
  Peers: lenientListOf(v.object({ Name: text, IP: text })),
  Services: v.fallback(v.record(v.string(), service), {}),
  Containers: v.fallback(v.record(v.string(), v.object({ EndpointID: text })), {}),
})

/** `GET /networks/ID?verbose=true`. Go writes a missing address as `<nil>`. */
export function parseNetworkView(answer: unknown): NetworkView {
  const { Id, Name, Driver, IPAM, Peers, Services, Containers } = parseAnswer(schema, answer, 'GET /networks/ID')
  const services = Object.entries(Services)
  return {
    id: Id,
    name: Name,
    driver: Driver,
    subnets: IPAM.Config.map(({ Subnet }) => Subnet).filter((subnet) => subnet !== ''),
    peers: Peers.map(({ IP }) => IP).filter((address) => address !== ''),
    namedPeers: Peers.filter((peer) => peer.Name !== '').map((peer) => ({ name: peer.Name, address: peer.IP })),
    names: services.flatMap(([name, { Tasks }]) =>
      Tasks.map((entry) =>
        defined({
          service: name,
          name: entry.Name,
          address: entry.EndpointIP,
          hostAddress: entry.Info['Host IP'] ?? '',
          endpointId: entry.EndpointID,
        }),
      ),
    ),
    endpoints: Object.values(Containers)
      .map(({ EndpointID }) => EndpointID)
      .filter((id) => id !== ''),
    services: services
      .filter(([name]) => name !== '')
      .map(([name, { VIP }]) => defined({ name, virtualAddress: VIP === '<nil>' ? undefined : VIP })),
  }
}
