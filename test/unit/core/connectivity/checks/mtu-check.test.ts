import { describe, expect, it } from 'vitest'
import { mtuCheck } from '../../../../../src/core/connectivity/checks/mtu-check'

function check(text: string) {
  return mtuCheck({ index: 0, kind: 'mtu', status: 0, text })
}

describe('mtuCheck', () => {
  it('passes what came back, whatever was lost before', () => {
    expect(check('1450 3 packets transmitted, 1 packets received')).toMatchObject({
      ...{ result: 'pass', observation: 'ok', bytes: 1450, detail: 'Packets of 1450 bytes pass' },
    })
  })

  it('fails what never came back, and names what was measured', () => {
    expect(check('1450 3 packets transmitted, 0 received, 100% packet loss')).toEqual({
      ...{ kind: 'mtu', result: 'fail', observation: 'too-large', bytes: 1450 },
      detail: 'Packets of 1450 bytes are lost, small ones pass',
    })
    expect(check('1450 largest 1350 3 packets transmitted, 0 packets received')).toMatchObject({
      ...{ result: 'fail', largestBytes: 1350, detail: 'Packets of 1450 bytes are lost, those up to 1350 bytes pass' },
    })
  })

  it('does not judge a ping that says something else', () => {
    expect(check('1450 ping: unknown option -s')).toMatchObject({ result: 'not-tested', observation: 'unreadable' })
  })

  it.each(['', 'large 3 packets transmitted', '-1 x'])('is none where the script names no MTU: %j', (text) => {
    expect(check(text)).toBeUndefined()
  })
})
