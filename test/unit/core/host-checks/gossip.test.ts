import { describe, expect, it } from 'vitest'
import { heardPeers } from '../../../../src/core/host-checks/gossip'

const [own, second, third] = ['198.18.7.11', '198.18.7.12', '198.18.7.13']

describe('heardPeers', () => {
  it('takes whoever is in the list of any network', () => {
    expect(heardPeers([{ peers: [own, second] }, { peers: [own, third] }])).toEqual([own, second, third])
  })

  it('does not lose a host of the tested network that the ingress network does not list yet', () => {
    expect(heardPeers([{ peers: [own] }, { peers: [own, second, third] }])).toContain(third)
  })

  it('says nothing where no network names anybody', () => {
    expect(heardPeers([undefined, { peers: [] }])).toBeUndefined()
  })
})
