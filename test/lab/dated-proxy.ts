import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { Transform } from 'node:stream'
import type { Machine } from './machines/machine'

/** As HTTP dates an answer: always as many characters (RFC 9110, 5.6.7). */
const dated = /(\r\ndate: )(\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT)(?=\r\n)/gi

/**
 * Stands before a real engine as if its host's clock were wrong: all machines of the lab share the kernel's clock, which Go
 * reads without a library that could be replaced. It hands every byte on and changes nothing but the `Date` of the answers.
 */
export class DatedProxy implements AsyncDisposable {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()

  private constructor(server: Server) {
    this.#server = server
  }

  /** @param offMs how far the host's clock is to be ahead */
  static async before(machine: Machine, offMs: number): Promise<DatedProxy> {
    const path = await machine.socket()
    const server = createServer()
    const proxy = new DatedProxy(server)
    server.on('connection', (client) => {
      const engine = connect(path)
      for (const [socket, other] of [
        [client, engine],
        [engine, client],
      ] as const) {
        proxy.#sockets.add(socket)
        socket.on('error', () => other.destroy())
        socket.on('close', () => {
          proxy.#sockets.delete(socket)
          other.destroy()
        })
      }
      client.pipe(engine)
      engine.pipe(redated(offMs)).pipe(client)
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return proxy
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    const closed = once(this.#server, 'close')
    this.#server.close()
    await closed
  }
}

/** An engine writes the head of an answer at once, so that no date is cut in two. */
function redated(offMs: number): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const text = chunk.toString('latin1')
      const changed = text.replace(
        dated,
        (_all, name: string, date: string) => `${name}${new Date(Date.parse(date) + offMs).toUTCString()}`,
      )
      done(null, changed === text ? chunk : Buffer.from(changed, 'latin1'))
    },
  })
}
