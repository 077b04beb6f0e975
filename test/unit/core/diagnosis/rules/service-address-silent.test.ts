import { describe, expect, it } from 'vitest'
import { omit } from '../../../omit'
import { aNameResult, aServiceName } from '../../connectivity/names/a-name'
import type { NameResult } from '../../../../../src/core/connectivity/names/types'
import type { Check, Peer } from '../../../../../src/core/connectivity/types'
import { anOutcome, causesOf, fail, findingsOf, fine, lost, pass, peersOf } from '../outcome'

const [shell1, shell2, ...tasks] = peersOf(
  'shell1@miltitz',
  'shell2@tolkewitz',
  'web.1@tolkewitz',
  'web.2@miltitz',
) as [Peer, Peer, Peer, Peer]
const all = [shell1, shell2, ...tasks.map((peer) => ({ ...peer, service: 'web' }))]
const silent: readonly Check[] = [
  pass('name'),
  fail('tcp', 'lost', { port: 80, detail: 'TCP port 80: no answer (at 10.0.1.50)' }),
]
const answering: readonly Check[] = [pass('name'), pass('tcp')]
const seen = (from: Peer, checks = silent, over: Partial<NameResult> = {}) => ({
  ...aNameResult(
    from,
    aServiceName(),
    checks.map((check) => ({ ...check })),
  ),
  ...over,
})
const tcpToo: readonly Check[] = [...fine, { ...pass('tcp'), port: 80, detail: 'TCP port 80: connected' }]

describe('service-address-silent', () => {
  it('knows an address that does not answer while the tasks do, with what each of them said', () => {
    const names = [seen(shell1, silent, { hasIpvs: false }), seen(shell2, silent, { hasIpvs: false })]
    const [finding, ...more] = findingsOf(anOutcome(all, () => tcpToo, { names }))
    expect(more).toEqual([])
    expect(finding).toMatchObject({ cause: 'service-address-silent', confidence: 97, hosts: ['miltitz', 'tolkewitz'] })
    expect(finding!.title).toBe('The service web does not answer at its own address 10.0.1.50, though its tasks do.')
    const evidence = finding!.evidence.join('\n')
    expect(evidence).toContain('From shell1 on miltitz: TCP port 80: no answer (at 10.0.1.50).')
    expect(evidence).toContain('web.1 on tolkewitz (10.0.1.4) answers 2 of these containers: TCP port 80: connected.')
    expect(evidence).toContain('The kernel of miltitz and tolkewitz has no IPVS')
    expect(finding!.remedy).toContain('docker service update --endpoint-mode dnsrr web')
    expect(finding!.remedy.indexOf('docker service scale web=0')).toBeLessThan(
      finding!.remedy.indexOf('--endpoint-mode'),
    )
    expect(finding!.names).toEqual([
      { from: shell1.containerId, name: 'web' },
      { from: shell2.containerId, name: 'web' },
    ])
    expect(finding).not.toHaveProperty('pairs')
  })

  it('is less sure where the kernel has IPVS, and names the hosts where the address answers', () => {
    const names = [seen(shell1, silent, { hasIpvs: true }), seen(shell2, answering, { hasIpvs: true })]
    const [finding] = findingsOf(anOutcome(all, () => tcpToo, { names }))
    expect(finding).toMatchObject({ confidence: 85, hosts: ['miltitz'] })
    expect(finding!.evidence.join('\n')).toContain('It answers containers on tolkewitz')
    expect(finding!.alternatives!.join('\n')).toContain('its table lack the tasks')
  })

  it('says nothing where the tasks do not answer either: that is why', () => {
    const isTask = ({ container }: Peer) => container.startsWith('web')
    const outcome = anOutcome(all, (_from, to) => (isTask(to) ? lost : fine), { names: [seen(shell1), seen(shell2)] })
    expect(causesOf(outcome)).not.toContain('service-address-silent')
  })

  it('is not sure where no task could be tested', () => {
    const [finding] = findingsOf(anOutcome([shell1, shell2], () => fine, { names: [seen(shell1)] }))
    expect(finding).toMatchObject({ cause: 'service-address-silent', confidence: 50 })
  })

  it('does not offer to change a service in place that needs its address, or cannot be scaled', () => {
    const remedyOf = (over: Parameters<typeof aServiceName>[0]) => {
      const names = [{ ...seen(shell1), target: aServiceName(over) }]
      return findingsOf(anOutcome(all, () => tcpToo, { names }))[0]!.remedy
    }
    expect(remedyOf({ isPublished: true })).toContain('make the service anew with --endpoint-mode dnsrr and its ports')
    const names = [{ ...seen(shell1), target: omit(aServiceName(), 'replicas') }]
    expect(findingsOf(anOutcome(all, () => tcpToo, { names }))[0]!.remedy).toContain('make the service anew')
    expect(remedyOf({ isPublished: true })).not.toContain('service scale')
  })

  it('quotes the name of a service where a shell would read more into it', () => {
    const target = aServiceName({ name: 'a b', service: "a'; rm -rf /" })
    const [finding] = findingsOf(anOutcome(all, () => tcpToo, { names: [{ ...seen(shell1), target }] }))
    expect(finding!.remedy).toContain(`docker service scale 'a'\\''; rm -rf /'=0`)
  })
})
