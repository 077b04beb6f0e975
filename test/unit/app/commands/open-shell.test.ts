import { describe, expect, it } from 'vitest'
import { openShell } from '../../../../src/app/commands/open-shell'
import type { NodeSubject } from '../../../../src/app/tree/tree-node'
import { aContainer, aFleet, aHost, anId } from '../../builders'
import { anEngineError, CommandWorld, expectLeavingChangesNothing } from '../../fakes/command-world'

const web = { kind: 'container', hostId: 'settings:tolkewitz', containerId: anId('web') } satisfies NodeSubject
const size = { columns: 100, rows: 30 }

/** Only these programs are in the image. */
function having(...programs: readonly string[]) {
  return (command: readonly string[]) => ({
    exitCode: programs.includes(command[0] ?? '') ? 0 : 126,
    stdout: '',
    stderr: '',
  })
}

describe('openShell', () => {
  it('opens the first shell that the container has', async () => {
    const world = new CommandWorld({ settings: { shells: ['zsh', 'bash -l', 'sh'] } })
    world.exec = having('bash', 'sh')
    await world.run(openShell, web)
    const [terminal] = world.ui.terminals
    expect(terminal).toMatchObject({ title: 'web @ tolkewitz', icon: 'terminal' })
    expect(terminal!.banner).toEqual([
      'A new bash -l in web at tolkewitz. Leaving it does not end the container.',
      'Detach with Ctrl+P, Ctrl+Q.',
    ])
    await terminal!.open(size, new AbortController().signal)
    expect(world.named('containers.shell')).toEqual([
      {
        host: 'tolkewitz',
        name: 'containers.shell',
        args: [anId('web'), { size, detachKeys: 'ctrl-p,ctrl-q', command: ['bash', '-l'] }],
      },
    ])
    expect(world.named('containers.exec').map(({ args }) => args[1])).toEqual([
      ['zsh', '-c', 'exit 0'],
      ['bash', '-c', 'exit 0'],
    ])
  })

  it.each([126, 127])('takes status %i for a shell that is not there', async (exitCode) => {
    const world = new CommandWorld({ settings: { shells: ['bash', 'sh'] } })
    world.exec = ([program]) => ({ exitCode: program === 'bash' ? exitCode : 0, stdout: '', stderr: '' })
    await world.run(openShell, web)
    expect(world.ui.terminals[0]?.banner[0]).toContain('A new sh in')
  })

  it('says that the image has no shell, and what was tried', async () => {
    const world = new CommandWorld()
    world.exec = having()
    expect(await world.failure(openShell, web)).toMatchObject({
      code: 'unsupported',
      host: 'tolkewitz',
      message: 'The image of web at tolkewitz has no shell',
      remedy: expect.stringContaining('Tried bash and sh.') as string,
    })
    expect(world.ui.terminals).toEqual([])
  })

  it('says that the setting names no shell', async () => {
    const world = new CommandWorld({ settings: { shells: ['', 'sh "'] } })
    expect(await world.failure(openShell, web)).toMatchObject({ code: 'invalid-input' })
  })

  it('is offered for running containers only', async () => {
    const containers = [aContainer(), aContainer({ name: 'off', state: 'exited' })]
    const fleet = aFleet([aHost('tolkewitz', { containers })])
    const world = new CommandWorld({ fleet, answers: ['leave'] })
    await world.run(openShell)
    expect(world.ui.questions[0]?.labels).toEqual(['web'])
    const off = { ...web, containerId: anId('off') } satisfies NodeSubject
    expect((await world.failure(openShell, off)).message).toBe('The container off at tolkewitz does not run (exited)')
    const nothing = new CommandWorld({ fleet: aFleet([aHost()]) })
    await nothing.run(openShell)
    expect(nothing.ui.said).toContain('There is no running container')
  })

  it('changes nothing when the user leaves', async () => {
    await expectLeavingChangesNothing(openShell, { answers: [{ pick: 'web' }] })
  })

  it('names the host in an engine’s error', async () => {
    const world = new CommandWorld()
    world.failures.set('containers.exec', anEngineError())
    expect(await world.failure(openShell, web)).toMatchObject({ host: 'tolkewitz' })
  })
})
