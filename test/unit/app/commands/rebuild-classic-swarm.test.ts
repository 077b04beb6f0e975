import { beforeEach, describe, expect, it, vi } from 'vitest'
import { rebuildClassicSwarm } from '../../../../src/app/commands/rebuild-classic-swarm'
import type { NodeSubject } from '../../../../src/app/tree/tree-node'
import type { Fleet } from '../../../../src/core/model/fleet'
import type { Host } from '../../../../src/core/model/host'
import { aFleet, aHost } from '../../builders'
import { CommandWorld } from '../../fakes/command-world'
import { FakeStorage } from '../../fakes/fake-storage'
import type { Answer } from '../../fakes/fake-ui'
import { recordedHost } from '../../fakes/recorded-host'

const at = (name: string): NodeSubject => ({ kind: 'host', hostId: `settings:${name}` })
let storage: FakeStorage

beforeEach(() => {
  storage = new FakeStorage()
})

function aMachine(name: string, isManager = false, discovery = 'etcd://store'): Host {
  const host = aHost(name, { role: 'none' })
  const machine = {
    ...{ name, driver: 'generic', store: '/store', engineFlags: [], engineLabels: [] },
    swarm: { discovery, isManager, isAgent: true },
  }
  return { ...host, target: { ...host.target!, source: 'docker-machine', machine } }
}

const fleet: Fleet = aFleet([
  aMachine('kaditz'),
  aMachine('miltitz'),
  aMachine('tolkewitz', true),
  aMachine('elsewhere', true, 'etcd://other'),
  aHost('plain'),
])

/** A window in which no host has agents. */
function aWindow(...answers: readonly Answer[]): CommandWorld {
  const world = new CommandWorld({ fleet, answers, storage })
  const looks = new Map(fleet.hosts.map(({ name }) => [name, recordedHost('bookworm-tls-root', { hasSecond: true })]))
  world.shells.answer = (command) => looks.get(command.host)!(command)
  return world
}

async function runInTerminal(world: CommandWorld, subject: NodeSubject, keys = ''): Promise<string> {
  const running = world.run(rebuildClassicSwarm, subject)
  await vi.waitFor(() => expect(world.ui.terminals).toHaveLength(1))
  const session = await world.ui.terminals[0]!.open({ columns: 90, rows: 30 }, new AbortController().signal)
  let text = ''
  for await (const chunk of session.output) {
    text += new TextDecoder().decode(chunk)
    if (text.includes('L: leave it as it is')) session.write(keys)
  }
  await running
  return text
}

const provisioned = (world: CommandWorld) => world.programs.started.map(({ args }) => args.at(-1))

describe('rebuildClassicSwarm', () => {
  it('shows the plan, then provisions the machines of one swarm, masters first', async () => {
    const world = aWindow('accept', { confirm: true })
    await runInTerminal(world, at('kaditz'))
    expect(world.ui.questions[0]?.labels).toEqual(['tolkewitz', 'kaditz', 'miltitz'])
    expect(world.ui.documents[0]?.name).toBe('rebuild-classic-swarm.md')
    expect(world.ui.confirmations[0]?.detail).toContain(
      '1. tolkewitz (master)\n    docker-machine --storage-path /store',
    )
    expect(world.ui.terminals[0]?.title).toBe('Rebuild Classic Swarm: tolkewitz, kaditz and miltitz')
    expect(provisioned(world)).toEqual(['tolkewitz', 'kaditz', 'miltitz'])
    expect(world.ui.said).toContain('3 of 3 machines are provisioned.')
    expect(world.context.rebuilds.read()).toEqual([])
  })

  it('goes on where it stopped, also after a restart of the editor', async () => {
    const first = aWindow('accept', { confirm: true })
    first.programs.runs.push(
      { output: '', status: 0 },
      { output: 'Maximum number of retries (10) exceeded', status: 1 },
    )
    const text = await runInTerminal(first, at('kaditz'), 'l')
    expect(text).toContain('The engine did not come up with what docker-machine wrote')
    expect(provisioned(first)).toEqual(['tolkewitz', 'kaditz'])
    expect(first.ui.said).toContain('goes on where it stopped')
    const second = aWindow({ pick: 'Go on with kaditz' }, 'accept', { confirm: true })
    await runInTerminal(second, at('kaditz'))
    expect(provisioned(second)).toEqual(['kaditz', 'miltitz'])
    expect(second.context.rebuilds.read()).toEqual([])
  })

  it('starts over when told to', async () => {
    await aWindow().context.rebuilds.save({ store: '/store', machines: ['tolkewitz', 'kaditz'], done: ['tolkewitz'] })
    const world = aWindow({ pick: 'Start over' }, 'accept', { confirm: true })
    await runInTerminal(world, at('kaditz'))
    expect(provisioned(world)).toHaveLength(3)
  })

  it('takes only those that were selected', async () => {
    const world = aWindow('accept', { confirm: false })
    await rebuildClassicSwarm.run(world.context, at('kaditz'), [at('kaditz'), at('tolkewitz'), at('plain')])
    expect(world.ui.questions[0]?.labels).toEqual(['tolkewitz', 'kaditz'])
    expect(world.programs.started).toEqual([])
  })

  it('refuses a host that is no machine of a classic Swarm', async () => {
    expect(await aWindow().failure(rebuildClassicSwarm, at('plain'))).toMatchObject({ code: 'unsupported' })
  })
})
