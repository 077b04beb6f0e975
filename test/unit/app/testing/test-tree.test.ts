import { describe, expect, it } from 'vitest'
import { childTests, membersKey, networkTests } from '../../../../src/app/testing/test-tree'
import { aBridge, aContainer, aFleet, aHost, anOverlay, aSwarmId, aSwarmOfThree, attachedTo } from '../../builders'

const networkKey = aSwarmId('gnswarm')
const texts = (nodes: ReturnType<typeof networkTests>) =>
  nodes.map(({ label, description }) => `${label} | ${description}`)

describe('the tests', () => {
  it('are the networks that have somebody to test, those that span hosts first', () => {
    const own = aBridge({ name: 'compose' })
    const on = (name: string) => aContainer({ name, attachments: [attachedTo(own), attachedTo(anOverlay())] })
    const fleet = aFleet([
      aHost('tolkewitz', {
        containers: [on('a'), on('b')],
        networks: [own, aBridge(), anOverlay({ name: 'empty' }), anOverlay()],
      }),
    ])
    expect(texts(networkTests(fleet))).toEqual([
      'gnswarm | overlay · 2 containers',
      'compose | tolkewitz · 2 containers',
    ])
  })

  it('are below a network the containers that ask, and below each those that answer', () => {
    const fleet = aSwarmOfThree()
    const [network] = networkTests(fleet)
    const sources = childTests(fleet, network!.subject)
    expect(texts(sources)).toEqual(['shell1 | miltitz', 'web | tolkewitz'])
    const targets = childTests(fleet, sources[0]!.subject)
    expect(texts(targets)).toEqual(['→ web | tolkewitz'])
    expect(targets[0]).toMatchObject({ hasChildren: false, subject: { kind: 'pair', networkKey } })
    expect(childTests(fleet, targets[0]!.subject)).toEqual([])
  })

  it('say of a container that it does not run', () => {
    const stopped = aContainer({ state: 'exited', attachments: [attachedTo(anOverlay())] })
    const fleet = aFleet([aHost('tolkewitz', { containers: [stopped], networks: [anOverlay()] })])
    expect(texts(childTests(fleet, { kind: 'network', networkKey }))).toEqual(['web | tolkewitz · exited'])
  })

  it('hold nothing of the snapshot that they were made from', () => {
    const fleet = aSwarmOfThree()
    const [source] = childTests(fleet, { kind: 'network', networkKey })
    expect(Object.keys((source!.subject as { from: object }).from)).toEqual(['hostId', 'containerId'])
  })

  it('are none once the network is gone', () => {
    expect(childTests(aFleet([]), { kind: 'network', networkKey })).toEqual([])
  })
})

describe('membersKey', () => {
  it('changes with the members and their states, and with nothing else', () => {
    const network = () => aSwarmOfThree().networks.find(({ key }) => key === networkKey)!
    expect(membersKey(network())).toBe(membersKey({ ...network(), options: { x: 'y' } }))
    const [first, ...rest] = network().members
    expect(membersKey({ ...network(), members: [{ ...first!, isRunning: false }, ...rest] })).not.toBe(
      membersKey(network()),
    )
    expect(membersKey({ ...network(), members: rest })).not.toBe(membersKey(network()))
  })
})
