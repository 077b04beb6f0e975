import { beforeEach, describe, expect, it, vi } from 'vitest'
import { repair } from '../../../../src/app/commands/repair'
import { examineHost as examine } from '../../../../src/app/examine-host'
import { diagnoseMachineOutput } from '../../../../src/core/machine/machine-failures'
import type { NodeSubject } from '../../../../src/app/tree/tree-node'
import { SwarmNetworksError } from '../../../../src/core/errors'
import type { HostDiagnosis } from '../../../../src/core/examine/host/host-diagnosis'
import { aHostFacts } from '../../examine-builders'
import { CommandWorld } from '../../fakes/command-world'
import { FakeHost } from '../../fakes/fake-host'
import { FakeShells } from '../../fakes/fake-shells'
import type { Answer } from '../../fakes/fake-ui'
import { recordedHost } from '../../fakes/recorded-host'
import { aMachineFleet } from '../machine/machine-fleet'
import { aFindingOf } from '../../repair-builders'

const hostId = 'settings:tolkewitz'
const disabled = aFindingOf('unit-disabled', { unit: 'docker.service', isRunning: true })
const size = { columns: 100, rows: 30 }

let host: FakeHost

beforeEach(() => {
  host = new FakeHost()
})

function subjectOf(finding: HostDiagnosis, index = 0): NodeSubject {
  return { kind: 'host-diagnosis', hostId, cause: finding.cause, index }
}

/** A window in which tolkewitz was examined. */
function aWindow(findings: readonly HostDiagnosis[], ...answers: readonly Answer[]): CommandWorld {
  const world = new CommandWorld({ answers })
  world.shells.answer = (command) => host.run(command)
  world.context.examinations.set({ hostId, facts: aHostFacts(), findings })
  return world
}

/** To the end; one that asks says why nobody expected that. */
async function drain(output: AsyncIterable<Uint8Array>): Promise<void> {
  let text = ''
  for await (const chunk of output) {
    text += new TextDecoder().decode(chunk)
    if (text.includes('L: leave it as it is')) throw new Error(text)
  }
}

/** Runs the command and its terminal to the end. */
async function run(world: CommandWorld, subject?: NodeSubject): Promise<void> {
  const running = world.run(repair, subject)
  await vi.waitFor(() => expect(world.ui.terminals).toHaveLength(1))
  const session = await world.ui.terminals[0]!.open(size, new AbortController().signal)
  await drain(session.output)
  await running
}

describe('repair', () => {
  it('shows the plan, runs it in a terminal titled with the host, and looks again', async () => {
    const world = aWindow([disabled], { press: 'Repair' })
    await run(world, subjectOf(disabled))
    expect(world.ui.documents[0]).toMatchObject({ name: 'unit-disabled@tolkewitz.md', show: 'preview' })
    expect(world.ui.documents[0]?.content).toContain('systemctl enable docker.service')
    expect(world.ui.choices[0]?.detail).toContain('1. Enable docker.service')
    expect(world.ui.terminals[0]?.title).toBe('Repair tolkewitz')
    expect(host.done).toContain('systemctl enable docker.service')
    expect(world.access.refreshed).toEqual([hostId])
    expect(world.ui.progresses.map(({ title }) => title)).toContain('Examining tolkewitz again')
  })

  it('removes from its finding what docker-machine stopped at, and refuses what is gone', async () => {
    const finding = diagnoseMachineOutput('409 Conflict. The container name "/swarm-agent" is already in use')!
    const subject = { kind: 'host-finding', hostId, cause: finding.cause } as const
    const world = new CommandWorld({ fleet: aMachineFleet(), answers: [{ confirm: false }] })
    world.shells.answer = recordedHost('bookworm-tls-root', { hasSecond: true })
    expect(await new CommandWorld().failure(repair, subject)).toMatchObject({ code: 'not-found' })
    world.machineRuns.set(hostId, { action: 'provision', finding, at: 0 })
    // Nothing is in the way any more: it goes on to what had failed.
    await world.run(repair, subject)
    expect(world.ui.progresses[0]?.title).toBe('Examining tolkewitz')
    expect(world.ui.confirmations[0]?.message).toBe('Provision tolkewitz?')
  })

  it('offers again what docker-machine could not do there before', async () => {
    const finding = diagnoseMachineOutput('Maximum number of retries (10) exceeded')!
    const target = aMachineFleet({ name: 'tolkewitz' })
    const world = new CommandWorld({
      fleet: target,
      answers: [{ press: 'Repair' }, { press: 'Run It Again…' }, { confirm: false }],
    })
    world.shells.answer = (command) => host.run(command)
    world.context.examinations.set({ hostId, facts: aHostFacts(), findings: [disabled] })
    world.machineRuns.set(hostId, { action: 'provision', finding, at: 0 })
    await run(world, subjectOf(disabled))
    expect(world.ui.said).toContain('Before this repair, docker-machine provision tolkewitz had failed')
    expect(world.ui.confirmations[0]?.message).toBe('Provision tolkewitz?')
  })

  it('does nothing without a yes', async () => {
    const world = aWindow([disabled], 'leave')
    await world.run(repair, subjectOf(disabled))
    expect(host.done).not.toContain('systemctl enable docker.service')
    expect(world.ui.terminals).toEqual([])
  })

  it('offers what was found and can be repaired, from the palette', async () => {
    const clock = aFindingOf('clock-off', { aheadMs: 1 })
    const world = aWindow([clock, disabled], { pick: 'unit-disabled' }, { press: 'Copy Commands' })
    await world.run(repair)
    expect(world.ui.questions[0]?.labels).toEqual(['unit-disabled'])
    expect(world.ui.copied[0]).toContain('systemctl enable docker.service')
  })

  it('gives a person the commands for what cannot be repaired from here', async () => {
    const full = { ...aFindingOf('disk-full', { path: '/', mountPoint: '/', isInodes: false }), byHand: ['df -h /'] }
    const world = aWindow([full], { press: 'Copy Commands' })
    await world.run(repair, subjectOf(full))
    expect(world.ui.choices[0]?.message).toContain('This cannot be repaired from here.')
    expect(world.ui.copied).toEqual(['# As root on tolkewitz:\ndf -h /\n'])
    expect(world.ui.terminals).toEqual([])
  })

  it('says what to do where nothing was examined', async () => {
    const world = aWindow([])
    await world.run(repair)
    expect(world.ui.said).toContain('use Examine Host first')
  })

  it('takes the only way there is without a question', async () => {
    const twice = aFindingOf('legacy-unit', {
      unit: 'docker.service',
      execStart: { file: '/etc/systemd/system/docker.service', line: 1, command: '/usr/bin/docker daemon' },
      program: undefined,
    })
    const world = aWindow([twice], 'leave')
    await world.run(repair, subjectOf(twice))
    expect(world.ui.choices[0]?.message).toContain('Move /etc/systemd/system/docker.service aside')
  })

  it('gives those without rights the commands, and says why', async () => {
    const world = aWindow([disabled], { press: 'Copy Commands' })
    world.shells.user = 'ada'
    world.shells.answer = () => ({ code: 127, stderr: 'env: sudo: No such file or directory' })
    await world.run(repair, subjectOf(disabled))
    expect(world.ui.choices[0]).toMatchObject({ actions: ['Copy Commands'] })
    expect(world.ui.choices[0]?.detail).toContain('ada cannot become root')
    expect(world.ui.copied[0]).toContain('systemctl enable docker.service')
  })

  it('refuses a finding that a newer examination does not have', async () => {
    const world = aWindow([])
    expect(await world.failure(repair, subjectOf(disabled))).toMatchObject({ code: 'not-found' })
  })
})

describe('repair of several hosts', () => {
  const names = ['tolkewitz', 'lindenau', 'miltitz'] as const
  const at = (name: string): NodeSubject => ({ kind: 'host', hostId: `settings:${name}` })
  const all = names.map(at)
  let fakes: Map<string, FakeHost>

  /** A window in which all three were examined just now; afterwards nothing is wrong any more. */
  async function aWindowOfThree(...answers: readonly Answer[]): Promise<CommandWorld> {
    const world = new CommandWorld({ answers })
    fakes = new Map(names.map((name) => [name, new FakeHost()]))
    const looks = new Map(names.map((name) => [name as string, recordedHost('bookworm-tls-root', { hasSecond: true })]))
    world.shells.answer = (command) => {
      const seen = looks.get(command.host)!(command)
      return seen.stdout === undefined ? fakes.get(command.host)!.run(command) : seen
    }
    for (const host of world.access.fleet.hosts) {
      const { findings } = await examine(world.context, host, { signal: AbortSignal.timeout(5_000), mayAsk: false })
      const facts = aHostFacts({ examinedAt: world.clock.now() })
      world.context.examinations.set({ hostId: host.id, facts, findings: [disabled, ...findings] })
    }
    return world
  }

  async function runInTerminal(world: CommandWorld, work: () => Promise<void>): Promise<void> {
    const running = work()
    await vi.waitFor(() => expect(world.ui.terminals).toHaveLength(1))
    const session = await world.ui.terminals[0]!.open(size, new AbortController().signal)
    await drain(session.output)
    await running
  }

  it('shows all plans in their order before anything runs, and runs them in one terminal', async () => {
    const world = await aWindowOfThree('accept', { press: 'Repair One by One' })
    await runInTerminal(world, () => repair.run(world.context, all[0], all))
    expect(world.ui.questions[0]?.labels).toEqual(['tolkewitz', 'lindenau', 'miltitz'])
    const [document] = world.ui.documents
    expect(document?.name).toBe('repair-of-3-hosts.md')
    expect(document?.content.match(/systemctl enable docker\.service/g)).toHaveLength(3)
    expect(world.ui.choices[0]?.detail).toMatch(
      /^1\. lindenau \(worker\)[^]*2\. miltitz \(worker\)[^]*3\. tolkewitz \(leader\)/,
    )
    expect(world.ui.terminals[0]?.title).toBe('Repair 3 hosts: lindenau, miltitz and tolkewitz')
    for (const fake of fakes.values()) expect(fake.done).toContain('systemctl enable docker.service')
    expect(world.ui.said).toContain('3 hosts are repaired.')
  })

  it('does nothing without a yes, and gives the commands of each', async () => {
    const world = await aWindowOfThree('accept', { press: 'Copy Commands' })
    await repair.run(world.context, all[0], all)
    expect(world.ui.copied[0]?.match(/systemctl enable docker\.service/g)).toHaveLength(3)
    for (const fake of fakes.values()) expect(fake.done).not.toContain('systemctl enable docker.service')
  })

  it('leaves out where nothing can be done, and says why', async () => {
    const world = await aWindowOfThree('accept', 'leave')
    world.shells.openShell = (target, signal) =>
      target.name === 'miltitz'
        ? Promise.reject(new SwarmNetworksError('timeout', 'no answer within 10 s', { host: 'miltitz' }))
        : FakeShells.prototype.openShell.call(world.shells, target, signal)
    await repair.run(world.context, all[0], all)
    expect(world.ui.choices[0]?.message).toBe('Repair 2 hosts, one after the other?')
    expect(world.ui.choices[0]?.detail).toContain('miltitz is left out: miltitz: no answer within 10 s')
  })

  it('repairs the findings that were selected, on each host the first', async () => {
    const world = await aWindowOfThree('accept', 'leave')
    const selected = names
      .slice(0, 2)
      .map((name): NodeSubject => ({ ...subjectOf(disabled), hostId: `settings:${name}` }) as NodeSubject)
    await repair.run(world.context, selected[0], selected)
    expect(world.ui.questions[0]?.labels).toEqual(['lindenau', 'tolkewitz'])
  })

  it('says where nothing is to be repaired', async () => {
    const world = await aWindowOfThree()
    for (const { hostId } of all as readonly { hostId: string }[])
      world.context.examinations.set({ hostId, facts: aHostFacts({ examinedAt: world.clock.now() }), findings: [] })
    await repair.run(world.context, all[0], all)
    expect(world.ui.said).toContain('Nothing was found on these hosts that can be repaired from here.')
  })

  it('looks at hosts first that were not looked at lately', async () => {
    const world = await aWindowOfThree()
    await world.clock.advance(600_000)
    await repair.run(world.context, all[0], all)
    expect(world.ui.progresses[0]?.title).toBe('Examining 3 hosts')
  })

  it('looks at one host first that nobody looked at', async () => {
    const world = await aWindowOfThree('leave')
    world.context.examinations.forget('settings:lindenau')
    await world.run(repair, at('lindenau'))
    expect(world.ui.progresses[0]?.title).toBe('Examining lindenau')
    expect(world.ui.questions[0]?.labels).toContain('Its key-value store cannot be reached from the host')
  })
})
