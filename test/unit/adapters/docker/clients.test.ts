import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pullQuery } from '../../../../src/adapters/docker/image-client'
import type { ContainerSpec, EngineClient, NetworkSpec } from '../../../../src/core/ports/engine'
import { ApiServer, json, plain } from './api-server'
import { fixture } from './fixture'

const { signal } = new AbortController()

let server: ApiServer
let engine: EngineClient

beforeEach(async () => {
  server = await new ApiServer().listen()
  engine = await server.connect()
})

afterEach(async () => {
  await server.close()
})

function body(path: string): unknown {
  return JSON.parse(server.find(path)!.body)
}

describe('containers', () => {
  const web = 'e11a589c59dcbc325a2e6d5e5b6fbddff73a03badb8ba03db0bc361fda8e1f6d'

  beforeEach(() => server.on('GET /containers/json', json(fixture('containers-20.10'))))

  it('lists all of them, with the version in the path', async () => {
    expect((await engine.containers.list(signal)).map(({ name }) => name)).toEqual([
      'web',
      'api.1.k3vq0u8m8m6m8u4t9w9n7x1zz',
      'never-started',
    ])
    expect(server.last.query).toEqual({ all: 'true' })
  })

  it('lists some of them, and only those: the engine takes an ID for a prefix', async () => {
    expect((await engine.containers.list(signal, [web, 'gone'])).map(({ id }) => id)).toEqual([web])
    expect(server.last.query).toEqual({ all: 'true', filters: JSON.stringify({ id: [web, 'gone'] }) })
  })

  it('lists none without asking: an empty filter would list all', async () => {
    expect(await engine.containers.list(signal, [])).toEqual([])
    expect(server.requests).toEqual([])
  })

  it('reads the whole list where the filter would be long', async () => {
    const many = [web, ...Array.from({ length: 200 }, (_, i) => `gone${i}`)]
    expect(await engine.containers.list(signal, many)).toHaveLength(1)
    expect(server.last.query).toEqual({ all: 'true' })
  })

  it('of Docker 1.9 are told by its networks what they are on, and those of newer engines are not asked for', async () => {
    await engine.containers.list(signal)
    expect(server.requests.map(({ path }) => path)).toEqual(['/containers/json'])
    const old = await new ApiServer().listen()
    try {
      const [{ Id }] = fixture('containers-1.9') as readonly [{ readonly Id: string }]
      const remote = { EndpointID: 'e', IPv4Address: '10.0.9.9/24' }
      const Containers = { [Id]: { IPv4Address: '10.0.9.2/24', IPv6Address: '' }, 'ep-7': remote }
      const networks = [
        { Id: 'n1', Name: 'multi', Driver: 'overlay', Containers },
        { Id: 'n2', Name: 'bridge' },
      ]
      old.on('GET /version', json({ Version: '1.9.1', ApiVersion: '1.21' }))
      old.on('GET /containers/json', json(fixture('containers-1.9')))
      old.on('GET /networks', json(networks))
      const listed = await (await old.connect()).containers.list(signal)
      expect(listed.map(({ name, attachments }) => [name, attachments])).toEqual([
        ['web', [{ networkId: 'n1', networkName: 'multi', address: '10.0.9.2', aliases: [] }]],
        ['38ffac1b62a5', []],
      ])
    } finally {
      await old.close()
    }
  })

  const spec: ContainerSpec = {
    name: 'web',
    image: 'nginx:latest',
    command: ['nginx', '-g', 'daemon off;'],
    networkId: 'gv9zd0dfcz5i6ylglzllvw88j',
    aliases: ['www'],
    environment: ['A=b c'],
    publishedPorts: [
      { containerPort: 80, protocol: 'tcp', hostPort: 8080 },
      { containerPort: 80, protocol: 'tcp', hostPort: 8081, hostAddress: '127.0.0.1' },
      { containerPort: 53, protocol: 'udp' },
    ],
    labels: { team: 'shop' },
    hasTty: true,
    isInteractive: true,
    restart: 'unless-stopped',
  }

  it('creates one on its network', async () => {
    server.on('POST /containers/create', json({ Id: 'c', Warnings: ['no swap limit'] }, 201))
    expect(await engine.containers.create(spec, signal)).toEqual({ id: 'c', warnings: ['no swap limit'] })
    expect(server.last.query).toEqual({ name: 'web' })
    expect(body('/containers/create')).toEqual({
      Image: 'nginx:latest',
      Cmd: ['nginx', '-g', 'daemon off;'],
      Env: ['A=b c'],
      Labels: { team: 'shop' },
      Tty: true,
      OpenStdin: true,
      StdinOnce: false,
      ExposedPorts: { '80/tcp': {}, '53/udp': {} },
      HostConfig: {
        NetworkMode: 'gv9zd0dfcz5i6ylglzllvw88j',
        PortBindings: {
          '80/tcp': [
            { HostIp: '', HostPort: '8080' },
            { HostIp: '127.0.0.1', HostPort: '8081' },
          ],
          '53/udp': [{ HostIp: '', HostPort: '' }],
        },
        PublishAllPorts: false,
        RestartPolicy: { Name: 'unless-stopped' },
      },
      NetworkingConfig: { EndpointsConfig: { gv9zd0dfcz5i6ylglzllvw88j: { Aliases: ['www'] } } },
    })
  })

  it('makes a helper in the network of another that ends by itself, whatever its image is for', async () => {
    server.on('POST /containers/create', json({ Id: 'h' }, 201))
    const engine = await server.connect()
    const spec = { image: 'alpine:latest', containerId: 'bare', seconds: 30 }
    expect(await engine.containers.createHelper(spec, signal)).toMatchObject({ id: 'h' })
    expect(server.last.query).toEqual({})
    expect(JSON.parse(server.last.body)).toEqual({
      Image: 'alpine:latest',
      Entrypoint: ['sleep', '30'],
      Labels: { 'swarm-networks.helper': 'bare' },
      HostConfig: { NetworkMode: 'container:bare', AutoRemove: true },
    })
  })

  it('leaves the command to the image where none is given', async () => {
    server.on('POST /containers/create', json({ Id: 'c' }, 201))
    await engine.containers.create({ ...spec, command: [] }, signal)
    expect(body('/containers/create')).not.toHaveProperty('Cmd')
  })

  it('starts, stops, restarts and removes', async () => {
    const done = (response: { writeHead: (status: number) => { end: () => void } }) => response.writeHead(204).end()
    for (const path of ['start', 'stop', 'restart']) server.on(`POST /containers/c/${path}`, done)
    server.on('DELETE /containers/c', done)
    await engine.containers.start('c', signal)
    await engine.containers.stop('c', signal)
    await engine.containers.restart('c', signal)
    await engine.containers.remove('c', { force: true }, signal)
    expect(server.requests.map(({ method, path, query }) => [method, path, query])).toEqual([
      ['POST', '/containers/c/start', {}],
      ['POST', '/containers/c/stop', {}],
      ['POST', '/containers/c/restart', {}],
      ['DELETE', '/containers/c', { force: 'true' }],
    ])
  })

  it('is content with what runs or is stopped already', async () => {
    for (const path of ['start', 'stop'])
      server.on(`POST /containers/c/${path}`, (response) => response.writeHead(304).end())
    await engine.containers.start('c', signal)
    await engine.containers.stop('c', signal)
  })

  it('names a container in errors as the docker CLI does', async () => {
    server.on('POST *', json({ message: `No such container: ${web}` }, 404))
    await expect(engine.containers.start(web, signal)).rejects.toMatchObject({
      code: 'not-found',
      host: 'tolkewitz',
      status: 404,
      message: `Cannot start the container e11a589c59dc: No such container: ${web}`,
    })
  })
})

describe('networks', () => {
  const gnswarm = 'gv9zd0dfcz5i6ylglzllvw88j'

  it('lists all, or some of them', async () => {
    server.on('GET /networks', json(fixture('networks-20.10')))
    expect(await engine.networks.list(signal)).toHaveLength(4)
    expect(server.last.query).toEqual({})
    expect((await engine.networks.list(signal, [gnswarm])).map(({ name }) => name)).toEqual(['gnswarm'])
    expect(server.last.query).toEqual({ filters: JSON.stringify({ id: [gnswarm] }) })
    expect(await engine.networks.list(signal, [])).toEqual([])
  })

  it('inspects with peers and name table', async () => {
    const answer = { Name: 'gnswarm', Peers: [{ Name: 'x', IP: '198.18.7.11' }], Services: {} }
    server.on(`GET /networks/${gnswarm}`, json(answer))
    expect(await engine.networks.inspect(gnswarm, signal)).toEqual(answer)
    expect(server.last.query).toEqual({ verbose: 'true' })
  })

  const spec: NetworkSpec = {
    name: 'gnswarm',
    subnets: [{ subnet: '10.5.0.0/24', gateway: '10.5.0.1' }, { subnet: 'fd00:5::/64' }],
    isAttachable: true,
    isInternal: true,
    isEncrypted: true,
    mtu: 1400,
    labels: { team: 'shop' },
  }

  it('creates an overlay with everything that was asked for', async () => {
    server.on('POST /networks/create', json({ Id: gnswarm, Warning: '' }, 201))
    expect(await engine.networks.create(spec, signal)).toEqual({ id: gnswarm })
    expect(body('/networks/create')).toEqual({
      Name: 'gnswarm',
      CheckDuplicate: true,
      Driver: 'overlay',
      Attachable: true,
      Internal: true,
      EnableIPv6: true,
      IPAM: {
        Driver: 'default',
        Config: [{ Subnet: '10.5.0.0/24', Gateway: '10.5.0.1' }, { Subnet: 'fd00:5::/64' }],
      },
      Options: { encrypted: '', 'com.docker.network.driver.mtu': '1400' },
      Labels: { team: 'shop' },
    })
  })

  it('creates an overlay with nothing but a name', async () => {
    server.on('POST /networks/create', json({ Id: gnswarm }, 201))
    const plainSpec = { isAttachable: false, isInternal: false, isEncrypted: false, subnets: [], labels: {} }
    await engine.networks.create({ name: 'n', ...plainSpec }, signal)
    expect(body('/networks/create')).toMatchObject({
      EnableIPv6: false,
      IPAM: { Driver: 'default', Config: [] },
      Options: {},
    })
  })

  it('removes', async () => {
    server.on(`DELETE /networks/${gnswarm}`, (response) => response.writeHead(204).end())
    await engine.networks.remove(gnswarm, signal)
    const message = `rpc error: code = FailedPrecondition desc = network ${gnswarm} is in use by task x`
    server.on(`DELETE /networks/${gnswarm}`, json({ message }, 400))
    await expect(engine.networks.remove(gnswarm, signal)).rejects.toMatchObject({ code: 'conflict', status: 400 })
  })
})

describe('a paused container', () => {
  it('goes on', async () => {
    server.on('POST /containers/c/unpause', (response) => response.writeHead(204).end())
    await engine.containers.unpause('c', signal)
    expect(server.last).toMatchObject({
      method: 'POST',
      path: expect.stringContaining('/containers/c/unpause') as string,
    })
  })
})

describe('the members of a network', () => {
  it('connects a container with its further names and a fixed address', async () => {
    server.on('POST /networks/gnswarm/connect', (response) => response.writeHead(200).end())
    await engine.networks.connect('gnswarm', { containerId: 'c', aliases: ['www'], address: '10.5.0.9' }, signal)
    expect(body('/networks/gnswarm/connect')).toEqual({
      Container: 'c',
      EndpointConfig: { Aliases: ['www'], IPAMConfig: { IPv4Address: '10.5.0.9' } },
    })
  })

  it('lets the engine choose the address', async () => {
    server.on('POST /networks/n%2F1/connect', (response) => response.writeHead(200).end())
    await engine.networks.connect('n/1', { containerId: 'c', aliases: [] }, signal)
    expect(JSON.parse(server.last.body)).toEqual({ Container: 'c', EndpointConfig: { Aliases: [] } })
  })

  it('disconnects, also what the engine has lost', async () => {
    server.on('POST /networks/gnswarm/disconnect', (response) => response.writeHead(200).end())
    await engine.networks.disconnect('gnswarm', { container: 'web', force: true }, signal)
    expect(body('/networks/gnswarm/disconnect')).toEqual({ Container: 'web', Force: true })
  })

  it('says in the engine’s words why a container cannot be connected', async () => {
    const message =
      'Could not attach to network gnswarm: rpc error: code = PermissionDenied desc = network gnswarm not manually attachable'
    server.on('POST /networks/gnswarm/connect', json({ message }, 500))
    await expect(engine.networks.connect('gnswarm', { containerId: 'c', aliases: [] }, signal)).rejects.toMatchObject({
      host: 'tolkewitz',
      message: expect.stringContaining('not manually attachable') as string,
    })
  })
})

describe('images', () => {
  it('lists them', async () => {
    server.on('GET /images/json', json([{ Id: 'sha256:1', RepoTags: ['nginx:latest'] }]))
    expect(await engine.images.list(signal)).toEqual([{ id: 'sha256:1', tags: ['nginx:latest'] }])
  })

  it('pulls with progress, one line each time that a layer gets on', async () => {
    const lines = [
      { status: 'Pulling from library/nginx', id: 'latest' },
      { status: 'Downloading', id: 'a1', progress: '[=>  ]', progressDetail: { current: 1 } },
      { status: 'Downloading', id: 'a1', progress: '[==> ]' },
      { status: 'Pull complete', id: 'a1' },
      { status: 'Status: Downloaded newer image \u001b[31mfor nginx:latest' },
    ]
    server.on('POST /images/create', (response) =>
      response.writeHead(200).end(lines.map((line) => `${JSON.stringify(line)}\r\n`).join('')),
    )
    const progress: string[] = []
    await engine.images.pull('nginx:latest', (line) => progress.push(line), signal)
    expect(server.last.query).toEqual({ fromImage: 'nginx', tag: 'latest' })
    expect(progress).toEqual([
      'latest: Pulling from library/nginx',
      'a1: Downloading',
      'a1: Pull complete',
      'Status: Downloaded newer image for nginx:latest',
    ])
  })

  it('fails with what the engine says in the middle of the stream', async () => {
    const error = 'manifest for nginx:nope not found: manifest unknown: manifest unknown'
    server.on('POST /images/create', (response) =>
      response
        .writeHead(200)
        .end(`{"status":"Pulling"}\n${JSON.stringify({ errorDetail: { message: error }, error })}`),
    )
    await expect(engine.images.pull('nginx:nope', () => undefined, signal)).rejects.toMatchObject({
      code: 'not-found',
      host: 'tolkewitz',
      message: `Cannot pull the image nginx:nope: ${error}`,
    })
  })

  it.each([
    ['nginx', 'nginx', 'latest'],
    ['nginx:1.27', 'nginx', '1.27'],
    ['registry:5000/team/web', 'registry:5000/team/web', 'latest'],
    ['registry:5000/team/web:2', 'registry:5000/team/web', '2'],
    ['web@sha256:abc', 'web', 'sha256:abc'],
    ['registry:5000/web:2@sha256:abc', 'registry:5000/web:2', 'sha256:abc'],
  ])('pulls %s', (reference, fromImage, tag) => {
    expect(pullQuery(reference)).toEqual({ fromImage, tag })
  })
})

describe('the swarm', () => {
  it('lists the nodes', async () => {
    server.on('GET /nodes', json(fixture('nodes-20.10')))
    expect((await engine.swarm.nodes(signal)).map(({ hostName }) => hostName)).toEqual(['tolkewitz', 'miltitz', ''])
  })

  it('lists the services', async () => {
    server.on('GET /services', json(fixture('services-20.10')))
    expect((await engine.swarm.services(signal)).map(({ name }) => name)).toContain('gnweb')
  })

  it('lists the tasks that are asked for', async () => {
    server.on('GET /tasks', json(fixture('tasks-20.10')))
    expect(await engine.swarm.tasks({ desiredStates: ['running', 'ready'] }, signal)).toHaveLength(15)
    expect(JSON.parse(server.last.query['filters']!)).toEqual({ 'desired-state': ['running', 'ready'] })
    await engine.swarm.tasks({ desiredStates: ['shutdown'], serviceIds: ['s1'] }, signal)
    expect(JSON.parse(server.last.query['filters']!)).toEqual({ 'desired-state': ['shutdown'], service: ['s1'] })
  })

  it('has tasks replaced, and leaves all else of the service as it is', async () => {
    const spec = { Name: 'web', TaskTemplate: { ContainerSpec: { Image: 'nginx' }, ForceUpdate: 2, New: 1 }, Other: {} }
    server.on('GET /services/s1', json({ ID: 's1', Version: { Index: 40 }, Spec: spec }))
    server.on('POST /services/s1/update', json({ Warnings: null }))
    await engine.swarm.forceUpdate('s1', signal)
    expect(server.last.query).toEqual({ version: '40' })
    expect(body('/services/s1/update')).toEqual({ ...spec, TaskTemplate: { ...spec.TaskTemplate, ForceUpdate: 3 } })
  })

  it('says that somebody else changed the service meanwhile', async () => {
    server.on('GET /services/s1', json({ Version: { Index: 40 }, Spec: { TaskTemplate: {} } }))
    server.on(
      'POST /services/s1/update',
      json({ message: 'rpc error: code = Unknown desc = update out of sequence' }, 500),
    )
    await expect(engine.swarm.forceUpdate('s1', signal)).rejects.toMatchObject({ code: 'conflict' })
  })

  it('sets a node’s availability, and leaves all else of it as it is', async () => {
    const spec = { Role: 'worker', Availability: 'drain', Labels: { rack: '7' }, New: 1 }
    server.on('GET /nodes/n1', json({ ID: 'n1', Version: { Index: 12 }, Spec: spec }))
    server.on('POST /nodes/n1/update', json(''))
    await engine.swarm.setAvailability('n1', 'active', signal)
    expect(server.last.query).toEqual({ version: '12' })
    expect(body('/nodes/n1/update')).toEqual({ ...spec, Availability: 'active' })
  })

  it('asks nothing where no service is meant', async () => {
    expect(await engine.swarm.tasks({ serviceIds: [] }, signal)).toEqual([])
  })

  it('inspects a service and a task, and gives the answers as they come', async () => {
    server.on('GET /services/s1', json({ ID: 's1', Spec: { Name: 'web' } }))
    server.on('GET /tasks/t1', json({ ID: 't1', Status: { State: 'running' } }))
    expect(await engine.swarm.inspectService('s1', signal)).toEqual({ ID: 's1', Spec: { Name: 'web' } })
    expect(await engine.swarm.inspectTask('t1', signal)).toEqual({ ID: 't1', Status: { State: 'running' } })
  })

  it.each([
    [503, 'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node.'],
    [503, "This node is not a swarm manager. Worker nodes can't be used to view or modify cluster state."],
    [406, 'This node is not part of a swarm'],
  ])('says on a worker that it is none (%i)', async (status, message) => {
    server.on('GET /nodes', json({ message }, status))
    await expect(engine.swarm.nodes(signal)).rejects.toMatchObject({ code: 'not-a-manager', status })
  })

  it('says on an old engine that it knows no swarm', async () => {
    server.on('GET /nodes', plain('404 page not found', 404))
    await expect(engine.swarm.nodes(signal)).rejects.toMatchObject({ code: 'unsupported' })
  })
})

describe('the system', () => {
  it('reads what the engine is', async () => {
    server.on('GET /info', json(fixture('info-20.10-manager')))
    expect(await engine.system.info(signal)).toMatchObject({ hostName: 'tolkewitz', apiVersion: '1.41' })
  })

  it('refuses an answer that no engine gives', async () => {
    server.on('GET /info', (response) => response.writeHead(200).end('<html>Welcome to nginx!</html>'))
    await expect(engine.system.info(signal)).rejects.toMatchObject({
      code: 'protocol',
      host: 'tolkewitz',
      message: expect.stringMatching(/^Cannot read what the engine is: the answer to GET \/info is not/) as string,
    })
  })
})
