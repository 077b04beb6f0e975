import { readFileSync } from 'node:fs'
import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createConnector, type OwnedConnector } from '../../src/adapters/create-connector'
import { certificateReader } from '../../src/adapters/docker/certificate-reader'
import { localPrograms } from '../../src/adapters/local-programs'
import { DockerMachineSource } from '../../src/adapters/sources/docker-machine-source'
import { thisMachine } from '../../src/adapters/sources/local-machine'
import { systemClock } from '../../src/adapters/system-clock'
import type { Command, CommandContext } from '../../src/app/commands/command'
import { machineProvision } from '../../src/app/commands/machine-provision'
import { rebuildClassicSwarm } from '../../src/app/commands/rebuild-classic-swarm'
import { repair } from '../../src/app/commands/repair'
import { Examinations } from '../../src/app/examinations'
import { FleetService } from '../../src/app/fleet-service'
import { MachineRuns } from '../../src/app/machine/machine-runs'
import { RebuildMemory } from '../../src/app/machine/rebuild-memory'
import { StoredRepairs } from '../../src/app/repair/repair-memory'
import { RootAccess } from '../../src/app/root/root-access'
import { TestResults } from '../../src/app/test-results'
import type { TerminalRequest } from '../../src/app/ui'
import { noPrompts } from '../no-prompts'
import { aConfigFile } from '../unit/core/machine/samples'
import { FakeStorage } from '../unit/fakes/fake-storage'
import { noLineFixes } from '../unit/fakes/no-line-fixes'
import { FakeUi, type Answer } from '../unit/fakes/fake-ui'
import { engineFaults } from './doctor-faults'
import { makeHome } from './home'
import { openLab, type Lab } from './lab'
import type { Undo } from './machines/faults'

/*
 * docker-machine's commands on real hosts: its program is a stand-in that replays what a real one wrote, with its exit
 * status; the containers that it stops at, and the faults that keep the engine down, are real.
 */

const quiet = () => undefined
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet }
const program = join(import.meta.dirname, '../fixtures/docker-machine/stand-in.sh')
const conflict = 'provision-again-409.txt:1'
const retries = 'provision-retries.txt:1'
const success = 'regenerate-certs.txt:0'
const master = 'lindenau'
const agent = 'miltitz'

let lab: Lab
let store: string
let home: string
let calls: string
let service: FleetService
let connector: OwnedConnector
let storage: FakeStorage
const examinations = new Examinations()
const machineRuns = new MachineRuns()
const mends = new Set<Undo>()

async function writeMachine(name: string, isMaster: boolean): Promise<void> {
  const folder = join(store, 'machines', name)
  await mkdir(folder, { recursive: true })
  const Swarm = { IsSwarm: true, Discovery: 'etcd://198.18.7.98:2379/swarm', Agent: true, Master: isMaster }
  const Driver = { IPAddress: lab.machine(name).address, SSHKeyPath: '' }
  await writeFile(join(folder, 'config.json'), aConfigFile({ Driver, Swarm }))
  await cp(lab.description.sshKey, join(folder, 'id_rsa'))
  await chmod(join(folder, 'id_rsa'), 0o600)
  for (const file of ['ca.pem', 'cert.pem', 'key.pem']) await cp(join(lab.description.tls, file), join(folder, file))
}

beforeAll(async () => {
  lab = await openLab()
  await lab.heal()
  await lab.cleanup()
  store = await mkdtemp(join(tmpdir(), 'machine-store-'))
  home = await makeHome(lab)
  await writeMachine(master, true)
  await writeMachine(agent, false)
  const machine = { ...thisMachine(), env: { MACHINE_STORAGE_PATH: store }, home }
  connector = createConnector({ machine, clock: systemClock, log, prompts: noPrompts })
  const sources = [new DockerMachineSource({ machine, clock: systemClock })]
  service = new FleetService({ connector, sources, clock: systemClock, log })
  service.start()
  await service.settled(AbortSignal.timeout(40_000))
})

beforeEach(() => {
  storage = new FakeStorage()
})

afterEach(async () => {
  for (const mend of mends) await mend()
  mends.clear()
  for (const name of [master, agent])
    await lab
      .machine(name)
      .run('docker rm -f swarm-agent swarm-agent-master >/dev/null 2>&1; rm -rf /var/lib/swarm-networks')
})

afterAll(async () => {
  service.dispose()
  connector.dispose()
  for (const name of ['MACHINE_REPLAY', 'MACHINE_CALLS']) Reflect.deleteProperty(process.env, name)
  await Promise.all([store, home].map((folder) => rm(folder, { recursive: true })))
  await lab.heal()
  await lab.cleanup()
})

const idOf = (name: string) => service.fleet.hosts.find((host) => host.target?.id === `docker-machine:${name}`)?.id
const called = () => readFileSync(calls, 'utf8').trim().split('\n')

/** What docker-machine writes from now on, one recording a call. */
async function replay(...recordings: readonly string[]): Promise<void> {
  calls = join(store, `calls-${String(Date.now())}`)
  await writeFile(calls, '')
  Object.assign(process.env, { MACHINE_REPLAY: recordings.join(' '), MACHINE_CALLS: calls })
}

/** Agents of a classic Swarm at work, as far as their image goes here: by their names, image and command. */
async function startAgents(name: string): Promise<void> {
  await lab.machine(name).run(`
    docker tag alpine swarm:latest
    docker create --name swarm-agent --restart always swarm:latest join --advertise 198.18.7.99:2376 etcd://198.18.7.98:2379
    ${name === master ? 'docker create --name swarm-agent-master --restart always swarm:latest manage etcd://198.18.7.98:2379' : ''}`)
}

const agentsOn = async (name: string) =>
  (await lab.machine(name).run("docker ps -a --format '{{.Names}}' | grep swarm-agent | sort || true")).trim()

interface Shown {
  readonly ui: FakeUi
  readonly texts: readonly string[]
}

/** Runs a command as its user would; its terminals open by themselves, and there the keys are pressed as it asks. */
async function run(
  command: Command,
  name: string,
  answers: readonly Answer[],
  keys: readonly string[] = [],
): Promise<Shown> {
  const ui = new FakeUi(answers)
  const shown: Promise<string>[] = []
  const left = [...keys]
  const openTerminal = ui.openTerminal.bind(ui)
  ui.openTerminal = (request) => {
    shown.push(show(request, left))
    return openTerminal(request)
  }
  const context: CommandContext = {
    ...{ fleet: service, shells: connector, programs: localPrograms, clock: systemClock, log, ui, examinations },
    ...{ machineRuns, repairs: new StoredRepairs(storage), rebuilds: new RebuildMemory(storage) },
    lineFixes: noLineFixes,
    connector: { connect: () => Promise.reject(new Error('No host is connected to here')) },
    root: new RootAccess({ askRootPassword: () => Promise.resolve(undefined) }),
    targetOf: () => {
      throw new Error('No host is added here')
    },
    ...{ results: new TestResults(), certificates: certificateReader },
    settings: { helper: undefined, dockerMachinePath: program } as unknown as CommandContext['settings'],
  }
  await command.run(context, { kind: 'host', hostId: idOf(name)! })
  const texts = await Promise.all(shown)
  expect(ui.unused, texts.join('\n')).toEqual([])
  return { ui, texts }
}

async function show(request: TerminalRequest, keys: string[]): Promise<string> {
  const session = await request.open({ columns: 80, rows: 24 }, new AbortController().signal)
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of session.output) {
    const before = text.split('L: leave it as it is').length
    text += decoder.decode(chunk, { stream: true })
    if (text.split('L: leave it as it is').length > before) session.write(keys.shift() ?? 'l')
  }
  return text
}

describe('provisioning a machine', () => {
  it('that stops at its agents has them removed, and is then done when it is offered again', async () => {
    await startAgents(master)
    await replay(conflict, success)
    const { ui, texts } = await run(machineProvision, master, [
      ...([{ confirm: true }, { press: 'Remove Agents…' }, { press: 'Repair' }, { confirm: true }] as const),
    ])
    expect(texts[0]).toContain('The container name "/swarm-agent-master" is already in use')
    expect(ui.messages[0]?.text).toContain('A container of an earlier provisioning is in the way')
    expect(ui.choices[0]?.message).toMatch(
      /Stop and remove swarm-agent(-master)? and swarm-agent(-master)?, on lindenau/,
    )
    expect(await agentsOn(master)).toBe('')
    expect(called()).toEqual(Array.from({ length: 2 }, () => `--storage-path ${store} provision ${master}`))
    expect(ui.said).toContain(`docker-machine provision ${master}: done.`)
    expect(machineRuns.failed(idOf(master)!)).toBeUndefined()
  })

  it(
    'whose engine does not come up is offered again after the repair of what kept it down',
    { timeout: 180_000 },
    async () => {
      const fault = engineFaults.find(({ name }) => name === 'stale-drop-in with the command of old')!
      mends.add(await fault.make(lab.machine(master), lab))
      await replay(retries, success)
      await run(machineProvision, master, [{ confirm: true }, { press: 'Examine Host' }])
      expect(machineRuns.failed(idOf(master)!)?.finding.cause).toBe('machine-engine-not-listening')
      const found = examinations.latest(idOf(master)!)!.findings
      expect(found[0]?.cause).toBe('stale-drop-in')
      const { ui } = await run(repair, master, [
        ...([{ pick: found[0]!.title }, { press: 'Repair' }, { press: 'Run It Again…' }, { confirm: true }] as const),
      ])
      expect(ui.said).toContain(`docker-machine provision ${master}: done.`)
      expect((await lab.machine(master).exec('systemctl is-active docker.service')).stdout).toBe('active\n')
      expect(machineRuns.failed(idOf(master)!)).toBeUndefined()
    },
  )
})

describe('rebuilding a classic Swarm', () => {
  it(
    'removes the agents of each machine, masters first, stops at a failure and goes on there',
    { timeout: 180_000 },
    async () => {
      await startAgents(master)
      await startAgents(agent)
      await replay(success, retries, success)
      const yes = ['accept', { confirm: true }] as const
      const first = await run(rebuildClassicSwarm, agent, yes, ['l'])
      expect(first.ui.confirmations[0]?.detail).toMatch(/^1\. lindenau \(master\)[^]*2\. miltitz \(agent\)/)
      expect(first.texts[0]).toContain('The engine did not come up with what docker-machine wrote')
      expect([await agentsOn(master), await agentsOn(agent)]).toEqual(['', ''])
      expect(called()).toEqual([master, agent].map((name) => `--storage-path ${store} provision ${name}`))
      const second = await run(rebuildClassicSwarm, agent, [{ pick: `Go on with ${agent}` }, ...yes])
      expect(called().at(-1)).toBe(`--storage-path ${store} provision ${agent}`)
      expect(called()).toHaveLength(3)
      expect(second.ui.said).toContain('1 of 1 machine is provisioned.')
    },
  )

  it('makes the agents again where it is taken back', { timeout: 120_000 }, async () => {
    await startAgents(master)
    await replay(retries)
    const look = () =>
      lab
        .machine(master)
        .run(
          "docker inspect -f '{{.Path}} {{.Args}} {{.HostConfig.RestartPolicy.Name}}' swarm-agent swarm-agent-master",
        )
    const before = await look()
    await run(rebuildClassicSwarm, master, ['accept', { confirm: true }], ['u'])
    expect(await look()).toBe(before)
    expect(called()).toHaveLength(1)
  })
})
