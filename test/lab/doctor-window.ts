import { appendFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createConnector, type OwnedConnector } from '../../src/adapters/create-connector'
import { certificateReader } from '../../src/adapters/docker/certificate-reader'
import { thisMachine } from '../../src/adapters/sources/local-machine'
import { systemClock } from '../../src/adapters/system-clock'
import { examineHost } from '../../src/app/examine-host'
import type { FleetAccess } from '../../src/app/fleet-access'
import { undoableRepairs } from '../../src/app/repair/host-records'
import { prepareRepair } from '../../src/app/repair/prepare-repair'
import { RepairHosts } from '../../src/app/repair/repair-hosts'
import { StoredRepairs } from '../../src/app/repair/repair-memory'
import { RepairRunner, type RepairResult } from '../../src/app/repair/repair-runner'
import { RepairSession } from '../../src/app/repair/repair-session'
import { RootAccess } from '../../src/app/root/root-access'
import type { Examination } from '../../src/core/examine/host/examination'
import type { DiagnosisCause } from '../../src/core/examine/host/host-diagnosis'
import type { Host } from '../../src/core/model/host'
import type { Endpoint, Target } from '../../src/core/model/target'
import type { RepairPlan } from '../../src/core/repair/plan'
import { FakeStorage } from '../unit/fakes/fake-storage'
import { noPrompts } from '../no-prompts'
import { makeHome } from './home'
import type { Lab } from './lab'
import type { LabUser, Machine } from './machines/machine'

const quiet = () => undefined
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet }
export const live = () => new AbortController().signal

/** The connections of one file of tests about the host doctor. */
export class Doctor {
  readonly lab: Lab
  readonly connector: OwnedConnector
  readonly #home: string

  private constructor(lab: Lab, connector: OwnedConnector, home: string) {
    this.lab = lab
    this.connector = connector
    this.#home = home
  }

  /** @param hostKeys lines for known_hosts, of machines beside the lab’s */
  static async open(lab: Lab, hostKeys: readonly string[] = []): Promise<Doctor> {
    const home = await makeHome(lab)
    await appendFile(join(home, '.ssh/known_hosts'), hostKeys.map((line) => `${line}\n`).join(''))
    const machine = { ...thisMachine(), env: {}, home }
    return new Doctor(lab, createConnector({ machine, clock: systemClock, log, prompts: noPrompts }), home)
  }

  window(machine: Machine, options: WindowOptions = {}): DoctorWindow {
    return new DoctorWindow(this, machine, options)
  }

  async close(): Promise<void> {
    this.connector.dispose()
    await rm(this.#home, { recursive: true })
  }
}

export interface WindowOptions {
  readonly user?: LabUser
  /** What is answered where a password is asked for, one after the other. */
  readonly passwords?: readonly string[]
  /** More ways in, for instance the engine's TLS port. */
  readonly otherEndpoints?: readonly Endpoint[]
}

/** One window of an editor on one machine, logged in as one user. What it keeps goes with it. */
export class DoctorWindow {
  readonly machine: Machine
  readonly host: Host
  readonly session = new RepairSession()
  readonly memory = new StoredRepairs(new FakeStorage())
  readonly context
  asked = 0

  constructor({ lab, connector }: Doctor, machine: Machine, options: WindowOptions) {
    const { user = 'root', passwords = [], otherEndpoints } = options
    this.machine = machine
    const endpoint = { kind: 'ssh', host: machine.address, user, identityFiles: [lab.description.sshKey] } as const
    const target: Target = {
      ...{ id: `settings:${machine.name}`, name: machine.name, endpoint, source: 'settings', isDisabled: false },
      ...(otherEndpoints && { otherEndpoints }),
    }
    this.host = {
      ...{ id: target.id, name: machine.name, address: machine.address, via: '', alsoVia: [], state: 'unreachable' },
      ...{ isLeader: false, target, sshTarget: target },
    }
    const root = new RootAccess({ askRootPassword: () => Promise.resolve(passwords[this.asked++]) })
    const fleet = { fleet: { hosts: [this.host] } } as unknown as FleetAccess
    const { memory } = this
    this.context = { fleet, shells: connector, root, clock: systemClock, log, repairs: memory, memory }
  }

  examine(): Promise<Examination> {
    const context = { ...this.context, certificates: certificateReader }
    return examineHost(context, this.host, { signal: AbortSignal.timeout(30_000), mayAsk: false })
  }

  /** The plans for a finding of this cause. */
  async prepare(cause: DiagnosisCause) {
    const { facts, findings } = await this.examine()
    const finding = findings.find((one) => one.cause === cause)
    if (finding === undefined)
      throw new Error(`${this.machine.name}: found only ${findings.map((f) => f.cause).join()}`)
    return {
      first: findings[0]!.cause,
      ...(await prepareRepair(this.context, { host: this.host, facts, finding }, live())),
    }
  }

  run(plan: RepairPlan): Promise<RepairResult> {
    return this.#runner((runner) => runner.repair(plan))
  }

  /** Takes the last repair back as somebody would who has only the host: the editor's memory is not asked. */
  async undoLast(): Promise<RepairResult> {
    const context = { ...this.context, repairs: new StoredRepairs(new FakeStorage()) }
    const [last] = await undoableRepairs(context, this.host, live())
    if (last === undefined) throw new Error(`${this.machine.name} has no record`)
    return this.#runner((runner) => runner.undo(last))
  }

  async #runner(work: (runner: RepairRunner) => Promise<RepairResult>): Promise<RepairResult> {
    const hosts = new RepairHosts(this.context)
    try {
      return await work(new RepairRunner({ ...this.context, hosts, screen: this.session }))
    } finally {
      hosts.dispose()
    }
  }
}

/** Presses a key as soon as the run asks. */
export function pressing(session: RepairSession, key: string): void {
  const ask = session.ask.bind(session)
  session.ask = (question) => {
    const answer = ask(question)
    session.write(key)
    return answer
  }
}
