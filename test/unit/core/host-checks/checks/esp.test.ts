import { describe, expect, it } from 'vitest'
import { esp } from '../../../../../src/core/host-checks/checks/esp'
import { fine, lost } from '../../diagnosis/outcome'
import { aReading } from '../../diagnosis/reading'
import { all, judged, touches, verdicts } from './judged'

const network = { isEncrypted: true }
const isBad = touches('miltitz')
const saw: NonNullable<Parameters<typeof judged>[1]>['saw'] = (from, to) => (isBad(from, to) ? lost : fine)

describe('esp', () => {
  it('is told by an encrypted network alone', () => {
    expect(verdicts(esp, { saw: () => fine })).toEqual(all('not-tested'))
    expect(verdicts(esp, { saw: () => fine, network })).toEqual(all('ok'))
  })

  it('fails where a plain network between the same hosts works', () => {
    const plain = { network: 'plain', hostIds: ['settings:miltitz', 'settings:tolkewitz'], isAnswered: true } as const
    const reading = aReading({ plainPaths: [plain] })
    expect(verdicts(esp, { saw, network, reading })).toEqual([
      'lindenau not-tested',
      'miltitz failed',
      'tolkewitz failed',
    ])
    expect(judged(esp, { saw, network, reading })['miltitz']?.reason).toContain('hear each other on plain')
  })

  it('fails where the packet filter has dropped it', () => {
    const drops = [{ protocol: 'esp', packets: 9, direction: 'in', rule: '-A INPUT -p esp -j DROP' }] as const
    const reading = aReading({ hosts: { miltitz: { firewall: { drops, isDataPathOpen: false } } } })
    expect(judged(esp, { saw, network, reading })['miltitz']).toMatchObject({ verdict: 'failed' })
  })

  it('is not told where nothing gets through and there is nothing to compare with', () => {
    expect(judged(esp, { saw, network })['miltitz']).toMatchObject({ verdict: 'not-tested' })
  })
})
