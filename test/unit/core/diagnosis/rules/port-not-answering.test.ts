import { describe, expect, it } from 'vitest'
import { anOutcome, fail, fine, findingsOf, lost, pass, peersOf } from '../outcome'

const peers = peersOf('web@tolkewitz', 'near@tolkewitz', 'shell1@miltitz')

describe('port-not-answering', () => {
  it('is about a container that answers otherwise', () => {
    const silent = [pass('name'), pass('icmp'), fail('tcp', 'lost', { port: 80 })]
    const [finding, ...more] = findingsOf(anOutcome(peers, (_from, to) => (to.container === 'web' ? silent : fine)))
    expect(more).toEqual([])
    expect(finding).toMatchObject({ cause: 'port-not-answering', containers: ['web'], confidence: 75 })
    expect(finding!.evidence).toContain('The same container answered otherwise: icmp is fine.')
  })

  it('is not about one that answers nothing', () => {
    const silent = [...lost, fail('tcp', 'lost', { port: 80 })]
    const findings = findingsOf(anOutcome(peers, (_from, to) => (to.container === 'web' ? silent : fine)))
    expect(findings.map(({ cause }) => cause)).not.toContain('port-not-answering')
  })
})
