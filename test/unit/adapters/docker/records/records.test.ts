import { describe, expect, it } from 'vitest'
import { parseContainerDetails } from '../../../../../src/adapters/docker/records/container-details'
import { parseCreatedContainer, parseCreatedNetwork } from '../../../../../src/adapters/docker/records/created'
import { parseEvent } from '../../../../../src/adapters/docker/records/event'
import { parseExec } from '../../../../../src/adapters/docker/records/exec'
import { parseImages } from '../../../../../src/adapters/docker/records/image'
import { parseInfo } from '../../../../../src/adapters/docker/records/info'
import { parseNetworks } from '../../../../../src/adapters/docker/records/network'
import { parseNodes } from '../../../../../src/adapters/docker/records/node'
import { parseVersion } from '../../../../../src/adapters/docker/records/version'
import { fixture } from '../fixture'

const versions = { version: '1.9.0', apiVersion: '1.21' }

describe('parseInfo', () => {
  it('reads a manager of Docker 20.10', () => {
    expect(parseInfo(fixture('info-20.10-manager'), { ...versions, apiVersion: '1.41' })).toEqual({
      engineId: 'UTDU:5EX2:NUZP:LYVS:MGQQ:3ESJ:GRGH:Q7AZ:5HA5:PBK4:FPYU:BGSX',
      hostName: 'tolkewitz',
      version: '20.10.24+dfsg1',
      apiVersion: '1.41',
      operatingSystem: 'Debian GNU/Linux 12 (bookworm)',
      architecture: 'x86_64',
      kernelVersion: '6.1.0-28-amd64',
      swarm: {
        state: 'active',
        isManager: true,
        nodeId: 'kwwzvw4a4r6rzj76bgvpp1j6a',
        nodeAddress: '198.18.7.11',
        clusterId: 'pn4p5f3pflx4ftf8pxy77q5u8',
        dataPathPort: 4789,
      },
      warnings: [],
    })
  })

  it('reads Docker 1.9, which knows neither its version nor swarm mode there', () => {
    expect(parseInfo(fixture('info-1.9'), versions)).toMatchObject({
      hostName: 'kaditz',
      version: '1.9.0',
      architecture: '',
      swarm: { state: 'unknown', isManager: false },
    })
  })

  it('reads the key-value store of Docker 20.10, and none where it is empty or absent', () => {
    const info = { ClusterStore: 'etcd://198.18.75.11:2379', ClusterAdvertise: '198.18.75.12:2375' }
    expect(parseInfo(info, versions)).toMatchObject({
      clusterStore: 'etcd://198.18.75.11:2379',
      clusterAdvertise: '198.18.75.12:2375',
    })
    expect(Object.keys(parseInfo({ ClusterStore: '', ClusterAdvertise: '' }, versions))).not.toContain('clusterStore')
  })

  it('keeps why a swarm node is in error', () => {
    const Swarm = { LocalNodeState: 'error', Error: 'certificate expired', NodeID: '', ControlAvailable: false }
    expect(parseInfo({ Swarm }, versions).swarm).toEqual({
      state: 'error',
      isManager: false,
      error: 'certificate expired',
    })
  })
})

describe('parseVersion', () => {
  it('reads the versions', () => {
    expect(parseVersion({ Version: '26.1.5', ApiVersion: '1.45', MinAPIVersion: '1.24' })).toEqual({
      version: '26.1.5',
      apiVersion: '1.45',
      minApiVersion: '1.24',
    })
    expect(parseVersion({ Version: '1.9.0', ApiVersion: '1.21' }).minApiVersion).toBeUndefined()
  })

  it('refuses what is no engine', () => {
    expect(() => parseVersion({ version: '1.2.3' })).toThrow(/GET \/version is not what the API promises at ApiVersion/)
  })
})

describe('parseNetworks', () => {
  const [gnswarm, ingress, bridge, none] = parseNetworks(fixture('networks-20.10'))

  it('reads an overlay', () => {
    expect(gnswarm).toEqual({
      id: 'gv9zd0dfcz5i6ylglzllvw88j',
      name: 'gnswarm',
      driver: 'overlay',
      scope: 'swarm',
      subnets: [{ subnet: '10.0.1.0/24', gateway: '10.0.1.1' }],
      options: {
        'com.docker.network.driver.mtu': '1400',
        'com.docker.network.driver.overlay.vxlanid_list': '4098',
        encrypted: '',
      },
      labels: { team: 'shop' },
      isInternal: true,
      isAttachable: true,
      isIngress: false,
      isEncrypted: true,
    })
  })

  it('reads the others', () => {
    expect(ingress).toMatchObject({ isIngress: true, isEncrypted: false })
    expect(bridge).toMatchObject({ scope: 'local', subnets: [{ subnet: '172.17.0.0/16' }] })
    expect(none).toMatchObject({ driver: 'null', subnets: [], options: {}, labels: {} })
  })

  it('reads Docker 1.9, whose overlays come from a key-value store', () => {
    const IPAM = { Driver: 'default', Config: [{ Subnet: '10.0.0.0/24', Gateway: '10.0.0.1/24' }] }
    expect(parseNetworks([{ Id: 'a', Name: 'multi', Driver: 'overlay', IPAM }])).toMatchObject([
      { scope: 'global', subnets: [{ subnet: '10.0.0.0/24', gateway: '10.0.0.1' }], isAttachable: false },
    ])
    expect(parseNetworks([{ Id: 'b', Name: 'bridge', Driver: 'bridge' }])).toMatchObject([{ scope: 'local' }])
  })

  it('drops subnets that are empty, as a network in error has them', () => {
    expect(parseNetworks([{ Id: 'a', Driver: '', IPAM: { Config: [{}] } }])).toMatchObject([
      { driver: '', subnets: [] },
    ])
  })
})

describe('parseNodes', () => {
  const [manager, worker, fresh] = parseNodes(fixture('nodes-20.10'))

  it('reads a manager, by its raft address where it knows no other', () => {
    expect(manager).toEqual({
      id: 'kwwzvw4a4r6rzj76bgvpp1j6a',
      hostName: 'tolkewitz',
      role: 'manager',
      availability: 'active',
      state: 'ready',
      address: '198.18.7.11',
      isLeader: true,
      reachability: 'reachable',
      engineVersion: '20.10.24+dfsg1',
    })
  })

  it('takes the brackets off an IPv6 raft address', () => {
    const node = { ID: 'a', Spec: {}, Status: {}, ManagerStatus: { Addr: '[fd00::1]:2377' } }
    expect(parseNodes([node])).toMatchObject([{ address: 'fd00::1', role: 'worker', availability: 'active' }])
  })

  it('reads a worker that is down', () => {
    expect(worker).toMatchObject({
      role: 'worker',
      availability: 'drain',
      state: 'down',
      message: 'heartbeat failure',
      address: '198.18.7.13',
      isLeader: false,
    })
  })

  it('reads a node that has never said anything', () => {
    expect(fresh).toMatchObject({ hostName: '', state: 'unknown', engineVersion: '' })
    expect(fresh).not.toHaveProperty('address')
  })
})

describe('parseImages', () => {
  it('takes untagged images for what they are', () => {
    expect(
      parseImages([
        { Id: 'sha256:1', RepoTags: ['nginx:latest', 'web:1'] },
        { Id: 'sha256:2', RepoTags: ['<none>:<none>'] },
        { Id: 'sha256:3', RepoTags: null },
      ]),
    ).toEqual([
      { id: 'sha256:1', tags: ['nginx:latest', 'web:1'] },
      { id: 'sha256:2', tags: [] },
      { id: 'sha256:3', tags: [] },
    ])
  })
})

describe('what was created', () => {
  it('reads IDs and warnings', () => {
    expect(parseCreatedContainer({ Id: 'c', Warnings: null })).toEqual({ id: 'c', warnings: [] })
    expect(parseCreatedContainer({ Id: 'c', Warnings: ['no swap'] })).toEqual({ id: 'c', warnings: ['no swap'] })
    expect(parseCreatedNetwork({ Id: 'n', Warning: '' })).toEqual({ id: 'n' })
    expect(parseCreatedNetwork({ Id: 'n', Warning: 'exists' })).toEqual({ id: 'n', warning: 'exists' })
  })
})

describe('parseContainerDetails and parseExec', () => {
  it('reads what attaching depends on, and keeps the answer whole', () => {
    const raw = { Config: { Tty: true, OpenStdin: true, StdinOnce: false }, State: { Running: true, ExitCode: 0 } }
    expect(parseContainerDetails(raw)).toEqual({
      raw,
      hasTty: true,
      isStdinOpen: true,
      isStdinOnce: false,
      isRunning: true,
      isPaused: false,
      isRestarting: false,
      exitCode: 0,
      exit: { code: 0, error: '', restart: 'no' },
    })
  })

  it('reads how a container ended that could not be started', () => {
    const Error = 'Could not attach to network gnswarm: rpc error: code = PermissionDenied'
    const raw = {
      Config: {},
      State: { ExitCode: 128, Error, FinishedAt: '2026-11-25T23:26:40.95Z' },
      HostConfig: { RestartPolicy: { Name: 'unless-stopped', MaximumRetryCount: 0 } },
    }
    expect(parseContainerDetails(raw).exit).toEqual({
      ...{ code: 128, error: Error, restart: 'unless-stopped' },
      finishedAt: Date.UTC(2026, 10, 25, 23, 26, 40, 950),
    })
    const never = { Config: {}, State: { FinishedAt: '0001-01-01T00:00:00Z' } }
    expect(parseContainerDetails(never).exit).not.toHaveProperty('finishedAt')
  })

  it('knows no exit status before the end', () => {
    expect(parseExec({ Running: true, ExitCode: null })).toEqual({ isRunning: true, exitCode: undefined })
    expect(parseExec({ Running: false, ExitCode: 3 })).toEqual({ isRunning: false, exitCode: 3 })
  })
})

describe('parseEvent', () => {
  const container = (Action: string) => ({
    status: Action,
    id: 'c1',
    from: 'nginx',
    Type: 'container',
    Action,
    Actor: { ID: 'c1', Attributes: { image: 'nginx', name: 'web' } },
    scope: 'local',
  })

  it.each(['create', 'start', 'die', 'stop', 'destroy', 'rename', 'pause', 'unpause', 'update'])(
    'keeps a container’s %s',
    (action) => {
      expect(parseEvent(container(action))).toEqual({ kind: 'container', action, containerId: 'c1' })
    },
  )

  it('says of a task’s container which task it runs', () => {
    const Attributes = { 'com.docker.swarm.task.id': 't1', 'com.docker.swarm.service.id': 's1' }
    const event = parseEvent({ ...container('start'), Actor: { ID: 'c1', Attributes } })
    expect(event).toEqual({ kind: 'container', action: 'start', containerId: 'c1', taskId: 't1' })
  })

  it('keeps a change of health, which changes the status', () => {
    expect(parseEvent(container('health_status: healthy'))).toMatchObject({ action: 'health_status' })
  })

  it.each(['exec_create: sh -c id', 'exec_start: sh -c id', 'exec_die', 'attach', 'detach', 'resize', 'top', 'export'])(
    'drops %s',
    (action) => {
      expect(parseEvent(container(action))).toBeUndefined()
    },
  )

  it('reads networks, nodes, services and the engine', () => {
    const connect = { ID: 'n1', Attributes: { container: 'c1', name: 'gnswarm', type: 'overlay' } }
    expect(parseEvent({ Type: 'network', Action: 'connect', Actor: connect })).toEqual({
      kind: 'network',
      driver: 'overlay',
      action: 'connect',
      networkId: 'n1',
      containerId: 'c1',
    })
    expect(parseEvent({ Type: 'network', Action: 'remove', Actor: { ID: 'n1' }, scope: 'swarm' })).toEqual({
      kind: 'network',
      action: 'remove',
      networkId: 'n1',
    })
    expect(parseEvent({ Type: 'node', Action: 'update', Actor: { ID: 'x' } })).toEqual({
      kind: 'node',
      action: 'update',
      nodeId: 'x',
    })
    expect(parseEvent({ Type: 'service', Action: 'create', Actor: { ID: 's' }, scope: 'swarm' })).toEqual({
      kind: 'service',
      action: 'create',
      serviceId: 's',
    })
    expect(parseEvent({ Type: 'daemon', Action: 'reload', Actor: { ID: 'd' } })).toEqual({
      kind: 'engine',
      action: 'reload',
    })
  })

  it('reads Docker 1.9, which has neither types nor actors', () => {
    expect(parseEvent({ status: 'start', id: 'c9', from: 'nginx', time: 1 })).toEqual({
      kind: 'container',
      action: 'start',
      containerId: 'c9',
    })
    expect(parseEvent({ status: 'pull', id: 'nginx:latest', time: 1 })).toBeUndefined()
  })

  it.each([
    ['volumes', { Type: 'volume', Action: 'create', Actor: { ID: 'v' } }],
    ['what is no event', 7],
    ['null', null],
  ])('ignores %s', (_, value) => {
    expect(parseEvent(value)).toBeUndefined()
  })
})
