import { spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { makeHome } from './home.js'
import type { Lab } from './lab.js'

const cli = resolve(import.meta.dirname, '../../dist/cli.js')

export interface CliResult {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** The built command line, as a user of this lab runs it: a home folder of its own, and options that name the hosts. */
export class CommandLine implements AsyncDisposable {
  readonly #home: string
  readonly #hostOptions: readonly string[]

  private constructor(home: string, hostOptions: readonly string[]) {
    this.#home = home
    this.#hostOptions = hostOptions
  }

  /** Over SSH with the lab's key, as `docker-user`; the home folder knows the machines' host keys. */
  static async overSsh(lab: Lab): Promise<CommandLine> {
    const home = await makeHome(lab)
    const hosts = lab.machines.flatMap((machine) => ['--host', machine.sshUrl('docker-user')])
    return new CommandLine(home, [...hosts, '--identity-file', lab.description.sshKey])
  }

  /** To any hosts, by the options that name them. */
  static async to(lab: Lab, ...hostOptions: readonly string[]): Promise<CommandLine> {
    return new CommandLine(await makeHome(lab), hostOptions)
  }

  /** Over each machine's Unix socket. */
  static async overSockets(lab: Lab): Promise<CommandLine> {
    const sockets = await Promise.all(lab.machines.map((machine) => machine.socket()))
    return new CommandLine(
      await makeHome(lab),
      sockets.flatMap((socket) => ['--host', `unix://${socket}`]),
    )
  }

  /** Runs a subcommand. The first one or two words are its name; the hosts' options come right behind the arguments. */
  run(...args: readonly string[]): Promise<CliResult> {
    return this.runWith(this.#hostOptions, args)
  }

  /** As `run`, with other options for the hosts. */
  runWith(hostOptions: readonly string[], args: readonly string[]): Promise<CliResult> {
    return new Promise((done, failed) => {
      // Host options first: whatever follows an image belongs to the container's command.
      const [name = '', ...rest] = args
      const words = name === 'network' ? [name, rest[0] ?? ''] : [name]
      const all = [cli, ...words, ...hostOptions, ...args.slice(words.length)]
      const child = spawn(process.execPath, all, {
        env: { PATH: process.env['PATH'], HOME: this.#home },
        timeout: 90_000,
      })
      const output = { stdout: '', stderr: '' }
      child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text))
      child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text))
      child.on('error', failed)
      child.on('close', (status) => done({ status, ...output }))
    })
  }

  /** Runs a subcommand that has to succeed, and gives its JSON. */
  async json<T>(...args: readonly string[]): Promise<T> {
    const [name = '', ...rest] = args
    const words = name === 'network' ? [name, rest[0] ?? ''] : [name]
    const { status, stdout, stderr } = await this.run(...words, '--json', ...args.slice(words.length))
    if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}${stdout}`)
    return JSON.parse(stdout) as T
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#home, { recursive: true, force: true })
  }
}
