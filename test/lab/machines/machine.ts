import type Docker from 'dockerode'
import { LabError } from '../support/lab-error'
import type { MachineDescription } from './description'
import { execIn, type ExecOptions, type ExecResult } from './exec'
import { Faults } from './faults'

/**
 * The users that the lab's key logs in as: root, one in the group docker, one who may not use the engine, and two who may
 * become root: without and with a password.
 */
export type LabUser = 'root' | 'docker-user' | 'nobody-rights' | 'sudo-user' | 'sudo-password'

/** What sudo asks `sudo-password` for. */
export const sudoPassword = 'lab-password'

/** One machine of the lab: a host with systemd, sshd and an engine of its own. */
export class Machine {
  readonly name: string
  /** Its address on the lab's network, which this process reaches directly. */
  readonly address: string
  readonly description: MachineDescription
  /** What can be broken here; each function gives the one that mends it. */
  readonly faults: Faults
  readonly #container: Docker.Container

  constructor(description: MachineDescription, docker: Docker) {
    this.name = description.name
    this.address = description.address
    this.description = description
    this.#container = docker.getContainer(description.container)
    this.faults = new Faults(this, this.#container)
  }

  /** The machine's first process, as this machine counts it; another one after each start of the machine. */
  async pid(): Promise<number> {
    const { State } = await this.#container.inspect({ abortSignal: AbortSignal.timeout(10_000) })
    if (!State.Running) throw new LabError(`${this.name} does not run`, 'npm run lab:up')
    return State.Pid
  }

  /**
   * The path of the machine's docker.sock as seen from here, for root on the machine that runs the engine. Ask again
   * after the machine was restarted.
   */
  async socket(): Promise<string> {
    return `/proc/${await this.pid()}/root/run/docker.sock`
  }

  /** `ssh://…` to this machine; the lab's key and known_hosts are in the description of the lab. */
  sshUrl(user: LabUser = 'root'): string {
    return `ssh://${user}@${this.address}`
  }

  /** Runs a command in the machine, as root unless told: a list of arguments, or a script for sh. */
  exec(command: string | readonly string[], options?: ExecOptions): Promise<ExecResult> {
    return execIn(this.#container, command, options)
  }

  /**
   * As `exec`, but gives the standard output alone.
   * @throws LabError on a status other than 0.
   */
  async run(command: string | readonly string[], options?: ExecOptions): Promise<string> {
    const { code, stdout, stderr } = await this.exec(command, options)
    if (code === 0) return stdout
    const shown = typeof command === 'string' ? command : command.join(' ')
    throw new LabError(`${this.name}: "${shown}" failed (${code}): ${stderr.trim() || stdout.trim()}`)
  }

  /** Restarts the whole machine, as a power cycle would; gives back when systemd takes commands again. */
  async restart(): Promise<void> {
    await this.#container.restart({ t: 0, abortSignal: AbortSignal.timeout(60_000) })
    await this.faults.heal()
  }
}
