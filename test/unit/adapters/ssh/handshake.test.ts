import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openSshConnection } from '../../../../src/adapters/ssh/handshake'
import { fingerprint, knownHostLine, knownHostName } from '../../../../src/adapters/ssh/known-hosts'
import type { SshConnection } from '../../../../src/adapters/ssh/ssh-connection'
import type { SshHost } from '../../../../src/adapters/ssh/ssh-host'
import { SwarmNetworksError, describeError } from '../../../../src/core/errors'
import { write } from '../sources/temporary-folder'
import {
  aHandshakeContext,
  aHome,
  aKeyPair,
  aLog,
  hostKey,
  parsed,
  Prompts,
  startSshServer,
  startTcpServer,
  startWire,
  userKey,
  type Home,
  type KeyPair,
} from './ssh-server'

interface Try {
  readonly prompts?: Prompts
  readonly deadlineMs?: number
  readonly log?: ReturnType<typeof aLog>
  readonly signal?: AbortSignal
}

async function open(host: SshHost, options: Try = {}): Promise<SshConnection> {
  const { prompts = new Prompts(), deadlineMs = 5_000, log = aLog() } = options
  const context = { ...aHandshakeContext(prompts), log, deadlineMs }
  return openSshConnection(host, { context }, options.signal ?? new AbortController().signal)
}

/** Opens a connection that must fail, and gives the error. */
async function failing(host: SshHost, options: Try = {}): Promise<SwarmNetworksError> {
  const error: unknown = await open(host, options).then(
    (connection) => {
      connection.close()
      return new Error('It connected')
    },
    (e: unknown) => e,
  )
  if (error instanceof SwarmNetworksError) return error
  throw error as Error
}

const blobOf = (key: KeyPair) => parsed(key.private).getPublicSSH()
const lineFor = (port: number, key: KeyPair, isHashed = false) =>
  knownHostLine(knownHostName('127.0.0.1', port), blobOf(key), isHashed)

describe('host key', () => {
  it('is asked about once where it is unknown, and remembered for its owner only', async () => {
    const [server, home] = [await startSshServer(), await aHome()]
    const [prompts, log] = [new Prompts({ trusts: true }), aLog()]
    ;(await open(home.host(server.port), { prompts, log })).close()
    expect(prompts.asked).toEqual([
      { host: 'tolkewitz', port: server.port, type: 'ssh-ed25519', fingerprint: fingerprint(blobOf(hostKey)) },
    ])
    expect(await readFile(home.knownHosts, 'utf8')).toBe(`${lineFor(server.port, hostKey)}\n`)
    expect((await stat(home.knownHosts)).mode & 0o777).toBe(0o600)
    expect(log.lines).toEqual([expect.stringContaining('info Added the key of tolkewitz')])
    ;(await open(home.host(server.port), { prompts })).close()
    expect(prompts.asked).toHaveLength(1)
  })

  it('keeps what the file has, also without a last line end, and hashes where it is told to', async () => {
    const [server, home] = [await startSshServer(), await aHome()]
    await write(home.knownHosts, `# mine\n${lineFor(1, hostKey)}`)
    const prompts = new Prompts({ trusts: true })
    ;(await open(home.host(server.port, { hashKnownHosts: true }), { prompts })).close()
    const lines = (await readFile(home.knownHosts, 'utf8')).split('\n')
    expect(lines.slice(0, 2)).toEqual(['# mine', lineFor(1, hostKey)])
    expect(lines[2]).toMatch(/^\|1\|[^ ]+ ssh-ed25519 /)
    expect(lines[3]).toBe('')
    ;(await open(home.host(server.port))).close()
  })

  it('makes the folder for its owner only', async () => {
    const [server, home] = [await startSshServer(), await aHome()]
    const file = join(home.path, 'new/folder/known_hosts')
    const prompts = new Prompts({ trusts: true })
    ;(await open(home.host(server.port, { userKnownHosts: [file] }), { prompts })).close()
    expect((await stat(join(home.path, 'new/folder'))).mode & 0o777).toBe(0o700)
  })

  it('is good for this time where it cannot be written down, with a warning', async () => {
    const [server, home] = [await startSshServer(), await aHome()]
    const log = aLog()
    const file = join(home.keyFile, 'a file is no folder')
    ;(
      await open(home.host(server.port, { userKnownHosts: [file] }), { prompts: new Prompts({ trusts: true }), log })
    ).close()
    expect(log.lines.at(-1)).toMatch(/^warn The key of tolkewitz could not be added/)
  })

  it('is refused where nobody confirms it, and nothing is written', async () => {
    const [server, home] = [await startSshServer(), await aHome()]
    const error = await failing(home.host(server.port))
    expect(error).toMatchObject({ code: 'host-key-unknown', step: 'host-key' })
    expect(describeError(error)).toContain(fingerprint(blobOf(hostKey)))
    await expect(readFile(home.knownHosts)).rejects.toThrow('ENOENT')
    expect(server.offeredKeys).toEqual([])
  })

  it('is found in a hashed line and in the system’s file', async () => {
    const [server, home] = [await startSshServer(), await aHome()]
    await write(home.knownHosts, lineFor(server.port, hostKey, true))
    ;(await open(home.host(server.port))).close()
    const system = join(home.path, 'ssh_known_hosts')
    await write(system, lineFor(server.port, hostKey))
    ;(await open(home.host(server.port, { userKnownHosts: [], systemKnownHosts: [system] }))).close()
  })

  it('that has changed is refused without a question, naming file, line and remedy', async () => {
    const [server, home] = [await startSshServer(), await aHome()]
    await write(home.knownHosts, `\n${lineFor(server.port, aKeyPair())}\n`)
    const prompts = new Prompts({ trusts: true })
    const error = await failing(home.host(server.port), { prompts })
    expect(error.code).toBe('host-key-changed')
    expect(describeError(error)).toContain(`${home.knownHosts}, line 2`)
    expect(describeError(error)).toContain(`ssh-keygen -R '[127.0.0.1]:${server.port}' -f ${home.knownHosts}`)
    expect(prompts.asked).toEqual([])
    expect(server.offeredKeys).toEqual([])
  })

  it('that is revoked is refused, also where StrictHostKeyChecking is off', async () => {
    const [server, home] = [await startSshServer(), await aHome()]
    await write(home.knownHosts, `@revoked * ${lineFor(1, hostKey).replace(/^\S+ /, '')}\n`)
    const host = home.host(server.port, { strictHostKeyChecking: 'accept-new' })
    expect((await failing(host)).message).toContain('is revoked in')
  })

  it('that RevokedHostKeys names is refused, whatever the known hosts say', async () => {
    const [server, home] = [await startSshServer(), await aHome()]
    await home.knows(server.port)
    const revokedHostKeys = join(home.path, 'revoked')
    await write(revokedHostKeys, `# a comment\n${aKeyPair().public}\n${hostKey.public}\n`)
    const error = await failing(home.host(server.port, { revokedHostKeys }))
    expect(error.code).toBe('host-key-changed')
    expect(error.message).toContain(`is revoked in ${revokedHostKeys}, line 3`)
    await write(revokedHostKeys, `${aKeyPair().public}\n`)
    ;(await open(home.host(server.port, { revokedHostKeys }))).close()
  })

  it.each([
    ['is missing', undefined],
    ['is a binary one', 'SSHKRL\n\0'],
  ])('is not trusted where the list of revoked ones %s', async (_, list) => {
    const [server, home] = [await startSshServer(), await aHome()]
    await home.knows(server.port)
    const revokedHostKeys = join(home.path, 'revoked')
    if (list !== undefined) await write(revokedHostKeys, list)
    expect(await failing(home.host(server.port, { revokedHostKeys }))).toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('RevokedHostKeys') as string,
    })
  })

  it('is refused with a clear word where only a certificate authority is known', async () => {
    const [server, home] = [await startSshServer(), await aHome()]
    await write(home.knownHosts, `@cert-authority * ${lineFor(1, aKeyPair()).replace(/^\S+ /, '')}\n`)
    const error = await failing(home.host(server.port), { prompts: new Prompts({ trusts: true }) })
    expect(error.code).toBe('host-key-unknown')
    expect(error.message).toContain('host certificates are not supported')
  })

  it('is asked for in the known type, so that a host with several keys raises no false alarm', async () => {
    const [ecdsa, rsa] = [aKeyPair('ecdsa'), aKeyPair('rsa')]
    const [server, home] = [await startSshServer({ hostKeys: [hostKey, ecdsa, rsa] }), await aHome()]
    for (const known of [ecdsa, rsa, hostKey]) {
      await write(home.knownHosts, lineFor(server.port, known))
      ;(await open(home.host(server.port))).close()
    }
  })

  it('follows StrictHostKeyChecking: yes never asks, accept-new never asks either', async () => {
    const [server, home] = [await startSshServer(), await aHome()]
    const prompts = new Prompts({ trusts: true })
    const strict = await failing(home.host(server.port, { strictHostKeyChecking: 'yes' }), { prompts })
    expect(strict.code).toBe('host-key-unknown')
    ;(await open(home.host(server.port, { strictHostKeyChecking: 'accept-new' }), { prompts })).close()
    expect(prompts.asked).toEqual([])
    expect(await readFile(home.knownHosts, 'utf8')).toContain('ssh-ed25519')
    await write(home.knownHosts, lineFor(server.port, aKeyPair()))
    const changed = await failing(home.host(server.port, { strictHostKeyChecking: 'accept-new' }), { prompts })
    expect(changed.code).toBe('host-key-changed')
  })

  it('is looked up by HostKeyAlias', async () => {
    const [server, home] = [await startSshServer(), await aHome()]
    await write(home.knownHosts, `lab ${lineFor(1, hostKey).replace(/^\S+ /, '')}`)
    ;(await open(home.host(server.port, { hostKeyAlias: 'LAB' }))).close()
  })
})

describe('a connection that fails', () => {
  async function known(port: number): Promise<Home> {
    const home = await aHome()
    await home.knows(port)
    return home
  }

  it('says that the name is not known', async () => {
    const error = await failing((await aHome()).host(22, { hostName: 'no-such-host.invalid' }))
    expect(error.code).toBe('unreachable')
    expect(error.message).toMatch(/^SSH to tolkewitz \(me@no-such-host\.invalid\), resolve: /)
  })

  it('says that nothing listens', async () => {
    const server = await startSshServer()
    await server.close()
    const error = await failing((await aHome()).host(server.port))
    expect(error).toMatchObject({ code: 'unreachable', host: 'tolkewitz' })
    expect(error.message).toContain('connect: nothing listens there (ECONNREFUSED)')
    expect(error.remedy).toBeDefined()
  })

  it('ends within its deadline where something accepts and never speaks', async () => {
    const port = await startTcpServer(() => undefined)
    const started = performance.now()
    const error = await failing((await aHome()).host(port), { deadlineMs: 300 })
    expect(performance.now() - started).toBeLessThan(1_000)
    expect(error.code).toBe('timeout')
    expect(error.message).toContain('handshake: no answer within 0.3 s')
  })

  it('ends when the SSH configuration says so, before its own deadline', async () => {
    const port = await startTcpServer(() => undefined)
    const error = await failing((await aHome()).host(port, { connectTimeoutMs: 300 }), { deadlineMs: 60_000 })
    expect(error.code).toBe('timeout')
    expect(error.message).toContain('handshake: no answer within 0.3 s')
  })

  it('ends within its deadline where the login never ends', async () => {
    const server = await startSshServer({ isSilentAtLogin: true })
    const error = await failing((await known(server.port)).host(server.port), { deadlineMs: 500 })
    expect(error.code).toBe('timeout')
    expect(error.message).toContain('authentication: no answer')
  })

  it('does not count the time in which a person is asked', async () => {
    const [server, home] = [await startSshServer(), await aHome()]
    const prompts = new Prompts({ trusts: true })
    prompts.confirmHostKey = async () => {
      await new Promise((resolve) => setTimeout(resolve, 800))
      return true
    }
    ;(await open(home.host(server.port), { prompts, deadlineMs: 600 })).close()
  })

  it('says that the port does not speak SSH', async () => {
    const port = await startTcpServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    const error = await failing((await aHome()).host(port))
    expect(error.code).toMatch(/unsupported|unreachable/)
    expect(error.message).toContain('handshake: ')
  })

  it('says that the host hung up', async () => {
    const port = await startTcpServer((socket) => socket.end())
    const error = await failing((await aHome()).host(port))
    expect(error.code).toBe('unreachable')
    expect(error.message).toContain('handshake: ')
    expect(error.remedy).toContain('MaxStartups')
  })

  it('is given up where it dies silently, as soon as ServerAliveInterval says', async () => {
    const [server, home] = [await startSshServer(), await aHome()]
    await home.knows(server.port)
    const wire = await startWire(server.port)
    await home.knows(wire.port)
    const connection = await open(home.host(wire.port, { keepAlive: { intervalMs: 100, tries: 2 } }))
    const lost = new Promise<SwarmNetworksError>((resolve) => connection.onClosed(resolve))
    wire.cut()
    expect(await lost).toMatchObject({
      code: 'unreachable',
      message: expect.stringMatching(/connection was lost/) as string,
    })
  })

  it('is cancelled at once, before and while it connects', async () => {
    const port = await startTcpServer(() => undefined)
    const host = (await aHome()).host(port)
    expect((await failing(host, { signal: AbortSignal.abort() })).code).toBe('cancelled')
    const started = performance.now()
    expect((await failing(host, { signal: AbortSignal.timeout(50) })).code).toBe('cancelled')
    expect(performance.now() - started).toBeLessThan(500)
  })

  it('leaves no connection behind', async () => {
    const server = await startSshServer({ authorized: [] })
    const home = await known(server.port)
    expect((await failing(home.host(server.port))).code).toBe('unauthorized')
    await expect.poll(() => server.connections.size).toBe(0)
    expect(userKey).toBeDefined()
  })
})
