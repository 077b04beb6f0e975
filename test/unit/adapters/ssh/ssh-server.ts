import { spawn } from 'node:child_process'
import { createServer, connect, type AddressInfo, type Server as NetServer, type Socket } from 'node:net'
import { join } from 'node:path'
import {
  Server,
  utils,
  type Connection,
  type KeyboardAuthContext,
  type ParsedKey,
  type Prompt,
  type ServerChannel,
  type Session,
} from 'ssh2'
import { afterEach } from 'vitest'
import { knownHostLine, knownHostName } from '../../../../src/adapters/ssh/known-hosts'
import type { SshFolders } from '../../../../src/adapters/ssh/ssh-config'
import type { SshEndpoint, SshHost } from '../../../../src/adapters/ssh/ssh-host'
import type {
  ConnectionPrompts,
  HostLogin,
  Log,
  LoginQuestions,
  UnknownHostKey,
} from '../../../../src/core/ports/environment'
import type { HandshakeContext } from '../../../../src/adapters/ssh/handshake'
import { Passwords } from '../../../../src/adapters/ssh/passwords'
import { UnlockedKeys } from '../../../../src/adapters/ssh/unlocked-keys'
import { aMachine, temporaryFolder, write } from '../sources/temporary-folder'

export interface KeyPair {
  readonly private: string
  readonly public: string
}

type KeyType = 'ed25519' | 'ecdsa' | 'rsa'

/** Of some 250 pairs that ssh2 makes, it cannot read one again: those are made anew. */
export function aKeyPair(type: KeyType = 'ed25519', passphrase = ''): KeyPair {
  for (;;) {
    const pair = newKeyPair(type, passphrase)
    const parts = [utils.parseKey(pair.public), utils.parseKey(pair.private, passphrase)]
    if (!parts.some((part) => part instanceof Error)) return pair
  }
}

function newKeyPair(type: KeyType, passphrase: string): KeyPair {
  const encryption = passphrase === '' ? {} : { passphrase, cipher: 'aes256-ctr', rounds: 1 }
  switch (type) {
    case 'ed25519':
      return utils.generateKeyPairSync('ed25519', encryption as object)
    case 'ecdsa':
      return utils.generateKeyPairSync('ecdsa', { bits: 256, ...encryption })
    case 'rsa':
      return utils.generateKeyPairSync('rsa', { bits: 2048, ...encryption })
  }
}

export function parsed(key: string | Buffer): ParsedKey {
  const result = utils.parseKey(key)
  if (result instanceof Error) throw result
  return result
}

export const hostKey = aKeyPair()
export const userKey = aKeyPair()

/**
 * What a command does on the test's host; undefined: it runs in a shell of this machine. A login shell has an empty line.
 */
export type Command = (line: string, channel: ServerChannel) => boolean

export interface SshServerOptions {
  readonly hostKeys?: readonly KeyPair[]
  /** Public keys that are let in; the test's user key where absent. */
  readonly authorized?: readonly string[]
  /** Where absent, `publickey`. */
  readonly methods?: readonly ('publickey' | 'password' | 'keyboard-interactive')[]
  readonly password?: string
  /** Rounds of questions, each with the answers that are right. */
  readonly talk?: readonly { readonly questions: readonly Prompt[]; readonly answers: readonly string[] }[]
  /** Hangs up on a wrong password, without a word. */
  readonly hangsUp?: boolean
  readonly isSilentAtLogin?: boolean
  /** Unix sockets that it forwards, and where they are on this machine. `false`: it forwards none. */
  readonly sockets?: Readonly<Record<string, string>> | false
  readonly allowsTcp?: boolean
  /** How long it takes to open a socket. */
  readonly opensAfterMs?: number
  /** True: it has answered. */
  readonly onCommand?: Command
  readonly refusesCommands?: boolean
  readonly refusesTerminals?: boolean
  /** Commands at the same time; as many as one likes where absent. */
  readonly maxSessions?: number
}

/** A real SSH server on loopback, which counts what comes in. */
export class SshServer {
  readonly port: number
  readonly connections = new Set<Connection>()
  readonly commands: string[] = []
  readonly offeredKeys: string[] = []
  readonly passwords: string[] = []
  readonly knocks: string[] = []
  readonly channels = new Set<ServerChannel>()
  /** Signals that were sent to commands. */
  readonly signals: string[] = []
  /** What terminals were opened as, and their sizes since: `xterm 80x24`, `100x30`. */
  readonly windows: string[] = []
  sessionCount = 0
  mostSessions = 0
  tcpCount = 0
  /** Of all channels to sockets, ports and engines that there ever were. */
  channelCount = 0
  readonly #server: Server

  constructor(server: Server, port: number) {
    this.#server = server
    this.port = port
  }

  /** Breaks every connection, as a failing network would. */
  cut(): void {
    for (const connection of this.connections) socketOf(connection).destroy()
  }

  close(): Promise<void> {
    this.cut()
    return new Promise((resolve) => this.#server.close(() => resolve()))
  }
}

const running: { close(): unknown }[] = []
afterEach(async () => {
  for (const server of running.splice(0)) await server.close()
})

export async function startSshServer(options: SshServerOptions = {}): Promise<SshServer> {
  const server = new Server({ hostKeys: (options.hostKeys ?? [hostKey]).map((key) => key.private) })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const test = new SshServer(server, (server.address() as AddressInfo).port)
  running.push(test)
  server.on('connection', (connection) => {
    test.tcpCount++
    test.connections.add(connection)
    connection.on('error', () => undefined)
    connection.on('close', () => test.connections.delete(connection))
    authenticate(connection, test, options)
    connection.on('ready', () => serve(connection, test, options))
  })
  return test
}

function authenticate(connection: Connection, test: SshServer, options: SshServerOptions): void {
  const authorized = (options.authorized ?? [userKey.public]).map(parsed)
  const methods = options.methods ?? ['publickey']
  connection.on('authentication', (context) => {
    if (options.isSilentAtLogin === true) return
    if (context.method === 'password' && methods.includes('password')) {
      test.passwords.push(context.password)
      if (context.password === options.password) context.accept()
      else if (options.hangsUp === true) socketOf(connection).destroy()
      else context.reject([...methods])
      return
    }
    if (context.method === 'keyboard-interactive' && methods.includes(context.method)) {
      talk(context, [...(options.talk ?? [])], () => context.reject([...methods]))
      return
    }
    if (context.method !== 'publickey' || !methods.includes('publickey')) {
      context.reject([...methods])
      return
    }
    const { key, blob, signature, hashAlgo } = context
    if (!signature) test.offeredKeys.push(key.data.toString('base64'))
    const match = authorized.find((candidate) => candidate.getPublicSSH().equals(key.data))
    if (!match || (signature && blob && !match.verify(blob, signature, hashAlgo))) context.reject([...methods])
    else context.accept()
  })
}

function talk(
  context: KeyboardAuthContext,
  rounds: NonNullable<SshServerOptions['talk']>,
  refuse: () => void,
  at = 0,
): void {
  const round = rounds[at]
  if (round === undefined) {
    if (at === 0) refuse()
    else context.accept()
    return
  }
  context.prompt([...round.questions], 'Two factors', 'Have it at hand.', (answers) => {
    if (JSON.stringify(answers) === JSON.stringify(round.answers)) talk(context, rounds, refuse, at + 1)
    else refuse()
  })
}

function serve(connection: Connection, test: SshServer, options: SshServerOptions): void {
  connection.on('session', (accept, reject) => {
    if (test.sessionCount >= (options.maxSessions ?? Infinity)) {
      reject()
      return
    }
    test.mostSessions = Math.max(test.mostSessions, ++test.sessionCount)
    const session = accept()
    session.once('close', () => test.sessionCount--)
    serveCommands(session, test, options)
  })
  if (options.sockets !== false) {
    connection.on('openssh.streamlocal', (accept, reject, info) => {
      test.knocks.push(info.socketPath)
      const path = (options.sockets as Record<string, string> | undefined)?.[info.socketPath]
      const socket = connect(path ?? '/nowhere')
      socket.on('error', () => reject())
      socket.on('connect', () => {
        setTimeout(() => joinStreams(accept(), socket, test), options.opensAfterMs ?? 0)
      })
    })
  }
  if (options.allowsTcp === true) {
    connection.on('tcpip', (accept, reject, info) => {
      const socket = connect(info.destPort, info.destIP)
      socket.on('error', () => reject())
      socket.on('connect', () => joinStreams(accept(), socket, test))
    })
  }
}

/** Joins a forwarded channel with what it leads to. */
export function joinStreams(channel: ServerChannel, socket: Socket, test: SshServer): void {
  test.channels.add(channel)
  test.channelCount++
  channel.on('close', () => socket.destroy())
  socket.on('close', () => {
    test.channels.delete(channel)
    // Unread, what is left would keep ssh2's channel from closing.
    channel.resume()
  })
  channel.pipe(socket).pipe(channel)
}

function serveCommands(session: Session, test: SshServer, options: SshServerOptions): void {
  session.on('signal', (_accept, _reject, { name }) => {
    test.signals.push(name)
  })
  session.on('pty', (accept, reject, { term, cols, rows }) => {
    test.windows.push(`${term} ${cols}x${rows}`)
    if (options.refusesTerminals === true) reject()
    else accept()
  })
  session.on('window-change', (_accept, _reject, { cols, rows }) => {
    test.windows.push(`${cols}x${rows}`)
  })
  session.on('shell', (accept) => {
    const channel = accept()
    if (options.onCommand?.('', channel) !== true) runShell(channel, [])
  })
  session.on('exec', (accept, reject, { command }) => {
    test.commands.push(command)
    if (options.refusesCommands === true) {
      reject()
      return
    }
    const channel = accept()
    if (options.onCommand?.(command, channel) === true) return
    runShell(channel, ['-c', command])
  })
}

function runShell(channel: ServerChannel, args: readonly string[]): void {
  const child = spawn('sh', args)
  child.stdout.pipe(channel, { end: false })
  child.stderr.pipe(channel.stderr, { end: false })
  channel.pipe(child.stdin)
  child.on('close', (code, signal) => {
    if (signal === null) channel.exit(code ?? 255)
    else channel.exit(signal.slice('SIG'.length))
    channel.end()
  })
}

/** Answers a command without running anything. */
export function answer(channel: ServerChannel, stdout: string, code = 0): true {
  channel.write(stdout)
  channel.exit(code)
  channel.end()
  return true
}

/** Answers what `systemctl is-active` would, and lets every other command run. */
export const systemdSays =
  (state: () => string): Command =>
  (line, channel) =>
    line.startsWith('systemctl is-active') && answer(channel, state(), 3)

/** The socket below a server's connection, for breaking it. */
function socketOf(connection: Connection): Socket {
  return (connection as unknown as { readonly _sock: Socket })._sock
}

/** A TCP server that is no SSH server. */
export async function startTcpServer(onConnection: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>()
  const server: NetServer = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.resume()
    onConnection(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  running.push({
    close: () => {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  })
  return (server.address() as AddressInfo).port
}

/** A way to a port of this machine that can fall silent, as one does whose far end lost its power. */
export async function startWire(port: number): Promise<{ readonly port: number; cut(): void }> {
  let isCut = false
  const wire = await startTcpServer((near) => {
    const far = connect(port, '127.0.0.1')
    far.on('error', () => undefined)
    const pass = (from: Socket, to: Socket) => from.on('data', (chunk) => isCut || to.write(chunk))
    pass(near, far)
    pass(far, near)
    near.on('close', () => far.destroy())
    far.on('close', () => isCut || near.destroy())
  })
  return { port: wire, cut: () => (isCut = true) }
}

/** A home folder that has the test's key and knows the test's host. */
export class Home {
  readonly path: string
  readonly folders: SshFolders

  constructor(path: string) {
    this.path = path
    this.folders = { machine: aMachine({ home: path }), user: join(path, '.ssh'), system: join(path, 'etc-ssh') }
  }

  get knownHosts(): string {
    return join(this.path, '.ssh/known_hosts')
  }

  get keyFile(): string {
    return join(this.path, '.ssh/id_ed25519')
  }

  knows(port: number, key: KeyPair = hostKey): Promise<void> {
    const line = knownHostLine(knownHostName('127.0.0.1', port), parsed(key.private).getPublicSSH(), false)
    return write(this.knownHosts, `${line}\n`, 0o600)
  }

  endpoint(port: number, more: Partial<SshEndpoint> = {}): SshEndpoint {
    return { kind: 'ssh', host: '127.0.0.1', port, ...more }
  }

  host(port: number, more: Partial<SshHost> = {}): SshHost {
    return {
      alias: 'tolkewitz',
      hostName: '127.0.0.1',
      port,
      user: 'me',
      identityFiles: [{ path: this.keyFile, from: 'default' }],
      identitiesOnly: false,
      userKnownHosts: [this.knownHosts],
      systemKnownHosts: [],
      hashKnownHosts: false,
      strictHostKeyChecking: 'ask',
      loginMethods: ['publickey', 'keyboard-interactive', 'password'],
      jumps: [],
      notes: [],
      ...more,
    }
  }
}

export async function aHome(key: KeyPair = userKey): Promise<Home> {
  const home = new Home(await temporaryFolder())
  await write(home.keyFile, key.private, 0o600)
  return home
}

/** Answers questions as it was told, and keeps them. */
export class Prompts implements ConnectionPrompts {
  readonly asked: (UnknownHostKey | HostLogin | string)[] = []
  readonly #trusts: boolean
  readonly #passphrase: (() => Promise<string | undefined>) | undefined

  readonly #passwords: (string | undefined)[]
  readonly #answers: readonly string[] | undefined

  /** @param passwords one for each time that it is asked */
  constructor({
    trusts = false,
    passphrase,
    passwords = [],
    answers,
  }: {
    trusts?: boolean
    passphrase?: string | (() => Promise<string>)
    passwords?: string[]
    answers?: readonly string[]
  } = {}) {
    this.#trusts = trusts
    this.#passwords = [...passwords]
    this.#answers = answers
    this.#passphrase = typeof passphrase === 'function' ? passphrase : () => Promise.resolve(passphrase)
  }

  confirmHostKey(key: UnknownHostKey): Promise<boolean> {
    this.asked.push(key)
    return Promise.resolve(this.#trusts)
  }

  askPassphrase(keyFile: string): Promise<string | undefined> {
    this.asked.push(keyFile)
    return this.#passphrase?.() ?? Promise.resolve(undefined)
  }

  askPassword(login: HostLogin): Promise<string | undefined> {
    this.asked.push(login)
    return Promise.resolve(this.#passwords.shift())
  }

  answerQuestions(questions: LoginQuestions): Promise<readonly string[] | undefined> {
    this.asked.push(questions)
    return Promise.resolve(this.#answers)
  }
}

/** Keeps what is logged; a warning that a test does not expect shows in its comparison. */
/** What a handshake needs of its surroundings, with nothing unlocked or answered yet. */
export function aHandshakeContext(prompts = new Prompts()): HandshakeContext {
  const [unlocked, passwords] = [new UnlockedKeys(prompts), new Passwords(prompts)]
  return { prompts, unlocked, passwords, log: aLog(), deadlineMs: 5_000 }
}

export function aLog(): Log & { readonly lines: string[] } {
  const lines: string[] = []
  const keep = (level: string) => (message: string) => void lines.push(`${level} ${message}`)
  return { lines, debug: keep('debug'), info: keep('info'), warn: keep('warn'), error: keep('error') }
}
