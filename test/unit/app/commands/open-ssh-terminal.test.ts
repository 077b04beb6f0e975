import { describe, expect, it } from 'vitest'
import { openSshTerminal } from '../../../../src/app/commands/open-ssh-terminal'
import type { NodeSubject } from '../../../../src/app/tree/tree-node'
import { SwarmNetworksError } from '../../../../src/core/errors'
import type { Host } from '../../../../src/core/model/host'
import type { Target } from '../../../../src/core/model/target'
import { omit } from '../../omit'
import { aFleet, aHost, aSilentHost } from '../../builders'
import { CommandWorld } from '../../fakes/command-world'

const tolkewitz = { kind: 'host', hostId: 'settings:tolkewitz' } satisfies NodeSubject
const size = { columns: 100, rows: 30 }
const live = () => new AbortController().signal

/** A host whose engine is reached by a socket, without a way in over SSH. */
function withoutSsh(name: string): Host {
  const host = omit(aHost(name), 'sshTarget')
  return { ...host, target: { ...host.target!, endpoint: { kind: 'unix', path: '/run/docker.sock' } } }
}

describe('openSshTerminal', () => {
  it('opens a terminal whose title names the host', async () => {
    const world = new CommandWorld()
    await world.run(openSshTerminal, tolkewitz)
    const [terminal] = world.ui.terminals
    expect(terminal).toMatchObject({ title: 'SSH: tolkewitz', icon: 'terminal-linux', isOnHost: true })
    const { host } = world.access.fleet.hosts.find(({ id }) => id === tolkewitz.hostId)!.sshTarget!.endpoint as {
      host: string
    }
    expect(terminal!.banner).toEqual([
      `A login shell on tolkewitz, by ssh://root@${host}. Closing it hangs up what runs in it.`,
    ])
    expect(world.shells.terminals).toEqual([])
    await terminal!.open(size, live())
    expect(world.shells.terminals).toEqual([{ host: 'tolkewitz', size }])
  })

  it('does not need the engine', async () => {
    const world = new CommandWorld({ fleet: aFleet([aSilentHost('tolkewitz')]) })
    await world.run(openSshTerminal, tolkewitz)
    await world.ui.terminals[0]!.open(size, live())
    expect(world.shells.terminals).toHaveLength(1)
  })

  it('takes the way in that goes over SSH, whichever the engine is reached by', async () => {
    const host = withoutSsh('tolkewitz')
    const sshTarget: Target = { ...host.target!, name: 'by-ssh', endpoint: { kind: 'ssh', host: 'tolkewitz' } }
    const world = new CommandWorld({ fleet: aFleet([{ ...host, sshTarget }]) })
    await world.run(openSshTerminal, tolkewitz)
    await world.ui.terminals[0]!.open(size, live())
    expect(world.shells.terminals).toEqual([{ host: 'by-ssh', size }])
  })

  it('goes by the way that is known when it is opened again', async () => {
    const world = new CommandWorld()
    await world.run(openSshTerminal, tolkewitz)
    const sshTarget: Target = { ...aHost().sshTarget!, name: 'moved' }
    world.access.fleet = aFleet([{ ...aHost(), sshTarget }])
    await world.ui.terminals[0]!.open(size, live())
    expect(world.shells.terminals).toEqual([{ host: 'moved', size }])
  })

  it('asks from the palette, among the hosts that have such a way', async () => {
    const world = new CommandWorld({
      fleet: aFleet([aHost('tolkewitz'), withoutSsh('miltitz')]),
      answers: [{ pick: 'tolkewitz' }],
    })
    await world.run(openSshTerminal)
    expect(world.ui.questions[0]?.labels).toEqual(['tolkewitz'])
    expect(world.ui.terminals[0]?.title).toBe('SSH: tolkewitz')
  })

  it('says that no host has one, and refuses one that has none', async () => {
    const world = new CommandWorld({ fleet: aFleet([withoutSsh('tolkewitz')]) })
    await world.run(openSshTerminal)
    expect(world.ui.said).toContain('No host has a way in over SSH')
    expect(await world.failure(openSshTerminal, tolkewitz)).toMatchObject({ code: 'unsupported', host: 'tolkewitz' })
  })

  it('opens nothing when the user leaves', async () => {
    const world = new CommandWorld({ answers: ['leave'] })
    await world.run(openSshTerminal)
    expect(world.ui.terminals).toEqual([])
  })

  it('names the host in what goes wrong', async () => {
    const world = new CommandWorld()
    world.shells.failure = new SwarmNetworksError('unreachable', 'Nothing listens there', { host: '198.18.0.1' })
    await world.run(openSshTerminal, tolkewitz)
    await expect(world.ui.terminals[0]!.open(size, live())).rejects.toMatchObject({ host: 'tolkewitz' })
  })
})
