import { SwarmNetworksError } from '../../core/errors'
import type { LogChunk } from '../../core/ports/engine'

/** By the first byte of a header. moby's `stdcopy` adds the last: the engine's own error, after which nothing follows. */
const kinds = ['stdout', 'stdout', 'stderr', 'error'] as const
const headerLength = 8

interface Frame {
  readonly kind: (typeof kinds)[number]
  readonly data: Uint8Array
}

/**
 * Takes apart the output of a container without a terminal: frames of an eight-byte header (kind, three zeros, length
 * in big-endian order) and content (Docker API, "Attach to a container").
 *
 * dockerode's `demuxStream` is not used: it recurses for each frame and overflows the stack on many small ones in one
 * chunk, copies the rest of the chunk for each of them, and knows no backpressure.
 */
class FrameDecoder {
  readonly #header = new Uint8Array(headerLength)
  #headerBytes = 0
  #kind: Frame['kind'] = 'stdout'
  #left = 0

  /** The frames in the next chunk, or what of them is there. */
  decode(chunk: Uint8Array): readonly Frame[] {
    const frames: Frame[] = []
    let rest = chunk
    while (rest.length > 0) {
      if (this.#left === 0) rest = this.#takeHeader(rest)
      const data = rest.subarray(0, this.#left)
      if (data.length > 0) frames.push({ kind: this.#kind, data })
      this.#left -= data.length
      rest = rest.subarray(data.length)
    }
    return frames
  }

  #takeHeader(chunk: Uint8Array): Uint8Array {
    const part = chunk.subarray(0, headerLength - this.#headerBytes)
    this.#header.set(part, this.#headerBytes)
    this.#headerBytes += part.length
    if (this.#headerBytes === headerLength) {
      const [kind = kinds.length, ...zeros] = this.#header.subarray(0, 4)
      const name = kinds[kind]
      if (name === undefined || zeros.some((byte) => byte !== 0))
        throw new SwarmNetworksError('protocol', 'the output is not multiplexed as the API promises')
      this.#kind = name
      this.#left = new DataView(this.#header.buffer).getUint32(4)
      this.#headerBytes = 0
    }
    return chunk.subarray(part.length)
  }
}

/**
 * What a process without a terminal wrote, by stream.
 * @throws `protocol` where the bytes are no frames, `engine-error` with the engine's words where it sent an error.
 */
export async function* readMultiplexed(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<LogChunk> {
  const decoder = new FrameDecoder()
  for await (const chunk of chunks) {
    for (const { kind, data } of decoder.decode(chunk)) {
      if (kind === 'error') throw new SwarmNetworksError('engine-error', new TextDecoder().decode(data))
      yield { stream: kind, data }
    }
  }
}
