import { describe, expect, it } from 'vitest'
import { anOutcome, fail, fine, findingsOf, pass, peersOf } from '../outcome'

const peers = peersOf('web@tolkewitz', 'shell1@miltitz', 'shell2@lindenau')

describe('port-closed', () => {
  it('is one finding a container with all its closed ports', () => {
    const refused = [pass('icmp'), fail('tcp', 'refused', { port: 80 }), fail('tcp', 'refused', { port: 8080 })]
    const [finding, ...more] = findingsOf(anOutcome(peers, (_from, to) => (to.container === 'web' ? refused : fine)))
    expect(more).toEqual([])
    expect(finding).toMatchObject({
      cause: 'port-closed',
      title: 'Nothing listens on port 80 and 8080 of web on tolkewitz.',
      confidence: 95,
      hosts: ['tolkewitz'],
      containers: ['web'],
    })
    expect(finding!.evidence.join(' ')).toMatch(/connection refused.*It answers to ping/)
    expect(finding!.fixes.map(({ id, containerIds }) => [id, containerIds])).toEqual([
      ['examine-ports', ['web@tolkewitz']],
      ['show-logs', ['web@tolkewitz']],
    ])
  })

  it('claims no ping that nobody got', () => {
    const refused = [fail('icmp', 'lost'), fail('tcp', 'refused', { port: 80 })]
    const [finding] = findingsOf(anOutcome(peers, (_from, to) => (to.container === 'web' ? refused : fine)))
    expect(finding!.evidence.join(' ')).not.toContain('ping')
  })
})
