import { describe, expect, it } from 'vitest'
import { anOutcome, causesOf, findingsOf, fine, peersOf } from '../outcome'
import { aDial, aLocal, aReading, missing } from '../reading'

const three = peersOf('api@lindenau', 'cache@miltitz', 'shell1@miltitz', 'web@tolkewitz')
const well = anOutcome(three, () => fine)
const dialling = (observation: 'ok' | 'lost') => ({
  lindenau: { local: aLocal({ dials: [aDial('miltitz', 7946, observation)] }) },
  tolkewitz: { local: aLocal({ dials: [aDial('miltitz', 7946, observation)] }) },
})

describe('gossip-partly-closed', () => {
  it('names a host whose 7946/tcp does not answer while all know it', () => {
    const [finding, ...more] = findingsOf({ ...well, reading: aReading({ hosts: dialling('lost') }) })
    expect(more).toEqual([])
    expect(finding).toMatchObject({ cause: 'gossip-partly-closed', hosts: ['miltitz'] })
    expect(finding!.evidence[0]).toBe('From lindenau and tolkewitz 7946/tcp of miltitz did not answer.')
  })

  it('says nothing where it answers, or where the host is missing', () => {
    expect(causesOf({ ...well, reading: aReading({ hosts: dialling('ok') }) })).toEqual([])
    const gone = aReading({
      hosts: { ...dialling('lost'), lindenau: { ...missing('miltitz')['lindenau'], ...dialling('lost').lindenau } },
    })
    expect(causesOf({ ...well, reading: gone })).not.toContain('gossip-partly-closed')
  })
})
