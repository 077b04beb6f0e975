import { describe, expect, it } from 'vitest'
import { anOutcome, fail, fine, findingsOf, pass, peersOf, unknownName } from '../outcome'

const peers = peersOf('web@tolkewitz', 'near@tolkewitz', 'far1@miltitz', 'far2@lindenau')

describe('name-not-known', () => {
  it('points at the gossip between hosts where the neighbours know the name', () => {
    const [finding, ...more] = findingsOf(
      anOutcome(peers, (from, to) => (to.container === 'web' && from.host !== 'tolkewitz' ? unknownName : fine)),
    )
    expect(more).toEqual([])
    expect(finding).toMatchObject({
      cause: 'name-not-known',
      title: 'The name of web on tolkewitz is not known to 2 containers.',
      hosts: ['tolkewitz', 'miltitz', 'lindenau'],
      containers: ['web'],
    })
    expect(finding!.evidence).toContain('1 other container knows it, on tolkewitz.')
    expect(finding!.remedy).toContain('7946')
    expect(finding!.fixes.map(({ id }) => id)).toEqual(['show-firewall-commands'])
  })

  it('does not point there where not even a neighbour knows it', () => {
    const [finding] = findingsOf(anOutcome(peers, (_from, to) => (to.container === 'web' ? unknownName : fine)))
    expect(finding!.evidence).toContain('No container that was tested knows it.')
    expect(finding!.remedy).not.toContain('7946')
    expect(finding!.fixes).toEqual([])
  })

  it('leaves a closed port of the same container to its own rule', () => {
    const both = [fail('name', 'unknown-name'), pass('icmp'), fail('tcp', 'refused', { port: 80 })]
    const findings = findingsOf(anOutcome(peers, (_from, to) => (to.container === 'web' ? both : fine)))
    expect(findings.map(({ cause }) => cause)).toEqual(['name-not-known', 'port-closed'])
  })
})
