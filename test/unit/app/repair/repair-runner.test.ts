import { beforeEach, describe, expect, it } from 'vitest'
import { RepairHosts } from '../../../../src/app/repair/repair-hosts'
import { StoredRepairs } from '../../../../src/app/repair/repair-memory'
import { RepairRunner } from '../../../../src/app/repair/repair-runner'
import { RepairSession } from '../../../../src/app/repair/repair-session'
import { SwarmNetworksError } from '../../../../src/core/errors'
import { aFailedWrite, FakeHost } from '../../fakes/fake-host'
import { aRecordName, aRepair, aStep } from '../../repair-builders'
import { CommandWorld } from '../../fakes/command-world'
import { pressing } from './pressing'

let world: CommandWorld
let host: FakeHost
let screen: RepairSession
let runner: RepairRunner
let memory: StoredRepairs

beforeEach(() => {
  world = new CommandWorld()
  host = new FakeHost()
  world.shells.answer = (command) => host.run(command)
  screen = new RepairSession()
  memory = new StoredRepairs(world.storage)
  const hosts = new RepairHosts(world.context)
  runner = new RepairRunner({ ...world.context, hosts, screen, memory })
})

const lost = new SwarmNetworksError('unreachable', 'the host closed the connection', { host: 'tolkewitz' })

describe('a repair', () => {
  it('runs each step as it was shown, and says so', async () => {
    expect(await runner.repair(aRepair())).toBe('done')
    expect(host.done).toEqual([
      'mv /etc/systemd/system/docker.service.d/override.conf /var/lib/swarm-networks/repairs/20261125T120000Z-stale-drop-in/files/etc/systemd/system/docker.service.d/override.conf',
      'systemctl daemon-reload',
      'systemctl restart docker.service',
      'docker version',
    ])
    expect(screen.transcript).toContain('1/3 Do move, on tolkewitz\n# mv /etc/systemd')
    expect(screen.transcript).toContain('All steps are done.')
  })

  it('leaves a record on the host and in the editor', async () => {
    await runner.repair(aRepair())
    expect(host.record(aRecordName)).toMatchObject({
      plan: aRepair(),
      progress: [
        'begin move',
        'end move 0',
        'begin reload',
        'end reload 0',
        'begin restart',
        'end restart 0',
        'finished done',
      ],
    })
    expect(host.undoScript(aRecordName)).toMatch(/Take back: Do move[^]*systemctl daemon-reload/)
    expect(memory.read()).toMatchObject([{ states: ['done', 'done', 'done'], outcome: 'done', isUndone: false }])
  })

  it('does nothing where its record cannot be made', async () => {
    host.answer('mkdir', aFailedWrite)
    expect(await runner.repair(aRepair())).toBe('not-begun')
    expect(host.done).toEqual([])
    expect(screen.transcript).toContain('No space left on device')
  })

  it('shows what commands write, made harmless', async () => {
    host.answer('do move', { stdout: 'moved \u001b[2Jhere\n' })
    await runner.repair(aRepair({ steps: [aStep('move')] }))
    expect(screen.transcript).toContain('moved ^[[2Jhere\n')
  })

  it('stops at a step that fails; leaving it there is remembered', async () => {
    host.answer('systemctl daemon-reload', { code: 1, stderr: 'Access denied\n' })
    pressing(screen, 'l')
    expect(await runner.repair(aRepair())).toBe('left')
    expect(host.done.at(-1)).toBe('systemctl daemon-reload')
    expect(screen.transcript).toContain('Access denied\nStopped at “Do reload” on tolkewitz: it ended with status 1.')
    expect(memory.read()[0]).toMatchObject({ states: ['done', 'failed', 'waiting'], outcome: 'left' })
    expect(host.record(aRecordName)?.progress.at(-1)).toBe('finished left')
  })

  it('takes back what was done, in the same terminal', async () => {
    host.answer('systemctl restart docker.service', { code: 1 })
    pressing(screen, 'u')
    expect(await runner.repair(aRepair())).toBe('undone')
    expect(host.done.slice(-2)).toEqual([expect.stringMatching(/^mv \/var\/lib/), 'systemctl daemon-reload'])
    expect(memory.read()[0]).toMatchObject({ isUndone: true })
    expect(host.record(aRecordName)?.progress.at(-1)).toBe('undone')
  })

  it('repeats a step', async () => {
    host.answer('systemctl daemon-reload', { code: 1 }, {})
    pressing(screen, 'r')
    expect(await runner.repair(aRepair())).toBe('done')
    expect(host.done.filter((line) => line === 'systemctl daemon-reload')).toHaveLength(2)
  })

  it('looks as often as its check says, and shows only the last look', async () => {
    host.answer('docker version', { code: 1, stderr: 'one\n' }, { code: 1, stderr: 'not yet\n' }, { stdout: 'three\n' })
    const done = runner.repair(aRepair())
    await world.clock.advance(2_000)
    expect(await done).toBe('done')
    expect(screen.transcript).toContain('three')
    expect(screen.transcript).not.toContain('not yet')
  })

  it('stops where its check never passes', async () => {
    host.answer('docker version', ...Array.from({ length: 3 }, () => ({ code: 1 })))
    pressing(screen, 'l')
    const done = runner.repair(aRepair())
    await world.clock.advance(2_000)
    expect(await done).toBe('left')
    expect(screen.transcript).toContain('this is not so: the engine answers')
  })

  it('is stopped by Ctrl+C before the next step', async () => {
    host.answer('do one', () => {
      screen.write('\u0003')
      return {}
    })
    pressing(screen, 'l')
    await runner.repair(aRepair({ steps: [aStep('one'), aStep('two')] }))
    expect(host.done).toEqual(['do one'])
    expect(screen.transcript).toContain('it was stopped before this step')
  })

  it('is stopped by Ctrl+C inside a step, whose end is then not known', async () => {
    host.answer('do one', () => {
      screen.write('\u0003')
      throw new SwarmNetworksError('cancelled', 'it was cancelled')
    })
    pressing(screen, 'l')
    await runner.repair(aRepair({ steps: [aStep('one'), aStep('two')] }))
    expect(memory.read()[0]?.states).toEqual(['unknown', 'waiting'])
  })

  it('goes on after Ctrl+C where that is wanted', async () => {
    host.answer('do one', () => {
      screen.write('\u0003')
      return {}
    })
    pressing(screen, 'r')
    expect(await runner.repair(aRepair({ steps: [aStep('one'), aStep('two')] }))).toBe('done')
  })

  it('goes on where the host wrote down that the step was done, though the connection was lost', async () => {
    host.answer('do one', () => {
      throw lost
    })
    host.writesDown('end one 0')
    expect(await runner.repair(aRepair({ steps: [aStep('one'), aStep('two')] }))).toBe('done')
    expect(host.done).toEqual(['do one', 'do two'])
    expect(screen.transcript).toContain('The host wrote down that it was done.')
  })

  it('says that the end is not known where the host does not know it', async () => {
    host.answer('do one', () => {
      throw lost
    })
    pressing(screen, 'l')
    const done = runner.repair(aRepair({ steps: [aStep('one')] }))
    await world.clock.advance(20_000)
    expect(await done).toBe('left')
    expect(screen.transcript).toContain('It was begun; its end is not known.')
    expect(memory.read()[0]?.states).toEqual(['unknown'])
  })

  it('stops and asks nobody any more once its terminal is closed', async () => {
    host.answer('do one', () => {
      screen.close()
      return {}
    })
    expect(await runner.repair(aRepair({ steps: [aStep('one'), aStep('two')] }))).toBe('left')
    expect(host.done).toEqual(['do one'])
  })

  it('does over an engine’s API what is an engine’s', async () => {
    const action = { kind: 'container-start', containerId: 'c' } as const
    const undo = { kind: 'container-restart', containerId: 'c' } as const
    expect(await runner.repair(aRepair({ steps: [aStep('start', { action, undo })] }))).toBe('done')
    expect(world.changes).toEqual(['tolkewitz containers.start'])
    expect(world.shells.commands).toEqual([])
    expect(memory.read()).toHaveLength(1)
  })
})

describe('undo', () => {
  it('works from what was remembered, and is remembered', async () => {
    await runner.repair(aRepair())
    expect(await runner.undo(memory.read()[0]!)).toBe('undone')
    expect(host.done.slice(-2)).toEqual([expect.stringMatching(/^mv \/var\/lib/), 'systemctl daemon-reload'])
    expect(memory.read()).toMatchObject([{ isUndone: true, outcome: 'done' }])
  })

  it('works though the record on the host is gone', async () => {
    await runner.repair(aRepair())
    host.forget()
    expect(await runner.undo(memory.read()[0]!)).toBe('undone')
  })
})
