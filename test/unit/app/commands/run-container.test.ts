import { describe, expect, it } from 'vitest'
import { runContainer } from '../../../../src/app/commands/run-container'
import type { NodeSubject } from '../../../../src/app/tree/tree-node'
import type { Answer } from '../../fakes/fake-ui'
import {
  aBridge,
  aContainer,
  aFleet,
  aHost,
  anId,
  anOverlay,
  aSilentHost,
  aSwarmId,
  aSwarmOfThree,
  attachedTo,
} from '../../builders'
import { anEngineError, CommandWorld, expectLeavingChangesNothing } from '../../fakes/command-world'

const gnswarm = { kind: 'network', networkKey: aSwarmId('gnswarm') } satisfies NodeSubject

const everything: readonly Answer[] = [
  { pick: 'lindenau' },
  { pick: 'nginx:latest' },
  { input: 'api' },
  { input: 'nginx -g "daemon off;"' },
  { input: '8080:80, 53:53/udp' },
  { input: 'MODE=test TEXT="two words"' },
  { pickMany: ['Terminal (-t)', 'Keep stdin open (-i)', 'Restart (unless stopped)'] },
]

/** Name, command, ports, environment and options as the boxes have them. */
const plain: readonly Answer[] = ['accept', { input: '' }, { input: '' }, { input: '' }, 'accept']

describe('runContainer', () => {
  it('sends everything that was asked for to the chosen host, and says where it runs', async () => {
    const world = new CommandWorld({ answers: [...everything, 'leave'] })
    world.created = { attachments: [attachedTo(anOverlay(), '10.0.1.9')] }
    await world.run(runContainer, gnswarm)
    expect(world.named('containers.create')).toEqual([
      {
        host: 'lindenau',
        name: 'containers.create',
        args: [
          {
            name: 'api',
            image: 'nginx:latest',
            command: ['nginx', '-g', 'daemon off;'],
            networkId: aSwarmId('gnswarm'),
            aliases: [],
            environment: ['MODE=test', 'TEXT=two words'],
            publishedPorts: [
              { hostPort: 8080, containerPort: 80, protocol: 'tcp' },
              { hostPort: 53, containerPort: 53, protocol: 'udp' },
            ],
            labels: {},
            hasTty: true,
            isInteractive: true,
            restart: 'unless-stopped',
          },
        ],
      },
    ])
    expect(world.changes).toEqual(['lindenau containers.create', 'lindenau containers.start'])
    expect(world.ui.said).toBe('api runs at lindenau on gnswarm as 10.0.1.9.')
    expect(world.ui.questions.at(-1)?.labels).toEqual(['Attach', 'Test Connectivity'])
  })

  it('offers the images that the host has, by their tags', async () => {
    const world = new CommandWorld({ answers: [{ pick: 'lindenau' }, 'leave'] })
    await world.run(runContainer, gnswarm)
    expect(world.ui.questions.at(-1)?.labels).toEqual(['alpine:latest', 'nginx:latest', 'Another image…'])
  })

  it('proposes a terminal for what is a shell, and only for that', async () => {
    const options = async (image: string, command: string) => {
      const answers: Answer[] = [
        { pick: 'lindenau' },
        { pick: image },
        'accept',
        { input: command },
        { input: '' },
        { input: '' },
        'leave',
      ]
      const world = new CommandWorld({ answers })
      await world.run(runContainer, gnswarm)
      return world.ui.items
        .at(-1)!
        .filter(({ isPicked }) => isPicked)
        .map(({ label }) => label)
    }
    const both = ['Terminal (-t)', 'Keep stdin open (-i)']
    expect(await options('alpine:latest', '')).toEqual(both)
    expect(await options('nginx:latest', 'sh')).toEqual(both)
    expect(await options('nginx:latest', '')).toEqual([])
    expect(await options('alpine:latest', 'sleep 60')).toEqual([])
  })

  it('proposes a name that no host has', async () => {
    const answers: Answer[] = [{ pick: 'lindenau' }, { pick: 'Another image…' }, { input: 'shell1' }, 'leave']
    const world = new CommandWorld({ answers })
    await world.run(runContainer, gnswarm)
    expect(world.ui.inputs.at(-1)?.value).toBe('shell1-2')
  })

  it('pulls an image that the host does not have, and shows how far it is', async () => {
    const answers: Answer[] = [{ pick: 'lindenau' }, { pick: 'Another image…' }, { input: 'redis' }, ...plain, 'leave']
    const world = new CommandWorld({ answers })
    await world.run(runContainer, gnswarm)
    expect(world.named('images.pull').map(({ args }) => args)).toContainEqual(['redis:latest'])
    expect(world.ui.progresses.at(-1)?.reports).toContain('Downloading 10 %')
  })

  it('says what to do where an image cannot be pulled, and leaves nothing behind', async () => {
    const answers: Answer[] = [{ pick: 'lindenau' }, { pick: 'Another image…' }, { input: 'redis' }, ...plain]
    const world = new CommandWorld({ answers })
    world.failures.set('images.pull', anEngineError('no such host'))
    expect(await world.failure(runContainer, gnswarm)).toMatchObject({
      host: 'lindenau',
      message: 'no such host',
      remedy: expect.stringContaining('docker load') as string,
    })
    expect(world.named('containers.create')).toEqual([])
  })

  it('takes an image by the beginning of its ID', async () => {
    const id = anId('nginx').slice(0, 12)
    const answers: Answer[] = [{ pick: 'lindenau' }, { pick: 'Another image…' }, { input: id }, ...plain, 'leave']
    const world = new CommandWorld({ answers })
    await world.run(runContainer, gnswarm)
    expect(world.named('containers.create')[0]?.args).toMatchObject([{ image: `sha256:${anId('nginx')}` }])
    expect(world.named('images.pull')).toEqual([])
  })

  it('asks for the name of an image at once where the host has none', async () => {
    const world = new CommandWorld({ answers: [{ pick: 'lindenau' }, { input: 'redis' }, 'leave'] })
    world.images = []
    await world.run(runContainer, gnswarm)
    expect(world.ui.questions.map(({ text }) => text)).toEqual([
      'Run Container: Host',
      'Run Container: Image, for instance nginx or alpine:3.20',
      'Run Container: Name: the others on the network find the container by it',
    ])
  })

  it('refuses each bad answer while it is typed', async () => {
    const answers: Answer[] = [
      { pick: 'tolkewitz' },
      { pick: 'Another image…' },
      { input: 'Nginx' },
      { input: 'nginx' },
      { input: 'web' },
      { input: 'x' },
      { input: 'api' },
      { input: 'sh -c "echo' },
      { input: 'sh -c "echo"' },
      { input: '8080:80' },
      { input: '8081:80' },
      { input: 'A' },
      { input: 'A=1' },
      'accept',
      'leave',
    ]
    const web = aContainer({
      ports: [{ privatePort: 80, protocol: 'tcp', publicPort: 8080, hostAddress: '0.0.0.0' }],
      attachments: [attachedTo(anOverlay(), '10.0.1.3')],
    })
    const fleet = aFleet([aHost('tolkewitz', { containers: [web], networks: [anOverlay()] })])
    const world = new CommandWorld({ fleet, answers })
    await world.run(runContainer, gnswarm)
    expect(world.ui.problems).toEqual([
      expect.stringContaining('lower case') as string,
      'There is a container "web" already at tolkewitz (nginx:latest, running).',
      expect.stringContaining('At least two characters') as string,
      'A quote (") is opened and not closed.',
      'The port 8080/tcp of tolkewitz is taken by the container "web".',
      '"A" has no value: write A=VALUE.',
    ])
  })

  it('asks whether a name is meant that another host has on the network', async () => {
    const start: Answer[] = [{ pick: 'lindenau' }, { pick: 'nginx:latest' }, { input: 'web' }]
    const rest = plain.slice(1)
    const anyway = new CommandWorld({ answers: [...start, { press: 'Use This Name' }, ...rest, 'leave'] })
    await anyway.run(runContainer, gnswarm)
    expect(anyway.ui.messages[0]?.text).toContain('on gnswarm at tolkewitz too: the name would lead to each in turn')
    expect(anyway.named('containers.create')[0]?.args).toMatchObject([{ name: 'web' }])
    const other = new CommandWorld({
      answers: [...start, { press: 'Choose Another' }, { input: 'api' }, ...rest, 'leave'],
    })
    await other.run(runContainer, gnswarm)
    expect(other.named('containers.create')[0]?.args).toMatchObject([{ name: 'api' }])
    const gone = new CommandWorld({ answers: [...start, 'leave'] })
    await gone.run(runContainer, gnswarm)
    expect(gone.changes).toEqual([])
  })

  it('changes nothing when the user leaves at any question', async () => {
    await expectLeavingChangesNothing(runContainer, { subject: gnswarm, answers: everything })
    await expectLeavingChangesNothing(runContainer, { answers: [{ pick: 'gnswarm' }, ...everything] })
  })

  it('removes a container that does not start, and says so', async () => {
    const world = new CommandWorld({ answers: everything })
    world.failures.set('containers.start', anEngineError('port is taken'))
    const error = await world.failure(runContainer, gnswarm)
    expect(error).toMatchObject({ host: 'lindenau', remedy: expect.stringContaining('removed again') as string })
    expect(error.message).toContain('port is taken')
    expect(world.changes.at(-1)).toBe('lindenau containers.remove')
    expect(world.logged).toEqual([])
  })

  it('says what was left where it cannot be removed either', async () => {
    const world = new CommandWorld({ answers: everything })
    world.failures.set('containers.start', anEngineError('port is taken'))
    world.failures.set('containers.remove', anEngineError('busy'))
    expect((await world.failure(runContainer, gnswarm)).remedy).toContain('by hand')
  })

  it('names the host where the engine does not create it', async () => {
    const world = new CommandWorld({ answers: everything })
    world.failures.set('containers.create', anEngineError())
    expect(await world.failure(runContainer, gnswarm)).toMatchObject({ host: 'lindenau' })
    expect(world.named('containers.start')).toEqual([])
  })

  it('tells at once when the container ended at once, and shows its log', async () => {
    const world = new CommandWorld({ answers: [...everything, { press: 'Show Logs' }] })
    world.created = { state: 'exited', status: 'Exited (1) 1 second ago' }
    await world.run(runContainer, gnswarm)
    expect(world.ui.messages[0]).toEqual({
      severity: 'warn',
      text: 'api at lindenau has ended already: Exited (1) 1 second ago.',
    })
    expect(world.ui.terminals[0]?.title).toBe('api @ lindenau (log)')
  })

  it('attaches to what it has just made, though the fleet does not know it yet', async () => {
    const world = new CommandWorld({ answers: [...everything, { press: 'Attach' }] })
    await world.run(runContainer, gnswarm)
    expect(world.ui.terminals[0]?.title).toBe('api @ lindenau')
  })

  it('passes on the engine’s warnings', async () => {
    const world = new CommandWorld({ answers: [...everything, 'leave'] })
    world.warnings = ['no swap limit']
    await world.run(runContainer, gnswarm)
    expect(world.ui.messages[0]).toEqual({ severity: 'warn', text: 'lindenau: no swap limit' })
  })
})

describe('the networks and hosts of runContainer', () => {
  it('are those that take containers', async () => {
    const fleet = aFleet([
      aHost('tolkewitz', {
        networks: [
          aBridge(),
          aBridge({ name: 'mine' }),
          anOverlay(),
          anOverlay({ name: 'services', isAttachable: false }),
          anOverlay({ name: 'ingress', isIngress: true }),
        ],
      }),
    ])
    const world = new CommandWorld({ fleet, answers: ['leave'] })
    await world.run(runContainer)
    expect(world.ui.questions[0]?.labels).toEqual(['gnswarm', 'mine'])
  })

  it('do not include a network that is not attachable, and it is said why', async () => {
    const services = anOverlay({ name: 'services', isAttachable: false })
    const world = new CommandWorld({ fleet: aFleet([aHost('tolkewitz', { networks: [services] })]) })
    const error = await world.failure(runContainer, { kind: 'network', networkKey: services.id })
    expect(error.message).toContain('services is not attachable: only services of the swarm')
  })

  it('are the swarm’s hosts that answer and take tasks', async () => {
    const fleet = aFleet([
      aHost('tolkewitz', { networks: [anOverlay()] }),
      aHost('miltitz', { role: 'worker' }),
      aHost('drained', { role: 'worker', over: { availability: 'drain' } }),
      aHost('stranger', { role: 'none' }),
      aSilentHost('lindenau'),
    ])
    const world = new CommandWorld({ fleet, answers: ['leave'] })
    await world.run(runContainer, gnswarm)
    expect(world.ui.questions[0]?.labels).toEqual(['tolkewitz', 'miltitz'])
  })

  it('is the host of a local network, without a question', async () => {
    const mine = aBridge({ name: 'mine' })
    const fleet = aFleet([aHost('tolkewitz'), aHost('miltitz', { role: 'worker', networks: [mine] })])
    const world = new CommandWorld({ fleet, answers: [{ pick: 'alpine:latest' }, ...plain, 'leave'] })
    await world.run(runContainer, {
      kind: 'network',
      networkKey: `settings:miltitz/${mine.id}`,
      hostId: 'settings:miltitz',
    })
    expect(world.changes).toEqual(['miltitz containers.create', 'miltitz containers.start'])
  })

  it('is the clicked host, with the networks that it can use', async () => {
    const fleet = aFleet([
      aHost('tolkewitz', { networks: [anOverlay(), aBridge({ name: 'mine' })] }),
      aHost('miltitz', { role: 'worker' }),
    ])
    const answers: Answer[] = [{ pick: 'gnswarm' }, { pick: 'alpine:latest' }, ...plain, 'leave']
    const world = new CommandWorld({ fleet, answers })
    await world.run(runContainer, { kind: 'host', hostId: 'settings:miltitz' })
    expect(world.ui.questions[0]?.labels).toEqual(['gnswarm'])
    expect(world.changes).toEqual(['miltitz containers.create', 'miltitz containers.start'])
  })

  it('are missing: it is said what to do', async () => {
    const world = new CommandWorld({ fleet: aFleet([aHost('tolkewitz', { networks: [aBridge()] })]) })
    await world.run(runContainer, { kind: 'host', hostId: 'settings:tolkewitz' })
    expect(world.ui.said).toBe(
      'There is no network that takes containers at tolkewitz: create an attachable overlay network first.',
    )
    const drained = aFleet([aHost('tolkewitz', { networks: [anOverlay()], over: { availability: 'drain' } })])
    const nowhere = new CommandWorld({ fleet: drained })
    expect(await nowhere.failure(runContainer, gnswarm)).toMatchObject({ code: 'unreachable' })
  })

  it('say that the host’s images cannot be listed', async () => {
    const world = new CommandWorld({ fleet: aSwarmOfThree(), answers: [{ pick: 'lindenau' }] })
    world.failures.set('images.list', anEngineError())
    expect(await world.failure(runContainer, gnswarm)).toMatchObject({ host: 'lindenau' })
  })
})
