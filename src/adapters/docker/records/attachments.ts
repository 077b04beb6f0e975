import * as v from 'valibot'
import type { Attachment } from '../../../core/model/container'
import { defined, optionalText, text, texts } from './schema'

const endpoint = v.object({
  NetworkID: text,
  IPAddress: optionalText,
  GlobalIPv6Address: optionalText,
  Aliases: texts,
})

/** `NetworkSettings` of a listed container; absent before Docker 1.10. */
export const networkSettings = v.fallback(
  v.object({ Networks: v.fallback(v.record(v.string(), v.fallback(v.optional(endpoint), undefined)), {}) }),
  { Networks: {} },
)

/** What an engine uses as the ID of a network: its own are 64 hex digits, a swarm's 25 digits and letters. */
const networkId = /^(?:[0-9a-f]{64}|[0-9a-z]{25})$/

/**
 * The networks a container is on. Until its first start the engine repeats what the creation named and knows no
 * `NetworkID`: then the key is the ID where the container was created with one, or else only the name is known.
 *
 * @param isRunning whether the addresses are its own: those of a stopped container are free for others.
 */
export function attachments(
  { Networks }: v.InferOutput<typeof networkSettings>,
  isRunning: boolean,
): readonly Attachment[] {
  return Object.entries(Networks).map(([name, record]) => {
    const fromKey = networkId.test(name) ? name : ''
    return defined({
      networkId: record === undefined || record.NetworkID === '' ? fromKey : record.NetworkID,
      networkName: name,
      address: isRunning ? record?.IPAddress : undefined,
      addressV6: isRunning ? record?.GlobalIPv6Address : undefined,
      aliases: record?.Aliases ?? [],
    })
  })
}
