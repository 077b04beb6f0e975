import { JSONParser } from '@streamparser/json'
import { SwarmNetworksError } from '../../core/errors'

/** No event or progress line comes near it; a stream that never ends its first value must not fill the memory. */
const pendingLimit = 4 * 1024 * 1024

/**
 * The JSON values of a stream as they arrive. Nothing is assumed about what stands between them: engines write
 * newlines, classic Swarm writes `}{`, and a value may come in pieces.
 * @throws `protocol` where it is no JSON.
 */
export async function* readJsonValues(chunks: AsyncIterable<Uint8Array>): AsyncGenerator {
  const values: unknown[] = []
  const parser = new JSONParser({ paths: ['$'], separator: '' })
  parser.onValue = ({ value }) => void values.push(value)
  let pending = 0
  for await (const chunk of chunks) {
    pending += chunk.length
    try {
      parser.write(chunk)
    } catch (error) {
      throw new SwarmNetworksError('protocol', 'the stream holds something that is not JSON', { cause: error })
    }
    if (values.length > 0) pending = 0
    if (pending > pendingLimit) throw new SwarmNetworksError('protocol', 'the stream holds a value without end')
    yield* values.splice(0)
  }
}
