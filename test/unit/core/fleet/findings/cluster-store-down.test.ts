import { describe, expect, it } from 'vitest'
import { withFindings } from '../../../../../src/core/fleet/findings/find-host-findings'
import { withUnlisted } from '../../../../../src/core/fleet/unlisted-networks'
import type { Host, StoreFailure } from '../../../../../src/core/model/host'
import { aContainer, aHost, anOverlay, attachedTo, noon, type HostBuild } from '../../../builders'

const store = 'etcd://198.18.0.3:2379'
const gnswarm = anOverlay({ scope: 'global' })
const web = aContainer({ attachments: [attachedTo(gnswarm, '10.0.1.3')] })

/** An engine with a store, as it is read. */
function aStoreHost(name: string, build: HostBuild = {}): Host {
  const host = aHost(name, { role: 'none', store, ...build })
  return { ...host, engine: withUnlisted(host.engine!) }
}

function findings(hosts: readonly Host[], storeFailure?: StoreFailure) {
  const [first] = hosts
  const snapshots = [{ target: first!.target!, state: 'ready' as const, ...(storeFailure && { storeFailure }) }]
  return withFindings({ hosts, snapshots, now: noon })[0]?.findings ?? []
}

describe('cluster-store-down', () => {
  it('is found by containers that run on a network which their engine does not list', () => {
    expect(findings([aStoreHost('tolkewitz', { containers: [web] })])).toEqual([
      {
        cause: 'cluster-store-down',
        title: `Its key-value store ${store} does not answer`,
        severity: 'error',
        evidence: ['It lists no network of the store, though containers run there on gnswarm.'],
        remedy: expect.stringMatching(/^Start the store again at etcd:/) as string,
      },
    ])
  })

  it('has the engine’s own words, where a network could not be made', () => {
    const message = 'error getting pools config from store: etcd cluster is unavailable'
    expect(findings([aStoreHost('tolkewitz')], { message, at: noon })[0]?.evidence).toEqual([
      `The engine says: “${message}”.`,
    ])
  })

  it('turns to the way there, where another engine reached the same store', () => {
    const hosts = [aStoreHost('tolkewitz', { containers: [web] }), aStoreHost('miltitz', { networks: [gnswarm] })]
    const [finding] = findings(hosts)
    expect(finding?.evidence).toContain('miltitz reached the same store.')
    expect(finding?.remedy).toMatch(/^Open the way from tolkewitz/)
  })

  it('names the container on another host that may be the store', () => {
    const etcd = aContainer({ name: 'kv', image: 'quay.io/coreos/etcd:v3.4', state: 'exited', status: 'Exited (0)' })
    const hosts = [aStoreHost('tolkewitz', { containers: [web] }), aStoreHost('lindenau', { containers: [etcd] })]
    expect(findings(hosts)[0]?.evidence).toContain('The container kv at lindenau may be it: Exited (0).')
  })

  it.each<readonly [string, HostBuild]>([
    ['the store answers', { containers: [web], networks: [gnswarm] }],
    ['only that one network is gone', { containers: [web], networks: [anOverlay({ name: 'other', scope: 'global' })] }],
    ['the container does not run', { containers: [{ ...web, state: 'exited' }] }],
  ])('is not found where %s', (_, build) => {
    expect(findings([aStoreHost('tolkewitz', build)])).toEqual([])
  })

  it('is not found at a swarm’s worker that does not list a network yet', () => {
    const worker = aHost('miltitz', { role: 'worker', containers: [web] })
    expect(withUnlisted(worker.engine!)).toBe(worker.engine)
  })
})
