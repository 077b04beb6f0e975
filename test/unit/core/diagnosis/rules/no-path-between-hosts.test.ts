import { describe, expect, it } from 'vitest'
import type { Check, Peer } from '../../../../../src/core/connectivity/types'
import { aRun } from '../../../builders'
import { anOutcome, causesOf, fail, fine, findingsOf, lost, pass, peersOf } from '../outcome'

const three = peersOf('a1@lindenau', 'a2@lindenau', 'b1@miltitz', 'c1@tolkewitz', 'c2@tolkewitz')
const involves =
  (...hosts: readonly string[]) =>
  (from: Peer, to: Peer) =>
    from.host !== to.host && hosts.some((host) => from.host === host || to.host === host)

/** Pairs for which `isLost` holds get no answer; all others are fine. */
const withLoss = (peers: readonly Peer[], isLost: (from: Peer, to: Peer) => boolean, checks: readonly Check[] = lost) =>
  anOutcome(peers, (from, to) => (isLost(from, to) ? checks : fine))

describe('no-path-between-hosts', () => {
  it('knows that a key-value store spreads the names, and that an engine may have missed the others at its start', () => {
    const outcome = withLoss(three, involves('tolkewitz'))
    const [finding] = findingsOf({ ...outcome, network: { ...outcome.network, scope: 'global' } })
    const evidence = finding!.evidence.join('\n')
    expect(evidence).toContain('12 of 12 names resolved; they come from the key-value store.')
    expect(evidence).not.toContain('2377')
    expect(finding!.remedy).toContain('restart Docker on tolkewitz')
  })

  it('names the host that all broken paths have in common, while the others reach each other', () => {
    const [finding, ...more] = findingsOf(withLoss(three, involves('tolkewitz')))
    expect(more).toEqual([])
    expect(finding).toMatchObject({
      cause: 'no-path-between-hosts',
      title: 'Nothing gets through between tolkewitz and the other hosts.',
      confidence: 85,
      hosts: ['tolkewitz'],
      containers: ['c1', 'c2'],
    })
    expect(finding!.pairs).toHaveLength(12)
    const evidence = finding!.evidence.join('\n')
    expect(evidence).toContain('Between lindenau and tolkewitz 8 of 8 pairs')
    expect(evidence).toContain('Between miltitz and tolkewitz 4 of 4 pairs')
    expect(evidence).toContain('Other hosts reach each other: lindenau and miltitz (4 of 4 pairs)')
    expect(evidence).toContain('On one and the same host 4 of 4 pairs')
    expect(evidence).toContain('12 of 12 names resolved')
    expect(evidence).toMatch(/2377\/tcp to managers, 7946\/tcp, 7946\/udp, 4789\/udp/)
    expect(evidence).not.toContain('ESP')
    expect(finding!.fixes).toEqual([
      expect.objectContaining({ id: 'open-ports', hostIds: ['settings:tolkewitz'] }),
      expect.objectContaining({ id: 'show-firewall-commands', hostIds: ['settings:tolkewitz'] }),
    ])
  })

  it('names two hosts where each is cut off by itself', () => {
    const four = peersOf('a1@a', 'b1@b', 'c1@c', 'd1@d')
    const [finding, ...more] = findingsOf(withLoss(four, involves('a', 'b')))
    expect(more).toEqual([])
    expect(finding!.hosts).toEqual(['a', 'b'])
  })

  it('names both hosts where only the way between these two is broken', () => {
    const isBroken = (from: Peer, to: Peer) => involves('tolkewitz')(from, to) && involves('lindenau')(from, to)
    const [finding, ...more] = findingsOf(withLoss(three, isBroken))
    expect(more).toEqual([])
    expect(finding).toMatchObject({
      title: 'Nothing gets through between lindenau and tolkewitz.',
      confidence: 85,
      hosts: ['lindenau', 'tolkewitz'],
    })
    for (const fix of finding!.fixes)
      expect([...fix.hostIds].sort()).toEqual(['settings:lindenau', 'settings:tolkewitz'])
  })

  it('finds a host that is cut off and a broken pair beside it', () => {
    const peers = peersOf('a1@a', 'b1@b', 'c1@c', 'd1@d', 'e1@e')
    const isBroken = (from: Peer, to: Peer) =>
      involves('a')(from, to) || (involves('b')(from, to) && involves('c')(from, to))
    expect(findingsOf(withLoss(peers, isBroken)).map(({ hosts }) => hosts)).toEqual([['a'], ['b', 'c']])
  })

  it('is less sure with two hosts only, and least without a neighbour that answers', () => {
    const between = (from: Peer, to: Peer) => from.host !== to.host
    const [withNeighbours] = findingsOf(withLoss(peersOf('a1@a', 'a2@a', 'b1@b'), between))
    const [alone] = findingsOf(withLoss(peersOf('a1@a', 'b1@b'), between))
    expect([withNeighbours!.confidence, alone!.confidence]).toEqual([80, 65])
    expect(alone!.hosts).toEqual(['a', 'b'])
  })

  it('says so where nothing gets through anywhere, and puts the common host first', () => {
    const [all] = findingsOf(withLoss(three, (from, to) => from.host !== to.host))
    expect(all).toMatchObject({ title: 'Nothing gets through between any two hosts.', confidence: 70 })
    expect(all!.hosts).toHaveLength(3)

    const fromOne = anOutcome(three, () => lost)
    const pairs = fromOne.pairs.filter(({ from, to }) => from.container === 'c1' && to.host !== 'tolkewitz')
    const [common] = findingsOf({ ...fromOne, pairs })
    expect([common!.hosts[0], common!.confidence]).toEqual(['tolkewitz', 70])
  })

  it('asks for ESP on an encrypted network', () => {
    const outcome = withLoss(three, involves('tolkewitz'))
    const encrypted = { ...outcome, network: { ...aRun().network, isEncrypted: true } }
    const [finding] = findingsOf(encrypted)
    expect(finding!.evidence.join(' ')).toContain('IP protocol 50 (ESP)')
    expect(finding!.remedy).toContain('ESP')
  })

  it('takes names that got lost on the same way along, and points at 7946', () => {
    const checks = [fail('name', 'unknown-name'), fail('icmp', 'lost')]
    const [finding, ...more] = findingsOf(withLoss(three, involves('tolkewitz'), checks))
    expect(more).toEqual([])
    expect(finding!.evidence.join(' ')).toMatch(/0 of 12 names resolved.*7946/)
  })

  it('does not explain a doubled name on a broken way', () => {
    const doubled = [fail('name', 'several-addresses', { addresses: ['10.0.1.2', '10.0.1.9'] }), fail('icmp', 'lost')]
    expect(new Set(causesOf(withLoss(three, involves('tolkewitz'), doubled)))).toEqual(
      new Set(['no-path-between-hosts', 'duplicate-name']),
    )
  })

  it('does not blame hosts for one container that is cut off from its neighbours too', () => {
    const isDead = (from: Peer, to: Peer) => from.container === 'c1' || to.container === 'c1'
    expect(causesOf(withLoss(three, isDead))).toEqual(['container-cut-off'])
  })

  it('does not blame hosts where some of their containers hear each other', () => {
    const some = (from: Peer, to: Peer) => from.container === 'a1' && to.host === 'tolkewitz'
    expect(causesOf(withLoss(three, some))).not.toContain('no-path-between-hosts')
  })

  it('takes a refused connection for a way that is open', () => {
    const refused = [pass('name'), fail('icmp', 'lost'), fail('tcp', 'refused', { port: 80 })]
    expect(new Set(causesOf(withLoss(three, involves('tolkewitz'), refused)))).toEqual(new Set(['port-closed']))
  })
})
