import { describe, expect, it } from 'vitest'
import { aRun } from '../../../builders'
import { anOutcome, causesOf, fine, findingsOf, lost, peersOf, unknownName } from '../outcome'

const peers = peersOf('a1@lindenau', 'b1@miltitz', 'c1@tolkewitz', 'c2@tolkewitz')

describe('names-not-spreading', () => {
  it('names the host none of whose names is known elsewhere', () => {
    const [finding, ...more] = findingsOf(
      anOutcome(peers, (from, to) => (to.host === 'tolkewitz' && from.host !== 'tolkewitz' ? unknownName : fine)),
    )
    expect(more).toEqual([])
    expect(finding).toMatchObject({
      cause: 'names-not-spreading',
      hosts: ['tolkewitz', 'lindenau', 'miltitz'],
      containers: ['c1', 'c2'],
    })
    expect(finding!.remedy).toContain('7946/udp')
    expect(finding!.fixes[1]).toMatchObject({ id: 'show-firewall-commands', hostIds: ['settings:tolkewitz'] })
  })

  it('takes single pairs along that are lost already between the same hosts', () => {
    const outcome = anOutcome(peers, (from, to) => {
      if (from.container === 'c1' && to.container === 'b1') return lost
      return to.host === 'tolkewitz' && from.host !== 'tolkewitz' ? unknownName : fine
    })
    const [finding, ...more] = findingsOf(outcome)
    expect(more).toEqual([])
    expect(finding!.evidence.join(' ')).toContain('1 pair between these hosts got no answer')
  })

  it('leaves a single unknown name to its own rule', () => {
    const outcome = anOutcome(peers, (from, to) =>
      to.container === 'c1' && from.host !== to.host ? unknownName : fine,
    )
    expect(causesOf(outcome)).toEqual(['name-not-known'])
  })

  it('is no cause on a network of one host', () => {
    const network = { ...aRun().network, driver: 'bridge' }
    const outcome = anOutcome(peers, (from, to) => (from.host !== to.host ? unknownName : fine), { network })
    expect(new Set(causesOf(outcome))).toEqual(new Set(['name-not-known']))
  })
})
