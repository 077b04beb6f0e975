import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { RebuildRunner, type RebuildEntry, type RebuildOutcome } from '../../../../src/app/machine/rebuild-runner'
import { RepairHosts } from '../../../../src/app/repair/repair-hosts'
import { RepairSession } from '../../../../src/app/repair/repair-session'
import { SwarmNetworksError } from '../../../../src/core/errors'
import type { RepairPlan } from '../../../../src/core/repair/plan'
import { aFleet, aHost } from '../../builders'
import { CommandWorld } from '../../fakes/command-world'
import { FakeHost } from '../../fakes/fake-host'
import { aCommand, aRepair, aStep } from '../../repair-builders'
import { pressing } from '../repair/pressing'

const recorded = (name: string) =>
  readFileSync(join(import.meta.dirname, '../../../fixtures/docker-machine', name), 'utf8')
const conflict = { output: recorded('provision-again-409.txt'), status: 1 }
const names = ['kaditz', 'tolkewitz']
const hosts = names.map((name) => aHost(name, { role: 'none' }))

let world: CommandWorld
let fake: FakeHost
let screen: RepairSession
let prepared: (RepairPlan | undefined)[]
let done: (readonly string[])[]

beforeEach(() => {
  world = new CommandWorld({ fleet: aFleet(hosts) })
  fake = new FakeHost()
  world.shells.answer = (command) => fake.run(command)
  screen = new RepairSession()
  prepared = []
  done = []
})

function aRemoval(name: string): RepairPlan {
  const hostId = `settings:${name}`
  const step = aStep(`remove-${name}`, { hostId, hostName: name, undo: aCommand('create', name) })
  return aRepair({ id: 'leftover-swarm-agent', hostIds: [hostId], steps: [step] })
}

function anEntry(name: string): RebuildEntry {
  const machine = { name, driver: 'generic', store: '/store', engineFlags: [], engineLabels: [] }
  const line = `docker-machine --storage-path /store provision ${name}`
  return {
    host: hosts.find((host) => host.name === name)!,
    machine,
    name,
    isMaster: name === 'kaditz',
    removal: aRemoval(name),
    line,
  }
}

function run(entries = names.map(anEntry)): Promise<readonly RebuildOutcome[]> {
  const runner = new RebuildRunner({
    ...{ ...world.context, hosts: new RepairHosts(world.context), screen, memory: world.context.repairs },
    program: 'docker-machine',
    prepare: () => Promise.resolve(prepared.shift()),
    onDone: (all) => {
      done.push(all)
      return Promise.resolve()
    },
  })
  return runner.run(entries)
}

const provisioned = () => world.programs.started.map(({ args }) => args.at(-1))

describe('a rebuild', () => {
  it('removes the agents of each machine just before it is provisioned, and says where it stands', async () => {
    world.programs.runs.push({ output: recorded('regenerate-certs.txt'), status: 0 })
    expect(await run()).toEqual(['done', 'done'])
    expect(fake.done).toEqual(['do remove-kaditz', 'do remove-tolkewitz'])
    expect(provisioned()).toEqual(['kaditz', 'tolkewitz'])
    expect(done).toEqual([['kaditz'], ['kaditz', 'tolkewitz']])
    expect(screen.transcript).toMatch(/Machine 1 of 2: kaditz \(master\)[^]*Copying certs[^]*Machine 2 of 2: tolkewitz/)
    expect(screen.transcript).toContain('2 of 2 machines are provisioned.')
  })

  it('stops at the first that fails, and says what is known of it', async () => {
    world.programs.runs.push(conflict)
    pressing(screen, 'l')
    expect(await run()).toEqual(['failed', 'waiting'])
    expect(provisioned()).toEqual(['kaditz'])
    expect(done).toEqual([])
    expect(screen.transcript).toContain(
      'kaditz was not provisioned: A container of an earlier provisioning is in the way.',
    )
    expect(screen.transcript).toMatch(/kaditz \(master\): stopped here[^]*tolkewitz \(agent\): not touched/)
  })

  it('looks anew at what is in the way before it repeats, and then goes on', async () => {
    world.programs.runs.push(conflict)
    prepared = [aRemoval('kaditz')]
    pressing(screen, 'r')
    expect(await run([{ ...anEntry('kaditz'), removal: undefined }])).toEqual(['done'])
    expect(fake.done).toEqual(['do remove-kaditz'])
    expect(provisioned()).toEqual(['kaditz', 'kaditz'])
  })

  it('makes the agents again where it is taken back', async () => {
    world.programs.runs.push({ output: recorded('provision-retries.txt'), status: 1 })
    pressing(screen, 'u')
    expect(await run()).toEqual(['undone', 'waiting'])
    expect(fake.done).toEqual(['do remove-kaditz', 'create kaditz'])
  })

  it('does not provision a machine whose agents could not be removed', async () => {
    fake.answer('do remove-kaditz', { code: 1 })
    pressing(screen, 'l')
    expect(await run()).toEqual(['failed', 'waiting'])
    expect(provisioned()).toEqual([])
  })

  it('says that there is no docker-machine', async () => {
    world.programs.failure = new SwarmNetworksError('not-found', 'docker-machine cannot be run: no such program')
    pressing(screen, 'l')
    expect(await run()).toEqual(['failed', 'waiting'])
    expect(screen.transcript).toContain('docker-machine cannot be run')
  })

  it('ends docker-machine on Ctrl+C', async () => {
    world.programs.runs.push({ output: recorded('provision-retries.txt'), status: undefined })
    const show = screen.show.bind(screen)
    screen.show = (text) => {
      show(text)
      if (text.includes('Waiting')) screen.write('\u0003')
    }
    pressing(screen, 'l')
    expect(await run()).toEqual(['failed', 'waiting'])
    expect(world.programs.stops).toBeGreaterThan(0)
    expect(screen.transcript).toContain('docker-machine was stopped')
  })
})
