import { describe, expect, it } from 'vitest'
import { parseAttachmentTasks } from '../../../../../src/adapters/docker/records/attachment-task'
import { parseNetworkView } from '../../../../../src/adapters/docker/records/network-view'
import { parseTraffic } from '../../../../../src/adapters/docker/records/traffic'
import { fixture } from '../fixture'

describe('parseNetworkView', () => {
  const view = parseNetworkView(fixture('network-verbose-20.10'))

  it('reads whom the engine gossips with', () => {
    expect(view).toMatchObject({ name: 'gnswarm', driver: 'overlay', subnets: ['10.0.1.0/24'] })
    expect([...view.peers].sort()).toEqual(['198.18.0.11', '198.18.0.12', '198.18.0.13'])
  })

  it('reads its table of names, of services too', () => {
    expect(view.names).toContainEqual({
      ...{ service: '', name: 'web', address: '10.0.1.2', hostAddress: '198.18.0.11' },
      endpointId: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    })
    expect(view.names.filter(({ service }) => service === 'dns').map(({ address }) => address)).toHaveLength(2)
  })

  it('reads virtual addresses, which services without one have as <nil>', () => {
    expect(view.services).toEqual([{ name: 'dns' }, { name: 'svc', virtualAddress: '10.0.1.9' }])
  })

  it('reads the endpoints of the engine’s own containers', () => {
    const answer = { Id: 'n', Containers: { c1: { Name: 'web', EndpointID: 'e1' }, 'lb-n': { EndpointID: 'e2' } } }
    expect(parseNetworkView(answer).endpoints).toEqual(['e1', 'e2'])
    expect(view.endpoints).toEqual([])
  })

  it('takes what a manager says of a network that it could not give addresses', () => {
    const answer = { Id: 'n', Name: 'twice', Driver: '', IPAM: { Driver: '', Config: [] }, Peers: null }
    expect(parseNetworkView(answer)).toMatchObject({ driver: '', subnets: [], peers: [], names: [], services: [] })
  })
})

describe('parseAttachmentTasks', () => {
  it('reads where containers are attached', () => {
    expect(parseAttachmentTasks(fixture('attachments-20.10'))[0]).toEqual({
      id: 'ern92yayd1x3fexgcl7c9a0ai',
      containerId: 'f309a8a063e345dba1503a9216b0bb272ff72f1e8c993afb6d83ec46e303f693',
      nodeId: 'zkpumajobdc57se38l2clbays',
      networkIds: ['rzk1ftseygivfyse0wxcohgic'],
      addresses: ['10.0.1.6'],
      state: 'running',
    })
  })

  it('reads one that could not be placed or made', () => {
    const Err = 'network sandbox join failed: error creating vxlan interface: file exists'
    const tasks = [
      { ID: 'p', Spec: { NetworkAttachmentSpec: { ContainerID: 'c' } }, Status: { State: 'pending' } },
      { ID: 'r', NodeID: 'n', Status: { State: 'rejected', Err } },
    ]
    expect(parseAttachmentTasks(tasks)).toEqual([
      { id: 'p', containerId: 'c', networkIds: [], addresses: [], state: 'pending' },
      { id: 'r', containerId: '', nodeId: 'n', networkIds: [], addresses: [], state: 'rejected', error: Err },
    ])
  })
})

describe('parseTraffic', () => {
  it('reads the counters of each interface', () => {
    const eth0 = { rx_bytes: 54, rx_packets: 1, rx_errors: 0, tx_bytes: 7, tx_packets: 2 }
    expect(parseTraffic({ networks: { eth0 } })).toEqual([
      { name: 'eth0', receivedPackets: 1, receivedBytes: 54, sentPackets: 2, sentBytes: 7 },
    ])
  })

  it('has none of a container without a network', () => {
    expect(parseTraffic({ read: '' })).toEqual([])
  })
})
