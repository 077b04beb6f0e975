import { expect, it } from 'vitest'
import { withFindings } from '../../../../../src/core/fleet/findings/find-host-findings'
import type { Host } from '../../../../../src/core/model/host'
import { aHost, noon } from '../../../builders'
import { omit } from '../../../omit'

function advertising(name: string, clusterAdvertise: string | undefined): Host {
  const host = aHost(name, { role: 'none', store: 'etcd://198.18.0.9:2379' })
  const info = omit(host.engine!.info, 'clusterAdvertise')
  const told = clusterAdvertise === undefined ? info : { ...info, clusterAdvertise }
  return { ...host, engine: { ...host.engine!, info: told } }
}

it.each([
  [undefined, 'It was started with --cluster-store and without --cluster-advertise.'],
  ['127.0.0.1:2376', 'It advertises 127.0.0.1:2376, which is every machine’s own loopback.'],
  ['10.0.2.15:2376', 'It advertises 10.0.2.15:2376, as lindenau does.'],
  ['198.18.0.2:2376', undefined],
])('cluster-advertise: %s', (own, evidence) => {
  const hosts = [advertising('tolkewitz', own), advertising('lindenau', '10.0.2.15:2376')]
  const [host] = withFindings({ hosts, snapshots: [], now: noon })
  expect(host?.findings?.map((finding) => [finding.cause, ...finding.evidence])).toEqual(
    evidence === undefined ? undefined : [['cluster-advertise', evidence]],
  )
})
