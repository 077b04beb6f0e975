import { connect, type Socket } from 'node:net'
import { chunk, lastChunk, startStream, text, write } from './answer'
import type { ManagedEngine } from './managed-engine'
import type { WireRequest } from './wire'

/** Hands a request on to an engine as it is, version and all, and its answer back bit by bit. */
export async function handOn(request: WireRequest, engine: ManagedEngine, path: string): Promise<void> {
  const { method, body, socket } = request
  const end = new AbortController()
  const stop = (): void => end.abort()
  socket.once('close', stop)
  try {
    const response = await engine.api.open({
      method,
      path,
      signal: end.signal,
      ...(body.length > 0 && { body }),
    })
    const status = response.statusCode ?? 0
    const type = response.headers['content-type']
    if (status === 204 || status === 304 || response.headers['content-length'] !== undefined) {
      const parts: Buffer[] = []
      for await (const part of response) parts.push(part as Buffer)
      write(socket, { status, ...(type !== undefined && { type }), body: Buffer.concat(parts) })
      return
    }
    startStream(socket, status, type)
    for await (const part of response) socket.write(chunk(part as Buffer))
    socket.write(lastChunk)
  } catch (error) {
    if (!end.signal.aborted) write(socket, text(String(error), 500))
  } finally {
    socket.off('close', stop)
  }
}

/**
 * Gives the connection to an engine for good, with the request that it carries. Whatever comes on it later goes there
 * too, also a further request that its client means for the manager.
 *
 * @returns undefined once both are connected; why not, where the engine does not take the connection
 */
export function splice({ socket, raw }: WireRequest, address: string): Promise<Error | undefined> {
  const [host = '', port = ''] = address.split(':')
  return new Promise((resolve) => {
    const engine: Socket = connect({ host, port: Number(port), allowHalfOpen: true })
    engine.once('error', resolve)
    engine.once('connect', () => {
      engine.off('error', resolve).on('error', () => socket.destroy())
      socket.on('close', () => engine.destroy())
      engine.write(raw)
      engine.pipe(socket)
      socket.pipe(engine)
      resolve(undefined)
    })
  })
}
