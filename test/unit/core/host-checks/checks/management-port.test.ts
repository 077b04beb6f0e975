import { describe, expect, it } from 'vitest'
import { managementPort } from '../../../../../src/core/host-checks/checks/management-port'
import { aDial, aLocal, aReading } from '../../diagnosis/reading'
import { all, judged, verdicts } from './judged'

const dialling = (observation: 'ok' | 'lost') =>
  aReading({
    hosts: {
      lindenau: { local: aLocal({ dials: [aDial('tolkewitz', 2377, 'ok')] }) },
      miltitz: { local: aLocal({ dials: [aDial('tolkewitz', 2377, observation)] }) },
    },
  })

describe('management-port', () => {
  it('is told of managers by those who connected', () => {
    expect(judged(managementPort, { reading: dialling('ok') })['tolkewitz']).toEqual({
      verdict: 'ok',
      reason: 'From lindenau and miltitz a connection to 2377/tcp of tolkewitz was accepted.',
    })
    expect(judged(managementPort, { reading: dialling('ok') })['miltitz']?.verdict).toBe('not-tested')
  })

  it('fails where one of them got no answer, and says who', () => {
    expect(judged(managementPort, { reading: dialling('lost') })['tolkewitz']).toMatchObject({
      verdict: 'failed',
      reason: expect.stringContaining('From miltitz 2377/tcp of tolkewitz did not answer.') as string,
    })
  })

  it('is not told where nobody connected, nor outside a swarm', () => {
    expect(verdicts(managementPort)).toEqual(all('not-tested'))
    expect(verdicts(managementPort, { reading: dialling('ok'), network: { scope: 'global' } })).toEqual(
      all('not-tested'),
    )
  })
})
