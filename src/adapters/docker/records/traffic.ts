import * as v from 'valibot'
import type { InterfaceTraffic } from '../../../core/model/traffic'
import { count, parseAnswer } from './schema'

const schema = v.object({
  networks: v.fallback(
    v.record(v.string(), v.object({ rx_packets: count, rx_bytes: count, tx_packets: count, tx_bytes: count })),
    {},
  ),
})

/** The networks of `GET /containers/ID/stats`. A container without a network of its own has none. */
export function parseTraffic(answer: unknown): readonly InterfaceTraffic[] {
  const { networks } = parseAnswer(schema, answer, 'GET /containers/ID/stats')
  return Object.entries(networks).map(([name, counters]) => ({
    name,
    receivedPackets: counters.rx_packets,
    receivedBytes: counters.rx_bytes,
    sentPackets: counters.tx_packets,
    sentBytes: counters.tx_bytes,
  }))
}
