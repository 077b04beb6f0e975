import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { certificateReader } from '../../src/adapters/docker/certificate-reader'
import { localPrograms } from '../../src/adapters/local-programs'
import { systemClock } from '../../src/adapters/system-clock'
import type { CommandContext } from '../../src/app/commands/command'
import { repair } from '../../src/app/commands/repair'
import { undoLastRepair } from '../../src/app/commands/undo-last-repair'
import { Examinations } from '../../src/app/examinations'
import { MachineRuns } from '../../src/app/machine/machine-runs'
import { RebuildMemory } from '../../src/app/machine/rebuild-memory'
import { StoredRepairs } from '../../src/app/repair/repair-memory'
import { RootAccess } from '../../src/app/root/root-access'
import { TestResults } from '../../src/app/test-results'
import type { NodeSubject } from '../../src/app/tree/tree-node'
import type { TerminalRequest } from '../../src/app/ui'
import { managersOfHost } from '../../src/core/forms/swarms'
import { FakeStorage } from '../unit/fakes/fake-storage'
import { noLineFixes } from '../unit/fakes/no-line-fixes'
import { FakeUi, type Answer } from '../unit/fakes/fake-ui'
import { engineFaults } from './doctor-faults'
import { openLab, type Lab } from './lab'
import type { Undo } from './machines/faults'
import { openFleetOf, type FleetWithShells } from './open-fleet'

/*
 * Several real hosts are broken at once and repaired by the command of the context menu, one after the other: workers
 * before managers, and never a second manager away.
 */

const quiet = () => undefined
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet }
const dropIn = '/etc/systemd/system/docker.service.d/override.conf'
const at = (name: string): NodeSubject => ({ kind: 'host', hostId: `settings:${name}` })

let lab: Lab
let opened: FleetWithShells
let repairs: StoredRepairs
const mends = new Set<Undo>()

beforeAll(async () => {
  lab = await openLab()
  await lab.heal()
  await lab.cleanup()
})

afterEach(async () => {
  await opened[Symbol.asyncDispose]()
  for (const mend of mends) await mend()
  mends.clear()
  await lab.heal()
  await Promise.all(lab.machines.map((machine) => machine.run('rm -rf /var/lib/swarm-networks')))
})

afterAll(() => lab.cleanup())

/** A window that has seen all hosts well. */
async function openWindow(): Promise<void> {
  repairs = new StoredRepairs(new FakeStorage())
  opened = await openFleetOf(lab, 'root')
  await expect
    .poll(() => opened.service.fleet.hosts.map(({ state }) => state), { timeout: 30_000 })
    .toEqual(lab.machines.map(() => 'ready'))
}

/** Leaves a drop-in of old behind, as an upgrade does; the engine does not come up any more. */
async function breakEngine(name: string): Promise<void> {
  const fault = engineFaults.find((one) => one.name === 'stale-drop-in with the command of old')!
  mends.add(await fault.make(lab.machine(name), lab))
}

/** A second command line, which an engine that runs survives until it is restarted. */
async function forgetReset(name: string): Promise<void> {
  const folder = '/etc/systemd/system/docker.service.d'
  const machine = lab.machine(name)
  mends.add(async () => {
    await machine.run(`rm -rf ${folder}; systemctl daemon-reload`)
  })
  await machine.run(
    `mkdir -p ${folder}; printf '[Service]\\nExecStart=/usr/sbin/dockerd -H fd://\\n' >${dropIn}; systemctl daemon-reload`,
  )
}

/** Where its managers changed just now, a swarm says "update out of sequence" and takes it a moment later. */
async function demote(name: string): Promise<void> {
  await lab.manager.run(`for try in $(seq 20); do docker node demote ${name} && exit; sleep 1; done; exit 1`)
}

interface Shown {
  readonly ui: FakeUi
  readonly text: string
}

/** Runs the command on these hosts; in its terminal, the keys are pressed as it asks. */
async function runOn(
  names: readonly string[],
  answers: readonly Answer[],
  { keys = [], command = repair }: { keys?: readonly string[]; command?: typeof repair } = {},
): Promise<Shown> {
  const ui = new FakeUi(answers)
  let shown: Promise<string> = Promise.resolve('')
  const openTerminal = ui.openTerminal.bind(ui)
  ui.openTerminal = (request) => {
    shown = show(request, keys)
    return openTerminal(request)
  }
  const context: CommandContext = {
    ...{ fleet: opened.service, shells: opened.shells, programs: localPrograms, repairs, clock: systemClock, log, ui },
    connector: { connect: () => Promise.reject(new Error('No host is connected to here')) },
    root: new RootAccess({ askRootPassword: () => Promise.resolve(undefined) }),
    targetOf: () => {
      throw new Error('No host is added here')
    },
    ...{
      results: new TestResults(),
      examinations: new Examinations(),
      machineRuns: new MachineRuns(),
      rebuilds: new RebuildMemory(new FakeStorage()),
      lineFixes: noLineFixes,
      certificates: certificateReader,
    },
    settings: { helper: undefined } as CommandContext['settings'],
  }
  await command.run(context, at(names[0]!), names.map(at))
  const text = await shown
  expect(ui.unused, text).toEqual([])
  return { ui, text }
}

async function show(request: TerminalRequest, keys: readonly string[]): Promise<string> {
  const session = await request.open({ columns: 80, rows: 24 }, new AbortController().signal)
  const decoder = new TextDecoder()
  const left = [...keys]
  let text = ''
  for await (const chunk of session.output) {
    const before = text.split('L: leave it as it is').length
    text += decoder.decode(chunk, { stream: true })
    if (text.split('L: leave it as it is').length > before) session.write(left.shift() ?? 'l')
  }
  // eslint-disable-next-line no-control-regex -- colours are control characters
  return text.replaceAll(/\u001B\[[\d;]*m/g, '')
}

const isUp = async (name: string) => (await lab.machine(name).exec('systemctl is-active docker.service')).stdout.trim()
const recordsOf = async (name: string) =>
  (await lab.machine(name).exec('ls /var/lib/swarm-networks/repairs 2>/dev/null')).stdout.trim()
const yes = ['accept', { press: 'Repair One by One' }] as const

/** Waits until the managers reach this one. */
async function becomesReachable(name: string): Promise<void> {
  await expect
    .poll(() => lab.manager.run("docker node ls --format '{{.Hostname}} {{.ManagerStatus}}'"), { timeout: 90_000 })
    .toContain(`${name} Reachable`)
}

describe('a roll-out over broken hosts', () => {
  it(
    'shows all plans first, repairs the worker before the manager, and each can be taken back alone',
    { timeout: 240_000 },
    async () => {
      await openWindow()
      await breakEngine('lindenau')
      await breakEngine('tolkewitz')
      const before = await lab.machine('lindenau').run(`stat -c '%a %u %g %Y' ${dropIn}; sha256sum ${dropIn}`)
      await expect
        .poll(() => opened.service.fleet.hosts.map(({ name, state }) => `${name} ${state}`), { timeout: 30_000 })
        .toEqual(['lindenau unreachable', 'miltitz ready', 'tolkewitz unreachable'])
      const { ui, text } = await runOn(['tolkewitz', 'lindenau'], yes)
      expect(ui.documents[0]?.content.match(/^# Move the drop-in/gm)).toHaveLength(2)
      expect(ui.terminals[0]?.title).toBe('Repair 2 hosts: lindenau and tolkewitz')
      expect(text).toMatch(
        /Host 1 of 2: lindenau \(worker\)[^]*lindenau is as it should be\.[^]*Host 2 of 2: tolkewitz \(manager\)[^]*until the swarm has its manager tolkewitz back[^]*All hosts are repaired\./,
      )
      expect(ui.said).toContain('2 hosts are repaired.')
      expect([await isUp('lindenau'), await isUp('tolkewitz')]).toEqual(['active', 'active'])
      expect(
        await lab.manager.run("docker node inspect self -f '{{.Status.State}} {{.ManagerStatus.Reachability}}'"),
      ).toBe('ready reachable\n')
      expect([await recordsOf('lindenau'), await recordsOf('tolkewitz')]).toEqual([
        expect.stringMatching(/-stale-drop-in$/),
        expect.stringMatching(/-stale-drop-in$/),
      ])
      await runOn(['lindenau'], [{ press: 'Take Back' }], { command: undoLastRepair })
      expect(await lab.machine('lindenau').run(`stat -c '%a %u %g %Y' ${dropIn}; sha256sum ${dropIn}`)).toBe(before)
      expect((await lab.machine('tolkewitz').exec(`test -e ${dropIn}`)).code).not.toBe(0)
    },
  )

  it(
    'stops at the first host that does not come up; the one behind it stays untouched',
    { timeout: 240_000 },
    async () => {
      await openWindow()
      await breakEngine('lindenau')
      await breakEngine('miltitz')
      // Nothing that an examination names: only the start itself fails, whatever is moved aside.
      const blocking = '/etc/systemd/system/docker.service.d/zz-block.conf'
      await lab.machine('lindenau').run(`printf '[Service]\\nExecStartPre=/bin/false\\n' >${blocking}`)
      const before = await lab.machine('miltitz').run(`stat -c '%a %u %g %Y' ${dropIn}; sha256sum ${dropIn}`)
      const { ui, text } = await runOn(['lindenau', 'miltitz'], yes, { keys: ['u'] })
      expect(text).toMatch(/Host 1 of 2: lindenau[^]*Stopped at[^]*It was taken back\.[^]*miltitz: not touched/)
      expect(text).not.toContain('Host 2 of 2')
      expect(ui.said).toContain('It stopped at lindenau. Not touched: miltitz.')
      expect(await recordsOf('miltitz')).toBe('')
      expect(await lab.machine('miltitz').run(`stat -c '%a %u %g %Y' ${dropIn}; sha256sum ${dropIn}`)).toBe(before)
      await lab.machine('lindenau').run(`test -e ${dropIn}`)
    },
  )

  it('takes no manager down while another one is away', { timeout: 420_000 }, async () => {
    await lab.manager.run('docker node promote lindenau miltitz')
    try {
      // A node that is promoted is a manager for the others once it has their state.
      await becomesReachable('lindenau')
      await becomesReachable('miltitz')
      await openWindow()
      await forgetReset('tolkewitz')
      await forgetReset('miltitz')
      const start = await lab.machine('lindenau').faults.stopDockerService()
      await expect
        .poll(() => lab.manager.run("docker node ls --format '{{.Hostname}} {{.ManagerStatus}}'"), { timeout: 40_000 })
        .toContain('lindenau Unreachable')
      const unreached = () =>
        managersOfHost(opened.service.fleet, 'settings:tolkewitz')?.filter((node) => node.reachability !== 'reachable')
      await expect.poll(() => unreached()?.map(({ hostName }) => hostName), { timeout: 30_000 }).toEqual(['lindenau'])
      const refused = await runOn(['tolkewitz', 'miltitz'], yes, { keys: ['l'] })
      expect(
        refused.ui.documents[0]?.content.match(/only 1 of the others is reached, which is no majority/g),
      ).toHaveLength(2)
      expect(refused.text).toMatch(/miltitz is not touched: the swarm does not reach its manager lindenau/)
      expect([await recordsOf('miltitz'), await recordsOf('tolkewitz')]).toEqual(['', ''])
      await start()
      await becomesReachable('lindenau')
      const { text } = await runOn(['tolkewitz', 'miltitz'], yes)
      expect(text).toMatch(
        /Host 1 of 2: miltitz \(manager\)[^]*until the swarm has its manager miltitz back[^]*Host 2 of 2: tolkewitz \(leader\)[^]*All hosts are repaired/,
      )
    } finally {
      await lab.heal()
      await demote('lindenau')
      await demote('miltitz')
    }
  })
})
