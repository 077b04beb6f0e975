import { describe, expect, it } from 'vitest'
import { evaluateName } from '../../../../../src/core/connectivity/names/evaluate-names'
import type { FurtherName } from '../../../../../src/core/connectivity/names/types'
import { parseProbe } from '../../../../../src/core/connectivity/parse-probe'
import { probeName } from '../../../../../src/core/connectivity/probe-target'
import { aPeer } from '../../../builders'
import { aRoundRobin, aServiceName } from './a-name'

const from = aPeer('shell1', 'miltitz')
const line = (...fields: readonly string[]) => `@probe\t${fields.join('\t')}\n`
const own = line('-', 'name', '-', '0', '10', 'getent 10.0.1.9 STREAM shell1')
const end = line('-', 'end', '-', '0', '', '')
const name = (...addresses: readonly string[]) => line('3', 'name', '-', '0', '10', `getent ${addresses.join(' ')}`)

function evaluate(target: FurtherName, output: string) {
  return evaluateName({ from, target }, probeName(3, target), parseProbe(own + output + end))
}

describe('evaluateName', () => {
  it('passes a service whose name is its own address, and which answers there', () => {
    const result = evaluate(aServiceName(), name('10.0.1.50') + line('3', 'tcp', '80', '0', '10', 'nc '))
    expect(result).toMatchObject({ result: 'pass', checks: [{ kind: 'name' }, { kind: 'tcp', port: 80 }] })
    expect(result).not.toHaveProperty('hasIpvs')
  })

  it('takes a refusal at the service’s address for an answer: it came from a task', () => {
    const refused = line('3', 'tcp', '80', '1', '10', 'nc Connection refused')
    expect(evaluate(aServiceName(), name('10.0.1.50') + refused).result).toBe('pass')
    const unused = line('3', 'address', '7', '1', '10', 'nc Connection refused')
    expect(evaluate(aServiceName({ ports: [] }), name('10.0.1.50') + unused).result).toBe('pass')
  })

  it('fails a service that does not answer at its own address, and says what the kernel lacks', () => {
    const lost = line('3', 'tcp', '80', '1', '2000', 'nc timed out') + line('-', 'ipvs', '-', '1', '', '')
    const result = evaluate(aServiceName(), name('10.0.1.50') + lost)
    expect(result).toMatchObject({ result: 'fail', hasIpvs: false })
    expect(result.reason).toBe('TCP port 80: no answer, the time was up (at 10.0.1.50)')
  })

  it('does not try the address of a service from its own tasks', () => {
    expect(probeName(3, aServiceName({ isOwn: true }))).not.toHaveProperty('address')
    expect(evaluate(aServiceName({ isOwn: true }), name('10.0.1.50')).result).toBe('pass')
  })

  it('tells an address that is none of its own from the others, in whichever order they come', () => {
    const target = aRoundRobin(['10.0.1.17', '10.0.1.18'])
    expect(evaluate(target, name('10.0.1.18', '10.0.1.17')).result).toBe('pass')
    const stale = evaluate(target, name('10.0.1.18', '10.0.1.2', '10.0.1.17'))
    expect(stale.checks[0]).toMatchObject({ observation: 'several-addresses', result: 'fail' })
    expect(stale.reason).toBe('web is 10.0.1.2, 10.0.1.17 and 10.0.1.18, of which 10.0.1.2 is none of its own')
    expect(evaluate(target, name('10.0.1.2')).checks[0]?.observation).toBe('wrong-address')
  })

  it('says which address is missing, and not of one that need not be there', () => {
    const target = aRoundRobin(['10.0.1.17', '10.0.1.18'])
    expect(evaluate(target, name('10.0.1.17')).reason).toBe('web is 10.0.1.17, and lacks 10.0.1.18 (web.2)')
    const young = { ...target, meant: target.meant.map((one, i) => ({ ...one, isRequired: i === 0 })) }
    expect(evaluate(young, name('10.0.1.17')).result).toBe('pass')
    const many = aRoundRobin(Array.from({ length: 17 }, (_, i) => `10.0.1.${i + 10}`))
    expect(evaluate(many, name('10.0.1.10')).result).toBe('pass')
  })

  it('judges no strange address while somebody who may have it cannot be asked', () => {
    const target = aRoundRobin(['10.0.1.17'], { isWhole: false })
    const result = evaluate(target, name('10.0.1.17', '10.0.1.44'))
    expect(result.result).toBe('not-tested')
    expect(result.reason).toMatch(/nobody who can be asked knows/)
  })

  it('keeps what /etc/hosts and what the name server says', () => {
    const both =
      name('10.0.1.99') +
      line('3', 'hosts', '-', '0', '', 'hosts 10.0.1.99') +
      line('3', 'dns', '-', '0', '', 'nslookup Server: 127.0.0.11 Address: 127.0.0.11:53 Name: web Address: 10.0.1.50')
    const [check] = evaluate(aServiceName({ isOwn: true }), both).checks
    expect(check).toMatchObject({ observation: 'wrong-address', hostsFile: ['10.0.1.99'], dns: ['10.0.1.50'] })
    const [alone] = evaluate(
      aServiceName({ isOwn: true }),
      name('10.0.1.99') +
        line('3', 'hosts', '-', '0', '', 'hosts 10.0.1.99') +
        line('3', 'dns', '-', '127', '', 'none'),
    ).checks
    expect(alone).not.toHaveProperty('dns')
  })

  it('is not tested where nothing was heard', () => {
    expect(evaluate(aServiceName(), '')).toMatchObject({
      result: 'not-tested',
      reason: 'The probe said nothing about it',
    })
  })
})
