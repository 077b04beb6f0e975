import { describe, expect, it } from 'vitest'
import { hideHost } from '../../../../src/app/commands/hide-host'
import type { Target } from '../../../../src/core/model/target'
import { aFleet, aHost, anUnknownHost } from '../../builders'
import { CommandWorld } from '../../fakes/command-world'

const target = (id: string, source: Target['source']): Target => ({
  ...{ id, name: 'miltitz', source, isDisabled: false },
  endpoint: { kind: 'ssh', host: 'miltitz' },
})
const found = aHost('miltitz', {
  over: { target: target('context:m', 'context'), otherTargets: [target('docker-machine:m', 'docker-machine')] },
})
const unknown = anUnknownHost('lindenau')
const fleet = aFleet([aHost('tolkewitz'), found, unknown])
const subject = { kind: 'host', hostId: found.id } as const
const ids = ['context:m', 'docker-machine:m']

describe('hideHost', () => {
  it('hides every entry that leads to the clicked host', async () => {
    const world = new CommandWorld({ fleet, answers: ['leave'] })
    await world.run(hideHost, subject)
    expect(world.calls).toEqual([{ host: 'settings', name: 'settings.hideHosts', args: [ids] }])
    expect(world.ui.said).toContain('miltitz (ssh://miltitz, ssh://miltitz) is hidden')
  })

  it('is taken back by a button', async () => {
    const world = new CommandWorld({ fleet, answers: [{ press: 'Undo' }] })
    await world.run(hideHost, subject)
    expect(world.calls.at(-1)).toEqual({ host: 'settings', name: 'settings.showHosts', args: [ids] })
  })

  it('refuses what the user wrote down, and what only a manager knows', async () => {
    const world = new CommandWorld({ fleet })
    const fromSettings = await world.failure(hideHost, { kind: 'host', hostId: 'settings:tolkewitz' })
    expect(fromSettings).toMatchObject({ code: 'unsupported', remedy: expect.stringContaining('settings') as string })
    const node = await world.failure(hideHost, { kind: 'host', hostId: unknown.id })
    expect(node.remedy).toContain('manager')
    expect(world.changes).toEqual([])
  })

  it('offers in the palette those that were found', async () => {
    const world = new CommandWorld({ fleet, answers: [{ pick: 'miltitz' }, 'leave'] })
    await world.run(hideHost)
    expect(world.ui.questions[0]?.labels).toEqual(['miltitz'])
    const left = new CommandWorld({ fleet, answers: ['leave'] })
    await left.run(hideHost)
    expect(left.changes).toEqual([])
    const none = new CommandWorld()
    await none.run(hideHost)
    expect(none.ui.said).toContain('No host was found on this machine')
  })
})
