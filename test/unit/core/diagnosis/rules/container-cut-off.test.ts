import { describe, expect, it } from 'vitest'
import { anOutcome, causesOf, fine, findingsOf, lost, peersOf } from '../outcome'

const peers = peersOf('web@tolkewitz', 'near@tolkewitz', 'far@miltitz')

describe('container-cut-off', () => {
  it('is one finding for a container that neither hears nor is heard', () => {
    const [finding, ...more] = findingsOf(
      anOutcome(peers, (from, to) => (from.container === 'web' || to.container === 'web' ? lost : fine)),
    )
    expect(more).toEqual([])
    expect(finding).toMatchObject({ cause: 'container-cut-off', hosts: ['tolkewitz'], containers: ['web'] })
    expect(finding!.title).toBe('web on tolkewitz answers nobody.')
    expect(finding!.evidence).toEqual([
      '2 containers spoke to it by ping and TCP and got no answer.',
      'It spoke to 2 containers by ping and TCP and got no answer.',
      '2 other pairs of containers reach each other.',
      'Its engine says that it runs and has the address 10.0.1.2.',
    ])
  })

  it('tells one that only hears nothing', () => {
    const [finding] = findingsOf(anOutcome(peers, (from) => (from.container === 'web' ? lost : fine)))
    expect(finding).toMatchObject({
      cause: 'container-cut-off',
      title: 'web on tolkewitz gets no answer from anybody.',
    })
  })

  it('does not choose between two of which either could be the one', () => {
    expect(causesOf(anOutcome(peersOf('a1@tolkewitz', 'a2@tolkewitz'), () => lost))).toEqual(['unexplained'])
  })
})
