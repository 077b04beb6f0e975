import { describe, expect, it } from 'vitest'
import { aNameResult, aServiceName } from '../../connectivity/names/a-name'
import type { Check, Peer } from '../../../../../src/core/connectivity/types'
import { aRun } from '../../../builders'
import { omit } from '../../../omit'
import { anOutcome, causesOf, fail, findingsOf, fine, pass, peersOf } from '../outcome'

const peers = peersOf('shell1@miltitz', 'web@tolkewitz') as [Peer, Peer]
const [shell1, web] = peers
const entry = (over: Partial<Check> = {}) =>
  fail('name', 'wrong-address', { addresses: ['10.0.1.99'], hostsFile: ['10.0.1.99'], dns: ['10.0.1.3'], ...over })
const outcome = (check: Check, over = {}) =>
  anOutcome(peers, (from) => (from === shell1 ? [check, pass('icmp')] : fine), over)

describe('hosts-file-entry', () => {
  it('knows a line that hides what the name server says, with both answers', () => {
    const [finding, ...more] = findingsOf(outcome(entry()))
    expect(more).toEqual([])
    expect(finding).toMatchObject({
      cause: 'hosts-file-entry',
      confidence: 97,
      hosts: ['miltitz'],
      containers: ['shell1'],
    })
    expect(finding!.evidence[0]).toBe(
      'In shell1 on miltitz: /etc/hosts says that web is 10.0.1.99; the name server says 10.0.1.3.',
    )
  })

  it('is less sure where nobody could ask the name server, and says so', () => {
    const [finding] = findingsOf(outcome(omit(entry(), 'dns')))
    expect(finding).toMatchObject({ cause: 'hosts-file-entry', confidence: 85 })
    expect(finding!.evidence[0]).toContain('no tool that asks the name server')
    expect(findingsOf(outcome(entry({ dns: [] })))[0]!.evidence[0]).toContain('the name server does not know it')
  })

  it('is not to blame where the name server says the same', () => {
    expect(causesOf(outcome(entry({ dns: ['10.0.1.99'] })))).toEqual(['wrong-address'])
  })

  it('leaves the entries alone that engines up to 1.9 write themselves', () => {
    const network = { ...aRun().network, hostsFileHostIds: [shell1.hostId] }
    expect(causesOf(outcome(entry(), { network }))).toEqual(['wrong-address'])
    const elsewhere = { ...aRun().network, hostsFileHostIds: [web.hostId] }
    expect(causesOf(outcome(entry(), { network: elsewhere }))).toEqual(['hosts-file-entry'])
  })

  it('counts for the names of services as well', () => {
    const names = [aNameResult(shell1, aServiceName(), [entry({ dns: ['10.0.1.50'] })])]
    const [finding] = findingsOf(anOutcome(peers, () => fine, { names }))
    expect(finding).toMatchObject({ cause: 'hosts-file-entry', names: [{ name: 'web' }] })
  })

  it('says of an address on the gateway bridge what it is', () => {
    const gateways = [{ ...web, address: '10.0.1.99' }]
    const [finding] = findingsOf(outcome(entry(), { gateways }))
    expect(finding!.cause).toBe('hosts-file-entry')
    expect(finding!.evidence.join('\n')).toContain('second address of web on tolkewitz, on docker_gwbridge')
  })
})
