import { rm } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
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
import type { Target } from '../../src/core/model/target'
import type { RepairPlan, RepairStep } from '../../src/core/repair/plan'
import { planScript } from '../../src/core/repair/plan-script'
import { recordName } from '../../src/core/repair/record'
import { FakeStorage } from '../unit/fakes/fake-storage'
import { noPrompts } from '../no-prompts'
import { engineFaults, quietFaults, type DoctorFault } from './doctor-faults'
import { makeHome } from './home'
import { openLab, type Lab } from './lab'
import type { Undo } from './machines/faults'
import { sudoPassword, type LabUser, type Machine } from './machines/machine'
import { allFiles } from './host-files'

const quiet = () => undefined
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet }
const live = () => new AbortController().signal

let lab: Lab
let home: string
let connector: OwnedConnector
const mends = new Set<Undo>()

/** One window of an editor on one machine, logged in as one user. What it keeps goes with it. */
class Window {
  readonly machine: Machine
  readonly host: Host
  readonly session = new RepairSession()
  readonly memory = new StoredRepairs(new FakeStorage())
  readonly context
  asked = 0

  constructor(machine: Machine, user: LabUser = 'root', passwords: readonly string[] = []) {
    this.machine = machine
    const endpoint = { kind: 'ssh', host: machine.address, user, identityFiles: [lab.description.sshKey] } as const
    const target: Target = {
      ...{ id: `settings:${machine.name}`, name: machine.name, endpoint, source: 'settings', isDisabled: false },
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
function pressing(session: RepairSession, key: string): void {
  const ask = session.ask.bind(session)
  session.ask = (question) => {
    const answer = ask(question)
    session.write(key)
    return answer
  }
}

async function broken(fault: DoctorFault, machine: Machine): Promise<void> {
  mends.add(await fault.make(machine, lab))
}

const faultOf = (cause: DiagnosisCause): DoctorFault =>
  [...engineFaults, ...quietFaults].find((f) => f.cause === cause)!

beforeAll(async () => {
  lab = await openLab()
  await lab.heal()
  await lab.cleanup()
  home = await makeHome(lab)
  const machine = { ...thisMachine(), env: {}, home }
  connector = createConnector({ machine, clock: systemClock, log, prompts: noPrompts })
})

afterEach(async () => {
  for (const mend of mends) await mend()
  mends.clear()
})

afterAll(async () => {
  connector.dispose()
  await rm(home, { recursive: true })
  await Promise.all(lab.machines.map((machine) => machine.run('rm -rf /var/lib/swarm-networks')))
  await lab.heal()
  await lab.cleanup()
})

/** Breaks a machine, repairs what is found first, and takes that back; gives what went wrong on the way. */
async function repairAndUndo(fault: DoctorFault, machine: Machine, choice = 0): Promise<void> {
  const mend = await fault.make(machine, lab)
  try {
    const window = new Window(machine)
    const isInRun = fault.cause === 'stale-pid-file' || fault.cause === 'stale-socket-file'
    const files = () => allFiles(machine, isInRun)
    const before = await files()
    pressing(window.session, 'l')
    const { first, plans } = await window.prepare(fault.cause)
    expect(first, fault.name).toBe(fault.cause)
    expect(await window.run(plans[choice]!), `${fault.name}\n${window.session.transcript}`).toBe('done')
    await machine.run('docker version')
    expect(await machine.run("docker inspect -f '{{.State.Running}}' keep"), fault.name).toBe('true\n')
    const after = await window.examine()
    expect(
      after.findings.map(({ cause }) => cause),
      fault.name,
    ).not.toContain(fault.cause)
    // What stood in the way of the engine's own file comes back only where that is gone.
    if (isInRun)
      await machine.run('systemctl stop docker.socket docker.service; rm -rf /run/docker.sock /run/docker.pid')
    expect(await new Window(machine).undoLast(), fault.name).toBe('undone')
    expect(await files(), fault.name).toEqual(before)
  } finally {
    // An engine that made a socket of its own took the file away from systemd's: a start alone would not make it anew.
    await machine.run('systemctl stop docker.socket docker.service || true')
    await mend()
  }
}

describe('a host whose engine does not come up', () => {
  const skipped: readonly DiagnosisCause[] = ['daemon-json-invalid', 'missing-binary', 'disk-full', 'engine-stopped']
  const repairable = engineFaults.filter(({ cause }) => !skipped.includes(cause))

  it.concurrent.each([
    ['lindenau', 0],
    ['miltitz', 1],
  ] as const)(
    'is repaired, its containers come back, and taking it back leaves each file as it was (%s)',
    { timeout: 240_000 },
    async (name, turn) => {
      const machine = lab.machine(name)
      await machine.run(
        'docker rm -f keep >/dev/null 2>&1; docker run -d --name keep --restart always --stop-signal KILL alpine sleep 1d',
      )
      for (const fault of repairable.filter((_, index) => index % 2 === turn)) {
        // What the unit of old has besides its command, this engine may not know either: the package’s own is taken.
        await repairAndUndo(fault, machine, fault.cause === 'legacy-unit' ? 1 : 0)
      }
    },
  )
})

describe('rights', () => {
  it.each([
    ['sudo-user', [], 0],
    ['sudo-password', ['wrong', sudoPassword], 2],
  ] as const)('of %s suffice, with the passwords %s', { timeout: 60_000 }, async (user, passwords, asked) => {
    const machine = lab.machine('miltitz')
    await broken(faultOf('unit-masked'), machine)
    const window = new Window(machine, user, passwords)
    const { plans, obstacle } = await window.prepare('unit-masked')
    expect(obstacle).toBeUndefined()
    expect(await window.run(plans[0]!), window.session.transcript).toBe('done')
    expect(window.asked).toBe(asked)
    expect(await machine.run('docker version --format up')).toBe('up\n')
    const kept = await machine.run(
      'cat /var/lib/swarm-networks/repairs/*/* 2>/dev/null; ls -ld /var/lib/swarm-networks/repairs/*',
    )
    for (const secret of passwords) expect(kept + window.session.transcript).not.toContain(secret)
    expect(kept).toMatch(/^drwx------ .* root root /m)
  })

  it('that are missing leave the commands to copy, and nothing is done', async () => {
    const machine = lab.machine('miltitz')
    await broken(faultOf('unit-masked'), machine)
    const window = new Window(machine, 'nobody-rights', ['wrong', 'wrong', 'wrong'])
    const { plans, obstacle } = await window.prepare('unit-masked')
    expect(obstacle).toContain('nobody-rights cannot become root')
    expect(planScript(plans[0]!, window.host.id)).toContain('systemctl unmask docker.service')
    expect(await window.run(plans[0]!)).toBe('not-begun')
    expect((await machine.exec('systemctl is-enabled docker.service')).stdout).toBe('masked\n')
  })
})

describe('leftover agents of a classic Swarm', () => {
  it(
    'are removed, those that only have the name are not, and they can be made again',
    { timeout: 60_000 },
    async () => {
      const machine = lab.machine('miltitz')
      await broken(faultOf('leftover-swarm-agent'), machine)
      mends.add(async () => {
        await machine.run('docker rm -f swarm-agent-master >/dev/null')
      })
      await machine.run('docker create --name swarm-agent-master alpine sleep 1d')
      const look = () =>
        machine.run(
          "docker inspect -f '{{.Path}} {{.Args}} {{.Config.Image}} {{.HostConfig.RestartPolicy.Name}}' swarm-agent",
        )
      const before = await look()
      const window = new Window(machine)
      const { plans } = await window.prepare('leftover-swarm-agent')
      expect(await window.run(plans[0]!), window.session.transcript).toBe('done')
      expect(await machine.run("docker ps -a --format '{{.Names}}' | grep swarm-agent")).toBe('swarm-agent-master\n')
      expect(await window.undoLast()).toBe('undone')
      expect(await look()).toBe(before)
    },
  )
})

describe('a connection that is lost in the middle of a plan', () => {
  const step = (id: string, script: string): RepairStep => ({
    ...{ id, title: `Do ${id}`, hostId: 'settings:miltitz', hostName: 'miltitz' },
    action: { kind: 'command', command: ['sh', '-c', script], asRoot: true, deadlineMs: 20_000 },
    undo: { kind: 'command', command: ['rm', '-f', `/run/${id}`], asRoot: true, deadlineMs: 5_000 },
  })
  const plan = (id: string): RepairPlan => ({
    ...{ id, title: 'Two steps', record: recordName(id, Date.now()), hostIds: ['settings:miltitz'] },
    ...{
      consequences: [],
      risk: 'low',
      steps: [step('one', 'touch /run/one; sleep 3'), step('two', 'touch /run/two')],
    },
  })
  /** The brackets keep pkill from finding the shell that runs it. */
  const cut = "until [ -e /run/one ]; do sleep 0.1; done; pkill -KILL -f '^sshd(-session)?: roo[t]'"

  it('is made anew; the step ended at the host, which wrote that down, and the plan goes on', async () => {
    const machine = lab.machine('miltitz')
    const window = new Window(machine)
    const [result] = await Promise.all([window.run(plan('lost')), machine.run(cut)])
    expect(result, window.session.transcript).toBe('done')
    expect(window.session.transcript).toContain('The host wrote down that it was done.')
    expect(await machine.run('ls /run/one /run/two')).toContain('/run/two')
    expect(await window.undoLast()).toBe('undone')
    expect((await machine.exec('ls /run/one /run/two')).stdout).toBe('')
  })

  it('and stays away leaves a state that the host knows', { timeout: 60_000 }, async () => {
    const machine = lab.machine('miltitz')
    const window = new Window(machine)
    pressing(window.session, 'l')
    const running = window.run(plan('gone'))
    await machine.run(cut.replace('pkill', 'iptables -I INPUT -p tcp --dport 22 -j DROP; pkill'))
    const result = await running
    await machine.run('iptables -D INPUT -p tcp --dport 22 -j DROP')
    expect(result, window.session.transcript).toBe('left')
    expect(window.session.transcript).toContain('It was begun; its end is not known.')
    expect(window.memory.read()[0]).toMatchObject({ states: ['unknown', 'waiting'], outcome: 'left' })
    const [known] = await undoableRepairs(window.context, window.host, live())
    expect(known?.states).toEqual(['done', 'waiting'])
    expect(await window.undoLast()).toBe('undone')
    expect((await machine.exec('ls /run/one')).stdout).toBe('')
  })
})
