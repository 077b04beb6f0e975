import { createServer, get, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'
import { SshPool } from '../../../../src/adapters/ssh/ssh-pool'
import { openSshTransport } from '../../../../src/adapters/ssh/ssh-transport'
import type { SwarmNetworksError } from '../../../../src/core/errors'
import { realClock, temporaryFolder } from '../sources/temporary-folder'
import { aHome, aLog, Prompts, startSshServer, systemdSays, type SshServerOptions } from './ssh-server'

export const live = () => new AbortController().signal
const docker = '/var/run/docker.sock'

export interface Engine {
  readonly path: string
  readonly server: Server
  requests: number
}

/** An HTTP server on a Unix socket. */
export async function startEngine(
  listener: RequestListener = (_request, response) => response.end('pong'),
): Promise<Engine> {
  const path = join(await temporaryFolder(), 'docker.sock')
  const server = createServer((incoming, response) => {
    engine.requests++
    listener(incoming, response)
  })
  const engine: Engine = { path, server, requests: 0 }
  await new Promise<void>((resolve) => server.listen(path, resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return engine
}

export const running = systemdSays(() => 'active\nactive\n')

export async function aTransport(engine: Engine | string, options: SshServerOptions = {}, socketPath?: string) {
  const path = typeof engine === 'string' ? engine : engine.path
  const sockets = { [socketPath ?? docker]: path }
  const server = await startSshServer({ sockets, onCommand: running, ...options })
  const home = await aHome()
  await home.knows(server.port)
  const log = aLog()
  const pool = new SshPool({ folders: home.folders, prompts: new Prompts(), clock: realClock, log })
  onTestFinished(() => pool.dispose())
  const endpoint = home.endpoint(server.port, socketPath === undefined ? {} : { socketPath })
  const transport = await openSshTransport(endpoint, pool, live())
  return { server, transport, pool, endpoint, agent: transport.dockerOptions.agent }
}

export type Agent = Awaited<ReturnType<typeof aTransport>>['agent']

export function fetchFrom(agent: Agent, path = '/'): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get({ agent, path, host: 'localhost' }, resolve).on('error', reject)
  })
}

export const textFrom = async (agent: Agent, path = '/') => text(await fetchFrom(agent, path))

/** The error that a call fails with. */
export const failureOf = (call: Promise<unknown>): Promise<SwarmNetworksError> =>
  call.then(
    () => Promise.reject(new Error('It did not fail')),
    (error: unknown) => error as SwarmNetworksError,
  )
