import type { Transport } from '../docker/transport'
import { EngineSocket } from './engine-socket'
import type { SshEndpoint } from './ssh-host'
import { SshHttpAgent } from './ssh-http-agent'
import type { SshPool } from './ssh-pool'

/**
 * A way to the engine behind an SSH endpoint: HTTP over channels of the host's one connection.
 *
 * The engine itself is not touched yet: the first request fails with `engine-stopped`, `socket-missing`,
 * `permission-denied` or `unsupported` where it cannot be reached.
 *
 * @throws what `SshPool.acquire` throws
 */
export async function openSshTransport(
  endpoint: SshEndpoint,
  pool: SshPool,
  signal: AbortSignal,
): Promise<Transport & Required<Pick<Transport, 'onClosed'>>> {
  const lease = await pool.acquire(endpoint, signal)
  const { connection } = lease
  const engine = new EngineSocket(connection, endpoint.socketPath)
  const agent = new SshHttpAgent(engine)
  const closing = new AbortController()
  return {
    dockerOptions: { protocol: 'http', host: 'localhost', agent },
    onClosed: (listener) =>
      connection.onClosed((reason) => {
        if (!closing.signal.aborted) listener(reason)
      }),
    close: () => {
      if (closing.signal.aborted) return
      closing.abort()
      agent.destroy()
      engine.close()
      lease.release()
    },
  }
}
