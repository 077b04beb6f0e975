import { beforeEach, describe, expect, it, vi } from 'vitest'
import { undoLastRepair } from '../../../../src/app/commands/undo-last-repair'
import { RepairHosts } from '../../../../src/app/repair/repair-hosts'
import { RepairRunner } from '../../../../src/app/repair/repair-runner'
import { RepairSession } from '../../../../src/app/repair/repair-session'
import type { NodeSubject } from '../../../../src/app/tree/tree-node'
import { SwarmNetworksError } from '../../../../src/core/errors'
import { CommandWorld } from '../../fakes/command-world'
import { FakeHost } from '../../fakes/fake-host'
import { FakeStorage } from '../../fakes/fake-storage'
import type { Answer } from '../../fakes/fake-ui'
import { aRecordName, aRepair } from '../../repair-builders'

const tolkewitz = { kind: 'host', hostId: 'settings:tolkewitz' } satisfies NodeSubject
const size = { columns: 100, rows: 30 }

let host: FakeHost
let storage: FakeStorage

beforeEach(() => {
  host = new FakeHost()
  storage = new FakeStorage()
})

/** An editor that was started anew; what it and the host keep is the same. */
function aWindow(...answers: readonly Answer[]): CommandWorld {
  const world = new CommandWorld({ answers, storage })
  world.shells.answer = (command) => host.run(command)
  return world
}

async function repair(plan = aRepair()): Promise<void> {
  const { context } = aWindow()
  const screen = new RepairSession()
  const hosts = new RepairHosts(context)
  await new RepairRunner({ ...context, hosts, screen, memory: context.repairs }).repair(plan)
}

/** Runs the command and its terminal to the end; gives what the terminal showed. */
async function undo(world: CommandWorld): Promise<string> {
  const running = world.run(undoLastRepair, tolkewitz)
  await vi.waitFor(() => expect(world.ui.terminals).toHaveLength(1))
  const session = await world.ui.terminals[0]!.open(size, new AbortController().signal)
  let text = ''
  for await (const chunk of session.output) text += new TextDecoder().decode(chunk)
  await running
  return text
}

describe('undoLastRepair', () => {
  it('takes back what was done, after a restart of the editor', async () => {
    await repair()
    const world = aWindow({ press: 'Take Back' })
    expect(await undo(world)).toContain('It was taken back.')
    expect(host.done.slice(-2)).toEqual([expect.stringMatching(/^mv \/var\/lib/), 'systemctl daemon-reload'])
    expect(world.ui.terminals[0]!.title).toBe('Undo at tolkewitz')
    expect(world.access.refreshed).toEqual(['settings:tolkewitz'])
    expect(world.context.repairs.read()).toMatchObject([{ isUndone: true }])
  })

  it('shows first what it will do, in a document and in the question', async () => {
    await repair()
    const world = aWindow('leave')
    await world.run(undoLastRepair, tolkewitz)
    expect(world.ui.documents[0]?.content).toContain('mv /var/lib/swarm-networks/repairs/')
    expect(world.ui.choices[0]).toMatchObject({
      message: 'Take back: Move the drop-in override.conf aside, on tolkewitz?',
      actions: ['Take Back', 'Copy Commands'],
    })
    expect(world.ui.choices[0]?.detail).toContain(`/var/lib/swarm-networks/repairs/${aRecordName}`)
    expect(host.done.at(-1)).toBe('docker version')
  })

  it('gives the commands to whoever runs them by hand', async () => {
    await repair()
    const world = aWindow({ press: 'Copy Commands' })
    await world.run(undoLastRepair, tolkewitz)
    expect(world.ui.copied[0]).toContain('#!/bin/sh')
    expect(world.ui.terminals).toEqual([])
  })

  it('works from the host’s own record, where the editor knows nothing', async () => {
    await repair(aRepair({ hostIds: ['context:elsewhere'], steps: aRepair().steps }))
    storage = new FakeStorage()
    const world = aWindow({ press: 'Take Back' })
    await undo(world)
    expect(host.done.at(-1)).toBe('systemctl daemon-reload')
  })

  it('is not offered twice', async () => {
    await repair()
    await undo(aWindow({ press: 'Take Back' }))
    const world = aWindow()
    await world.run(undoLastRepair, tolkewitz)
    expect(world.ui.said).toContain('There is no repair of tolkewitz that could be taken back.')
  })

  it('says why where the host cannot be asked and the editor remembers nothing', async () => {
    const world = aWindow()
    world.shells.failure = new SwarmNetworksError('unreachable', 'no route', { host: 'tolkewitz' })
    expect(await world.failure(undoLastRepair, tolkewitz)).toMatchObject({ code: 'unreachable' })
  })
})
