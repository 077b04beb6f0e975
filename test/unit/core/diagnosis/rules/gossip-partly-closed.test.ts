import { describe, expect, it } from 'vitest'
import { anOutcome, causesOf, findingsOf, fine, peersOf } from '../outcome'
import { aDial, aLocal, aReading, hostAddress, missing } from '../reading'

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

  it('names a host that all others reach by TCP alone, with the rule that drops it', () => {
    const fallbacks = [1, 3, 5, 7].map((secondsAgo) => ({
      ...{ address: hostAddress('miltitz'), secondsAgo, words: 'memberlist: Was able to connect to m1' },
    }))
    const probes = { seconds: 20, fallbacks }
    const rule = '-A INPUT -p udp --dport 7946 -j DROP'
    const drops = [{ protocol: 'udp', port: 7946, packets: 9, direction: 'in', rule }] as const
    const hosts = {
      lindenau: { probes },
      tolkewitz: { probes },
      miltitz: { firewall: { drops, isDataPathOpen: false } },
    }
    const [finding, ...more] = findingsOf({ ...well, reading: aReading({ hosts }) })
    expect(more).toEqual([])
    expect(finding).toMatchObject({ cause: 'gossip-partly-closed', hosts: ['miltitz'] })
    expect(finding!.title).toBe('7946/udp of miltitz is closed; the swarm knows it by 7946/tcp alone.')
    expect(finding!.evidence[0]).toContain('lindenau and tolkewitz had to ask it by TCP 8 times in 20 seconds')
    expect(finding!.evidence[1]).toContain(rule)
    expect(finding!.fixes.map(({ id }) => id)).toEqual(['open-ports', 'show-firewall-commands'])
  })
})
