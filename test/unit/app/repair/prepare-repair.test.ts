import { describe, expect, it } from 'vitest'
import { prepareRepair } from '../../../../src/app/repair/prepare-repair'
import { aHostFacts } from '../../examine-builders'
import { aFleet, aHost } from '../../builders'
import { CommandWorld } from '../../fakes/command-world'
import { aFindingOf } from '../../repair-builders'

const { signal } = new AbortController()
const restart = aFindingOf('restart-needed', { running: [], configured: [] })

function prepare(world: CommandWorld, finding = restart, facts = aHostFacts()) {
  const host = world.access.fleet.hosts.find(({ name }) => name === 'tolkewitz')!
  return prepareRepair(world.context, { host, facts, finding }, signal)
}

describe('prepareRepair', () => {
  it('looks at the containers in the engine’s own folder', async () => {
    const world = new CommandWorld()
    world.shells.answer = ({ command }) =>
      command.includes('/srv/docker') ? { stdout: '/web\ttrue\talways\tfalse\t\n/job\ttrue\tno\tfalse\t\n' } : {}
    const directives = { 'data-root': '/srv/docker' }
    const daemonJson = { path: '/etc/docker/daemon.json', state: 'valid', isWhole: true, directives } as const
    const { plans, obstacle } = await prepare(world, restart, aHostFacts({ daemonJson }))
    expect(obstacle).toBeUndefined()
    expect(plans[0]?.consequences.join(' ')).toMatch(/come back by their restart policy: web.*stay stopped.*: job/)
    expect(world.shells.openCount).toBe(0)
  })

  it('says what it does not know', async () => {
    const world = new CommandWorld()
    world.shells.answer = () => ({ code: 1 })
    expect((await prepare(world)).plans[0]?.consequences[0]).toBe(
      'Which containers stop and come back could not be seen.',
    )
  })

  it.each([
    ['of two managers', ['tolkewitz', 'lindenau'], /^The swarm has two managers, and one is no majority: while this/],
    ['of three', ['tolkewitz', 'lindenau', 'miltitz'], /^The engine is restarted; no container runs on it\.$/],
  ] as const)('says before it runs what a swarm lacks without one %s', async (_what, names, last) => {
    const managers = names.map((name) => aHost(name, { isLeader: name === 'tolkewitz' }))
    const world = new CommandWorld({ fleet: aFleet(managers) })
    const { plans } = await prepare(world)
    expect(plans[0]?.consequences.at(-1)).toMatch(last)
  })

  it('says nothing of the swarm’s majority where it restarts a worker', async () => {
    const fleet = aFleet([aHost('tolkewitz', { role: 'worker' }), aHost('lindenau')])
    expect((await prepare(new CommandWorld({ fleet }))).plans[0]?.consequences).toHaveLength(1)
  })

  it('plans without rights, too, and says why nothing can be run', async () => {
    const world = new CommandWorld()
    world.shells.user = 'ada'
    world.shells.answer = () => ({ code: 127, stderr: 'env: sudo: No such file or directory' })
    const { plans, obstacle } = await prepare(world)
    expect(plans).toHaveLength(1)
    expect(obstacle).toContain('ada cannot become root: there is no sudo')
  })

  it('asks what made the containers that are to be removed', async () => {
    const id = 'a'.repeat(64)
    const world = new CommandWorld()
    const inspected = { Id: id, Name: '/swarm-agent', State: { Running: false } }
    const made = { ...inspected, Config: { Image: 'swarm', Cmd: ['join'] }, HostConfig: {} }
    world.shells.answer = ({ command }) => (command[1] === 'inspect' ? { stdout: JSON.stringify([made]) } : {})
    const container = {
      ...({ id, name: 'swarm-agent', image: 'swarm', command: ['join'], state: 'exited' } as const),
      ...({ restartPolicy: 'always', isSwarms: true, source: 'engine' } as const),
    } as const
    const { plans } = await prepare(world, aFindingOf('leftover-swarm-agent', { containers: [container] }))
    expect(plans[0]?.steps[0]?.undo).toMatchObject({
      command: expect.arrayContaining(['docker', 'create', '--name', 'swarm-agent']) as unknown,
    })
  })
})
