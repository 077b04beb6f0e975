import { describe, expect, it } from 'vitest'
import { anOutcome, fail, fine, findingsOf, pass, peersOf } from '../outcome'

const dead = [fail('name', 'resolver-timeout'), pass('icmp')]
const peers = peersOf('a1@tolkewitz', 'a2@tolkewitz', 'b1@lindenau')

describe('resolver-not-answering', () => {
  it('is one finding a host, and blames the engine where all its containers are affected', () => {
    const [finding, ...more] = findingsOf(anOutcome(peers, ({ host }) => (host === 'tolkewitz' ? dead : fine)))
    expect(more).toEqual([])
    expect(finding).toMatchObject({ cause: 'resolver-not-answering', hosts: ['tolkewitz'], containers: ['a1', 'a2'] })
    expect(finding!.remedy).toMatch(/restart Docker on tolkewitz/)
  })

  it('blames the container where its neighbours can look up names', () => {
    const [finding] = findingsOf(anOutcome(peers, ({ container }) => (container === 'a1' ? dead : fine)))
    expect(finding).toMatchObject({ cause: 'resolver-not-answering', containers: ['a1'] })
    expect(finding!.evidence.join(' ')).toContain('Other containers on tolkewitz can: a2.')
    expect(finding!.remedy).toMatch(/Restart the container/)
  })
})
