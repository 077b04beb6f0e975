import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { machineProvision } from '../../../../src/app/commands/machine-provision'
import { machineStop } from '../../../../src/app/commands/machine-stop'
import { SwarmNetworksError } from '../../../../src/core/errors'
import { CommandWorld, type WorldOptions } from '../../fakes/command-world'
import { recordedHost } from '../../fakes/recorded-host'
import { runWithRepair } from '../../fakes/repair-terminal'
import { aMachineFleet } from './machine-fleet'

const recorded = (name: string) =>
  readFileSync(join(import.meta.dirname, '../../../fixtures/docker-machine', name), 'utf8')

const subject = { kind: 'host', hostId: 'settings:tolkewitz' } as const
const fleet = aMachineFleet()

function aWorld(options: WorldOptions): CommandWorld {
  return new CommandWorld({ fleet, ...options })
}

describe('a command of docker-machine', () => {
  it('says what it will do, runs it in a terminal, and reads the host again', async () => {
    const world = aWorld({ answers: [{ confirm: true }] })
    world.programs.runs.push({ output: recorded('regenerate-certs.txt'), status: 0 })
    const shown = await runWithRepair(world, machineProvision, subject)
    expect(world.ui.confirmations[0]).toMatchObject({
      message: 'Provision tolkewitz?',
      detail: expect.stringMatching(
        /restarts the engine[^]*docker-machine --storage-path \/store provision tolkewitz$/,
      ) as string,
    })
    expect(world.programs.started).toEqual([
      { program: 'docker-machine', args: ['--storage-path', '/store', 'provision', 'tolkewitz'] },
    ])
    expect(shown).toContain('Copying certs to the remote machine...\r\n')
    expect(world.access.refreshed).toEqual([subject.hostId])
    expect(world.ui.said).toContain('docker-machine provision tolkewitz: done.')
  })

  it('explains a failure that is known, and runs again after it was mended', async () => {
    const world = aWorld({ answers: [{ confirm: true }, { press: 'Run Again' }, { confirm: true }] })
    world.programs.runs.push({ output: recorded('provision-again-409.txt'), status: 1 })
    const running = runWithRepair(world, machineProvision, subject)
    for (let turn = 0; turn < 200 && world.ui.terminals.length < 2; turn++) await new Promise(setImmediate)
    await world.ui.terminals[1]?.open({ columns: 80, rows: 24 }, new AbortController().signal)
    await running
    expect(world.ui.messages[0]).toMatchObject({
      severity: 'error',
      text: expect.stringContaining('A container of an earlier provisioning is in the way') as string,
    })
    expect(world.programs.started).toHaveLength(2)
  })

  it('remembers what failed until it was done', async () => {
    const world = aWorld({ answers: [{ confirm: true }, 'leave'] })
    world.programs.runs.push({ output: recorded('provision-retries.txt'), status: 1 })
    await runWithRepair(world, machineProvision, subject)
    expect(world.machineRuns.failed(subject.hostId)).toMatchObject({
      action: 'provision',
      finding: { cause: 'machine-engine-not-listening' },
    })
    const again = aWorld({ answers: [{ confirm: true }] })
    again.machineRuns.set(subject.hostId, world.machineRuns.failed(subject.hostId)!)
    await runWithRepair(again, machineProvision, subject)
    expect(again.machineRuns.failed(subject.hostId)).toBeUndefined()
  })

  it('removes the agents that it stopped at, with their plan shown, and is offered again', async () => {
    const world = aWorld({ answers: [{ confirm: true }, { press: 'Remove Agents…' }, 'leave'] })
    world.programs.runs.push({ output: recorded('provision-again-409.txt'), status: 1 })
    const look = recordedHost('bookworm-tls-root', { hasSecond: true })
    world.shells.answer = (command) => {
      const seen = look(command)
      const agent = ['id1', 'swarm-agent', 'swarm:latest', '/swarm', ['join'], 'running', 'always']
      const line = agent.map((value) => JSON.stringify(value)).join('\t')
      const end = seen.stdout?.match(/@\S+ end/)?.[0] ?? ''
      return seen.stdout === undefined
        ? { stdout: '[]' }
        : { stdout: seen.stdout.replace(end, `${end.replace('end', 'agents')}\n${line}\n${end}`) }
    }
    await runWithRepair(world, machineProvision, subject)
    expect(world.ui.questions.at(-2)?.labels).toEqual(['Remove Agents…', 'Examine Host', 'Run Again'])
    expect(world.ui.choices[0]?.message).toBe('Stop and remove swarm-agent, on tolkewitz?')
    expect(world.programs.started).toHaveLength(1)
  })

  it('offers to examine the host where that says more', async () => {
    const world = aWorld({ answers: [{ confirm: true }, 'leave'] })
    world.programs.runs.push({ output: recorded('provision-retries.txt'), status: 1 })
    await runWithRepair(world, machineProvision, subject)
    expect(world.ui.questions.at(-1)?.labels).toEqual(['Examine Host', 'Run Again'])
  })

  it('says that there is no docker-machine, and how to name it', async () => {
    const world = aWorld({ answers: [{ confirm: true }, 'leave'] })
    world.programs.failure = new SwarmNetworksError(
      'not-found',
      'docker-machine cannot be run: there is no such program',
    )
    await runWithRepair(world, machineProvision, subject)
    expect(world.ui.messages[0]?.text).toContain('swarmNetworks.dockerMachinePath')
  })

  it('is stopped by Ctrl+C, and then has nothing to explain', async () => {
    const world = aWorld({ answers: [{ confirm: true }] })
    world.programs.runs.push({ output: recorded('provision-retries.txt'), status: undefined })
    const running = world.run(machineProvision, subject)
    for (let turn = 0; turn < 200 && world.ui.terminals.length < 1; turn++) await new Promise(setImmediate)
    const session = await world.ui.terminals[0]!.open({ columns: 80, rows: 24 }, new AbortController().signal)
    session.write('\u0003')
    await running
    expect(world.programs.stops).toBeGreaterThan(0)
    expect(world.ui.messages).toEqual([])
  })

  it('does nothing when the user leaves, and asks in the palette for the machine', async () => {
    const world = aWorld({ answers: [{ pick: 'tolkewitz' }, { confirm: false }] })
    await world.run(machineProvision)
    expect(world.programs.started).toEqual([])
  })

  it('refuses what the driver cannot do, and a host of another source', async () => {
    const generic = aWorld({ fleet: aMachineFleet({ driver: 'generic' }) })
    expect(await generic.failure(machineStop, subject)).toMatchObject({ code: 'unsupported' })
    expect(await new CommandWorld().failure(machineStop, subject)).toMatchObject({ code: 'unsupported' })
    const none = new CommandWorld()
    await none.run(machineStop)
    expect(none.ui.said).toContain('No machine of docker-machine’s store')
  })
})
