import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { AgentProtocol, type ParsedKey } from 'ssh2'
import { onTestFinished } from 'vitest'
import { temporaryFolder } from '../sources/temporary-folder'
import { parsed, type KeyPair } from './ssh-server'

export interface TestAgent {
  /** The path of its socket. */
  readonly path: string
  /** How often it signed. */
  readonly signed: ParsedKey[]
}

export interface AgentOptions {
  /** As one whose owner says no. */
  readonly refusesToSign?: boolean
  /** As one whose owner takes this long to say yes. */
  readonly signsAfterMs?: number
}

/** A real SSH agent on a socket, with these keys. */
export async function startAgent(keys: readonly KeyPair[], options: AgentOptions = {}): Promise<TestAgent> {
  const agent: TestAgent = { path: join(await temporaryFolder(), 'agent.sock'), signed: [] }
  const privateKeys = keys.map((key) => parsed(key.private))
  await listen(agent.path, (socket) => {
    const protocol = new AgentProtocol(false)
    socket.on('error', () => undefined)
    protocol.on('identities', (request) => protocol.getIdentitiesReply(request, privateKeys))
    protocol.on('sign', (request, publicKey, data, { hash }) => {
      const key = privateKeys.find((candidate) => candidate.getPublicSSH().equals(publicKey.getPublicSSH()))
      if (!key || options.refusesToSign === true) {
        protocol.failureReply(request)
        return
      }
      agent.signed.push(key)
      setTimeout(() => protocol.signReply(request, key.sign(data, hash)), options.signsAfterMs ?? 0)
    })
    socket.pipe(protocol).pipe(socket)
  })
  return agent
}

export async function listen(path: string, onConnection: (socket: Socket) => void): Promise<void> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    onConnection(socket)
  })
  await new Promise<void>((resolve) => server.listen(path, resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
}
