import { beforeEach, describe, expect, it, vi } from 'vitest'
import { repair } from '../../../../src/app/commands/repair'
import type { NodeSubject } from '../../../../src/app/tree/tree-node'
import type { HostDiagnosis } from '../../../../src/core/examine/host/host-diagnosis'
import { aHostFacts } from '../../examine-builders'
import { CommandWorld } from '../../fakes/command-world'
import { FakeHost } from '../../fakes/fake-host'
import type { Answer } from '../../fakes/fake-ui'
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

async function drain(output: AsyncIterable<Uint8Array>): Promise<void> {
  const end = output[Symbol.asyncIterator]()
  while ((await end.next()).done !== true);
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
