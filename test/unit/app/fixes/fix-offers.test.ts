import { beforeEach, describe, expect, it } from 'vitest'
import { fixableContainers, fixOffers } from '../../../../src/app/fixes/fix-offers'
import { TestResults } from '../../../../src/app/test-results'
import type { NodeSubject } from '../../../../src/app/tree/tree-node'
import type { Finding } from '../../../../src/core/diagnosis/finding'
import { aContainer, aFinding, aFleet, aHost, anId, anOverlay, aPair, aPeer, aRun, attachedTo } from '../../builders'

const gnswarm = anOverlay()
const networkKey = gnswarm.id
const member = (name: string) => aContainer({ name, attachments: [attachedTo(gnswarm, '10.0.1.2')] })
const fleet = aFleet([
  aHost('tolkewitz', { containers: [member('web')], networks: [gnswarm] }),
  aHost('miltitz', { role: 'worker', containers: [member('shell1')], networks: [gnswarm] }),
])
const web = aPeer('web', 'tolkewitz')
const shell1 = aPeer('shell1', 'miltitz')
const onHosts = (id: Finding['fixes'][number]['id'], title: string) => ({
  ...{ id, title, containerIds: [], hostIds: ['settings:miltitz'] },
})
const ports = aFinding({
  ...{ cause: 'data-path-closed', title: 'Traffic is dropped.', hosts: ['miltitz'], containers: ['shell1'] },
  fixes: [
    onHosts('open-ports', 'Open the ports'),
    onHosts('open-ports', 'Again'),
    onHosts('show-firewall-commands', 'Show'),
  ],
  pairs: [{ from: anId('web'), to: anId('shell1') }],
})
const hidden = aFinding({
  ...{ cause: 'duplicate-name', title: 'A name is there twice.', hosts: ['tolkewitz'], containers: ['web'], fixes: [] },
  pairs: [{ from: anId('shell1'), to: anId('web') }],
})

describe('fixOffers', () => {
  let results: TestResults
  const offers = (subject?: NodeSubject) =>
    fixOffers(subject, { fleet, results }).map(({ finding, fix }) => [finding.cause, fix?.title])

  beforeEach(() => {
    results = new TestResults()
    results.set(networkKey, aRun({ pairs: [aPair(web, shell1), aPair(shell1, web)], findings: [ports, hidden] }))
  })

  it('has every kind of fix of a network’s findings once, and a finding without one by itself', () => {
    const all = [
      ['data-path-closed', 'Open the ports'],
      ['data-path-closed', 'Show'],
      ['duplicate-name', undefined],
    ]
    expect(offers({ kind: 'network', networkKey })).toEqual(all)
    expect(offers({ kind: 'test-result', networkKey })).toEqual(all)
    expect(offers()).toEqual(all)
    expect(fixOffers(undefined, { fleet, results })[2]?.subject).toEqual({
      ...{ kind: 'finding', networkKey, cause: 'duplicate-name', index: 1 },
    })
  })

  it('has for a finding, a pair and a host only what is about those', () => {
    expect(offers({ kind: 'finding', networkKey, cause: 'duplicate-name', index: 1 })).toHaveLength(1)
    expect(offers({ kind: 'finding', networkKey, cause: 'something-else', index: 1 })).toEqual([])
    const ref = (peer: typeof web) => ({ hostId: peer.hostId, containerId: peer.containerId })
    expect(offers({ kind: 'pair', networkKey, from: ref(web), to: ref(shell1) }).map(([cause]) => cause)).toEqual([
      'data-path-closed',
      'data-path-closed',
    ])
    expect(offers({ kind: 'pair', networkKey, from: ref(web), to: ref(web) })).toEqual([])
    expect(offers({ kind: 'host', hostId: 'settings:tolkewitz' })).toEqual([['duplicate-name', undefined]])
  })

  it('has for a container what names it on its host, on one network or on all', () => {
    const container = { kind: 'container', hostId: 'settings:miltitz', containerId: anId('shell1') } as const
    expect(offers(container)).toHaveLength(2)
    expect(offers({ ...container, networkKey })).toHaveLength(2)
    expect(offers({ ...container, networkKey: 'another' })).toEqual([])
    expect(offers({ ...container, hostId: 'settings:tolkewitz', containerId: anId('web') })).toEqual([
      ['duplicate-name', undefined],
    ])
  })

  it('has nothing before a test', () => {
    results = new TestResults()
    expect(offers({ kind: 'network', networkKey })).toEqual([])
  })
})

describe('fixableContainers', () => {
  it('are those that a finding with a fix names on one of its hosts', () => {
    const elsewhere = aPeer('shell1', 'lindenau', { containerId: anId('a namesake') })
    const run = aRun({ pairs: [aPair(web, shell1), aPair(elsewhere, web)], findings: [ports, hidden] })
    expect([...fixableContainers(run)]).toEqual([anId('shell1')])
    expect(fixableContainers(undefined).size).toBe(0)
  })
})
