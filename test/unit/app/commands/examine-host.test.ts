import { describe, expect, it } from 'vitest'
import { examineHost } from '../../../../src/app/commands/examine-host'
import type { NodeSubject } from '../../../../src/app/tree/tree-node'
import { SwarmNetworksError } from '../../../../src/core/errors'
import { aFleet, aHost, aSilentHost } from '../../builders'
import { CommandWorld } from '../../fakes/command-world'
import { recordedHost } from '../../fakes/recorded-host'
import { omit } from '../../omit'

const at = (name: string) => ({ kind: 'host', hostId: `settings:${name}` }) satisfies NodeSubject
const tolkewitz = at('tolkewitz')

function worldWith(
  recording: string,
  fleet = aFleet([aSilentHost('tolkewitz')]),
  answers: ConstructorParameters<typeof CommandWorld>[0] = {},
) {
  const world = new CommandWorld({ fleet, ...answers })
  world.shells.answer = recordedHost(recording)
  return world
}

describe('examineHost', () => {
  it('shows what keeps the engine of a silent host from running, and keeps it', async () => {
    const world = worldWith('bookworm-legacy-drop-in')
    await world.run(examineHost, tolkewitz)
    const [report] = world.ui.documents
    expect(report).toMatchObject({ name: 'examination-tolkewitz.md', show: 'preview' })
    expect(report!.content).toContain('### 1. The drop-in override.conf of docker.service starts the engine in a way')
    expect(report!.content.indexOf('## What is wrong')).toBeLessThan(report!.content.indexOf('## What was seen'))
    expect(report!.content).toMatch(/## What could not be looked at\n\nNothing/)
    expect(world.examinations.latest('settings:tolkewitz')?.findings[0]?.cause).toBe('stale-drop-in')
    expect(world.shells.openCount).toBe(0)
    expect(world.calls).toEqual([])
  })

  it('only reads, in two commands, each bounded', async () => {
    const world = worldWith('bookworm-legacy-drop-in')
    await world.run(examineHost, tolkewitz)
    expect(world.shells.commands.map(({ command }) => command.slice(0, 2))).toEqual([
      ['/bin/sh', '-c'],
      ['/bin/sh', '-c'],
    ])
    expect(
      world.shells.commands.every(({ deadlineMs, maxBytes }) => deadlineMs <= 15_000 && maxBytes === 600_000),
    ).toBe(true)
  })

  it('offers to look as root where the rights do not reach, and asks for the password only then', async () => {
    const world = worldWith('trixie-nobody', undefined, { answers: [{ press: 'Look as Root…' }] })
    world.shells.user = 'nobody-rights'
    const answer = recordedHost('trixie-nobody', { hasSecond: true })
    world.shells.answer = (command) => {
      const { input, command: words } = command
      if (!words.includes('-k')) return answer(command)
      if (input === undefined) return { code: 1, stderr: 'sudo: a password is required' }
      return words.includes(':') ? { code: 0 } : answer(command)
    }
    world.rootPasswords.push('secret')
    await world.run(examineHost, tolkewitz)
    expect(world.ui.messages[0]?.text).toMatch(/^nobody-rights may not see everything at tolkewitz: \d things/)
    expect(world.rootPasswords).toEqual([])
    expect(world.ui.documents).toHaveLength(2)
  })

  it('goes on without root where nobody gives a password', async () => {
    const world = worldWith('trixie-nobody', undefined, { answers: [{ press: 'Look as Root…' }] })
    world.shells.user = 'nobody-rights'
    const answer = recordedHost('trixie-nobody', { hasSecond: true })
    world.shells.answer = (command) =>
      command.command.includes('-k') ? { code: 1, stderr: 'sudo: a password is required' } : answer(command)
    await world.run(examineHost, tolkewitz)
    expect(world.ui.documents).toHaveLength(2)
  })

  it('puts several hosts side by side; one that fails holds up no other', async () => {
    const fleet = aFleet([aHost('tolkewitz'), aSilentHost('lindenau'), omit(aHost('miltitz'), 'sshTarget')])
    const world = worldWith('bookworm-legacy-drop-in', fleet, { answers: ['leave'] })
    const open = world.shells.openShell.bind(world.shells)
    world.shells.openShell = (target, signal) =>
      target.name === 'lindenau'
        ? Promise.reject(new SwarmNetworksError('timeout', 'no answer within 10 s', { host: 'lindenau' }))
        : open(target, signal)
    await examineHost.run(world.context, tolkewitz, [tolkewitz, at('lindenau'), at('miltitz')])
    const [report] = world.ui.documents
    expect(report!.name).toBe('examinations.md')
    expect(report!.content).toMatch(/\| Host +\| stale-drop-in +\| clock-off/)
    expect(report!.content).toMatch(/\| lindenau +\| +\? +\| +\? +\| not examined/)
    expect(report!.content).toContain('lindenau: no answer within 10 s.')
    expect(report!.content).not.toContain('miltitz')
    expect(world.ui.progresses[0]?.reports.at(-1)).toBe('2 of 2')
    expect(world.ui.questions[0]).toMatchObject({
      text: 'Something was found that can be repaired on tolkewitz.',
      labels: ['Repair…'],
    })
  })

  it('leads from the table to the repair of those that have something', async () => {
    const fleet = aFleet([aHost('tolkewitz'), aSilentHost('lindenau')])
    const world = worldWith('bookworm-legacy-drop-in', fleet, { answers: [{ press: 'Repair…' }, 'leave'] })
    const recordings = new Map(['tolkewitz', 'lindenau'].map((name) => [name, recordedHost('bookworm-legacy-drop-in')]))
    world.shells.answer = (command) => recordings.get(command.host)!(command)
    await examineHost.run(world.context, tolkewitz, [tolkewitz, at('lindenau')])
    expect(world.ui.questions[1]).toMatchObject({ kind: 'pickMany', labels: ['tolkewitz', 'lindenau'] })
  })

  it('asks in the palette which hosts, those in trouble first and picked', async () => {
    const fleet = aFleet([aHost('tolkewitz'), aSilentHost('lindenau')])
    const world = worldWith('bookworm-legacy-drop-in', fleet, { answers: ['accept'] })
    await world.run(examineHost)
    expect(world.ui.questions[0]?.labels).toEqual(['lindenau', 'tolkewitz'])
    expect(world.ui.documents.map(({ name }) => name)).toEqual(['examination-lindenau.md'])
  })

  it('says what to do about a host without a way in over SSH', async () => {
    const world = worldWith('bookworm-legacy-drop-in', aFleet([omit(aHost('tolkewitz'), 'sshTarget')]))
    expect((await world.failure(examineHost, tolkewitz)).code).toBe('unsupported')
    await world.run(examineHost)
    expect(world.ui.said).toContain('No host has a way in over SSH')
  })

  it('says so where the host’s shell gives nothing back', async () => {
    const world = worldWith('bookworm-legacy-drop-in')
    world.shells.answer = () => ({ code: 1, stderr: 'This account is currently not available.' })
    const error = await world.failure(examineHost, tolkewitz)
    expect(error.code).toBe('protocol')
    expect(error.message).toContain('This account is currently not available.')
    expect(world.shells.openCount).toBe(0)
  })
})
