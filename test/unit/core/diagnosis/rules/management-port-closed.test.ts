import { describe, expect, it } from 'vitest'
import { anOutcome, causesOf, fail, findingsOf, fine, peersOf } from '../outcome'
import { aReading, missing, notStarted } from '../reading'

const three = peersOf('api@lindenau', 'cache@miltitz', 'shell1@miltitz', 'web@tolkewitz')
const well = anOutcome(three, () => fine)

describe('management-port-closed', () => {
  const nodes = { miltitz: { state: 'down', message: 'heartbeat failure' } } as const

  it('names a host that the manager has lost while gossip has it, though no pair fails', () => {
    const [finding, ...more] = findingsOf({ ...well, reading: aReading({ nodes }) })
    expect(more).toEqual([])
    expect(finding).toMatchObject({ cause: 'management-port-closed', hosts: ['miltitz'], confidence: 90 })
    expect(finding!.fixes[0]!.hostIds).toEqual(['settings:miltitz', 'settings:tolkewitz'])
  })

  it('explains a container that could not be attached there', () => {
    const late = { ...three[1]!, state: 'created', isRunning: false } as const
    const peers = [three[0]!, late]
    const outcome = anOutcome(peers, (_from, to) => (to === late ? [fail('target', 'not-running')] : fine))
    const containers = [notStarted(late, 'Could not attach to network gnswarm: context deadline exceeded')]
    expect(causesOf({ ...outcome, reading: aReading({ nodes, containers }) })).toEqual(['management-port-closed'])
  })

  it('says nothing where gossip has lost the host as well, nor while the node is ready', () => {
    expect(causesOf({ ...well, reading: aReading({ nodes, hosts: missing('miltitz') }) })).toEqual(['host-cut-off'])
    expect(causesOf({ ...well, reading: aReading() })).toEqual([])
  })
})
