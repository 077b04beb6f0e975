import { describe, expect, it } from 'vitest'
import { createNetwork } from '../../../../src/app/commands/create-network'
import { SwarmNetworksError } from '../../../../src/core/errors'
import type { NodeSubject } from '../../../../src/app/tree/tree-node'
import type { Answer } from '../../fakes/fake-ui'
import { aFleet, aHost, anOverlay, aSilentHost } from '../../builders'
import { anEngineError, CommandWorld, expectLeavingChangesNothing, type WorldOptions } from '../../fakes/command-world'

const everything: readonly Answer[] = [
  { input: 'backend' },
  { input: '10.20.0.0/24' },
  { input: '10.20.0.254' },
  { pickMany: ['Attachable', 'Encrypted', 'Internal'] },
  { input: '1400' },
  { input: 'team=blue note="two words"' },
  { confirm: true },
]

/** The quickest way through: a name, and what the boxes hold. */
const plain: readonly Answer[] = [
  { input: 'backend' },
  { input: '' },
  'accept',
  { input: '' },
  { input: '' },
  { confirm: true },
]

/** Hosts that are not looked at, unless a test says so: most tests are about the questions. */
function aWorld(options: WorldOptions = {}): CommandWorld {
  return new CommandWorld({ settings: { helper: undefined }, ...options })
}

describe('createNetwork', () => {
  it('sends everything that was asked for, through the manager, after a summary', async () => {
    const world = aWorld({ answers: [...everything, 'leave'] })
    await world.run(createNetwork)
    expect(world.calls).toEqual([
      {
        host: 'tolkewitz',
        name: 'networks.create',
        args: [
          {
            name: 'backend',
            subnets: [{ subnet: '10.20.0.0/24', gateway: '10.20.0.254' }],
            isAttachable: true,
            isEncrypted: true,
            isInternal: true,
            mtu: 1400,
            labels: { team: 'blue', note: 'two words' },
          },
        ],
      },
    ])
    const [summary] = world.ui.confirmations
    expect(summary?.message).toBe('Create the overlay network backend?')
    expect(summary?.detail).toContain('Through the manager tolkewitz, for the swarm of 3 hosts.')
    expect(summary?.detail).toContain('ESP (IP protocol 50)')
    expect(summary?.detail).toContain('containers get 1324')
  })

  it('leaves to the engine what was left blank, and makes an attachable network by default', async () => {
    const world = aWorld({ answers: [...plain, 'leave'] })
    await world.run(createNetwork)
    expect(world.named('networks.create')[0]?.args).toEqual([
      { name: 'backend', subnets: [], isAttachable: true, isEncrypted: false, isInternal: false, labels: {} },
    ])
    expect(world.ui.questions.filter(({ text }) => text.includes('Gateway'))).toEqual([])
  })

  it('refuses each bad answer while it is typed, and goes on with a good one', async () => {
    const world = aWorld({
      answers: [
        { input: '' },
        { input: 'gnswarm' },
        { input: 'a.b' },
        { input: ' backend ' },
        { input: '10.0.1.0/25' },
        { input: '10.20.0.9/24' },
        { input: '10.21.0.1' },
        { input: '' },
        'accept',
        { input: '100' },
        { input: '' },
        { input: 'a=1 a=2' },
        { input: '' },
        { confirm: true },
        'leave',
      ],
    })
    await world.run(createNetwork)
    expect(world.ui.problems).toEqual([
      'A network needs a name.',
      'There is a network "gnswarm" already (overlay, on miltitz, tolkewitz).',
      expect.stringContaining('Letters, digits, dashes') as string,
      '10.0.1.0/25 overlaps with 10.0.1.0/24 of the network "gnswarm" (overlay on miltitz, tolkewitz).',
      '10.21.0.1 is not in 10.20.0.0/24.',
      'Between 576 and 65535 bytes.',
      'The label a is given twice.',
    ])
    // Any address of a network stands for it.
    expect(world.named('networks.create')[0]?.args).toMatchObject([
      { name: 'backend', subnets: [{ subnet: '10.20.0.0/24' }] },
    ])
  })

  it('explains the MTU with encryption only where that was chosen', async () => {
    const prompts = async (options: readonly string[]) => {
      const answers = [{ input: 'x1' }, { input: '' }, { pickMany: options }, 'leave'] as const
      const world = aWorld({ answers })
      await world.run(createNetwork)
      return world.ui.inputs.at(-1)?.prompt
    }
    expect(await prompts([])).toContain('50 less for VXLAN')
    expect(await prompts(['Encrypted'])).toContain('76 less, 50 for VXLAN and 26 for encryption')
  })

  it('says which hosts could not be checked', async () => {
    const fleet = aFleet([aHost('tolkewitz', { networks: [anOverlay()] }), aSilentHost('lindenau')])
    const world = aWorld({ fleet, answers: [...plain.slice(0, -1), { confirm: false }] })
    await world.run(createNetwork)
    expect(world.ui.confirmations[0]?.detail).toContain('Not checked, because they could not be asked')
    expect(world.ui.confirmations[0]?.detail).toContain('lindenau (unreachable)')
    expect(world.changes).toEqual([])
  })

  it('goes through the clicked manager', async () => {
    const fleet = aFleet([aHost('lindenau', { isLeader: false }), aHost('tolkewitz')])
    const subject = { kind: 'host', hostId: 'settings:lindenau' } satisfies NodeSubject
    const world = aWorld({ fleet, answers: [...plain, 'leave'] })
    await world.run(createNetwork, subject)
    expect(world.changes).toEqual(['lindenau networks.create'])
  })

  it('asks which swarm where there are several', async () => {
    const fleet = aFleet([
      aHost('tolkewitz', { clusterId: 'one', nodes: aFleet([aHost('tolkewitz')]).hosts[0]!.engine!.nodes }),
      aHost('other', { clusterId: 'two', nodes: aFleet([aHost('other')]).hosts[0]!.engine!.nodes }),
    ])
    const world = aWorld({ fleet, answers: [{ pick: 'other' }, ...plain, 'leave'] })
    await world.run(createNetwork)
    expect(world.ui.questions[0]?.labels).toEqual(['tolkewitz', 'other'])
    expect(world.changes).toEqual(['other networks.create'])
  })

  it('says that there is no manager, and what to do', async () => {
    const world = aWorld({ fleet: aFleet([aHost('miltitz', { role: 'worker' }), aSilentHost()]) })
    expect(await world.failure(createNetwork)).toMatchObject({
      code: 'not-a-manager',
      remedy: expect.stringContaining('Add Host') as string,
    })
    const alone = aWorld({ fleet: aFleet([aHost('tolkewitz', { role: 'none' })]) })
    const clicked = { kind: 'host', hostId: 'settings:tolkewitz' } satisfies NodeSubject
    expect((await alone.failure(createNetwork, clicked)).message).toContain('swarm with tolkewitz')
  })

  it('changes nothing when the user leaves at any question', async () => {
    await expectLeavingChangesNothing(createNetwork, { answers: everything, settings: { helper: undefined } })
  })

  it('names the manager in an engine’s error, and says nothing of success', async () => {
    const world = aWorld({ answers: plain })
    world.failures.set('networks.create', anEngineError('no space'))
    expect(await world.failure(createNetwork)).toMatchObject({ host: 'tolkewitz', message: 'no space' })
    expect(world.ui.messages).toEqual([])
    expect(world.logged).toEqual([])
  })

  it('passes on the engine’s warning', async () => {
    const world = aWorld({ answers: [...plain, 'leave'] })
    world.warnings = ['old option']
    await world.run(createNetwork)
    expect(world.ui.messages[0]).toEqual({ severity: 'warn', text: 'tolkewitz: old option' })
  })

  it('offers to run a container on it, once the fleet knows it', async () => {
    const world = aWorld({ answers: [...plain, { press: 'Run Container…' }, 'leave'] })
    const run = world.run(createNetwork)
    await world.clock.advance(100)
    const backend = anOverlay({ id: 'new-backend', name: 'backend', subnets: [] })
    world.access.fleet = aFleet([aHost('tolkewitz', { networks: [backend] })])
    await run
    expect(world.ui.questions.at(-1)?.text).toBe('Run Container: Host')
  })

  describe('with a key-value store', () => {
    const store = 'etcd://198.18.0.9:2379'
    const fleet = aFleet(['lindenau', 'tolkewitz'].map((name) => aHost(name, { role: 'none', store })))

    it('goes through any engine, offers only what such networks have, and a container afterwards', async () => {
      const answers: Answer[] = [...plain, 'leave']
      answers[2] = { pickMany: ['Internal'] }
      const world = aWorld({ fleet, answers })
      await world.run(createNetwork, { kind: 'host', hostId: 'settings:tolkewitz' })
      expect(world.named('networks.create')).toMatchObject([
        { host: 'tolkewitz', args: [{ isAttachable: false, isEncrypted: false, isInternal: true }] },
      ])
      expect(world.ui.questions.find(({ text }) => text.includes('Options'))?.labels).toEqual(['Internal'])
      expect(world.ui.confirmations[0]?.detail.split('\n')).toEqual([
        `Through tolkewitz, for the 2 hosts of the key-value store ${store}.`,
        'Subnet: the engine chooses one from its address pool.',
        'Internal: no way out to other networks.',
        expect.stringContaining('Not compared with the routes and the MTU of: lindenau'),
      ])
      expect(world.ui.unused).toEqual([])
    })

    it('takes a name with a dot, which a swarm would not', async () => {
      const world = aWorld({
        fleet,
        answers: [{ input: 'a/b' }, { input: 'a.b' }, ...plain.slice(1), 'leave'],
      })
      await world.run(createNetwork)
      expect(world.ui.problems).toEqual([expect.stringContaining('dots') as string])
    })

    it('keeps the engine’s words where the store fails it', async () => {
      const world = aWorld({ fleet, answers: plain })
      const words = 'error getting pools config from store'
      world.failures.set('networks.create', new SwarmNetworksError('store-unavailable', words))
      expect(await world.failure(createNetwork)).toMatchObject({ host: 'lindenau', message: words })
      expect(world.access.storeFailures).toEqual([{ hostId: 'settings:lindenau', message: words }])
    })
  })

  it('offers no container on a network that takes none', async () => {
    const answers = [...plain]
    answers[2] = { pickMany: [] }
    answers[5] = { press: 'Create Anyway' }
    const world = aWorld({ answers })
    await world.run(createNetwork)
    expect(world.ui.choices[0]?.detail).toMatch(/^⚠ Not attachable.*cannot be changed later/)
    expect(world.ui.messages).toEqual([{ severity: 'info', text: 'The network backend was created.' }])
  })

  describe('on hosts that were looked at', () => {
    const said = (route: string, mtu: number) =>
      `@route\teth0\t00000000\t00000000\n@route\teth0\t000012C6\t00FFFFFF\n@route\ttun0\t${route}\t00FFFFFF\n@card\teth0\t${mtu}\n`
    /** 10.20.0.0/24 behind a tunnel at each host. */
    const hidden = said('0000140A', 1400)

    it('warns of what it would hide or lose, and takes the answers up again to change them', async () => {
      const subnet = [{ input: 'backend' }, { input: '10.20.0.0/16' }, { input: '10.20.0.1' }, 'accept'] as const
      const rest = [{ input: '' }, { input: 'a="b c"' }] as const
      const changed = [
        'accept',
        { input: '10.21.0.0/16' },
        { input: '' },
        'accept',
        { input: '1400' },
        'accept',
      ] as const
      const world = new CommandWorld({
        answers: [...subnet, ...rest, { press: 'Change…' }, ...changed, { confirm: true }, 'leave'],
      })
      world.exec = () => ({ exitCode: 0, stdout: hidden, stderr: '' })
      await world.run(createNetwork)
      const [{ detail, actions } = { detail: '', actions: [] }] = world.ui.choices
      expect(actions).toEqual(['Change…', 'Create Anyway'])
      expect(detail).toContain('At tolkewitz the subnet overlaps with its route to 10.20.0.0/24 by tun0')
      expect(detail).toContain('Set the MTU to 1400; containers then get 1350.')
      expect(world.named('networks.create')[0]?.args).toMatchObject([
        { name: 'backend', subnets: [{ subnet: '10.21.0.0/16' }], mtu: 1400, labels: { a: 'b c' } },
      ])
    })

    it('removes every helper, and makes no network where the user leaves at the warning', async () => {
      const world = new CommandWorld({ answers: [...plain.slice(0, 4), { input: '' }, 'leave'] })
      world.exec = () => ({ exitCode: 0, stdout: hidden, stderr: '' })
      await world.run(createNetwork)
      expect(world.named('containers.createHelper')).toHaveLength(3)
      expect(world.named('containers.remove')).toHaveLength(3)
      expect(world.named('networks.create')).toEqual([])
    })
  })
})
