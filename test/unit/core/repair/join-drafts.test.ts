import { describe, expect, it } from 'vitest'
import { joinDrafts } from '../../../../src/core/repair/join-drafts'
import { planRestartEngine } from '../../../../src/core/repair/network/restart-engine'
import { planDisableChecksumOffload } from '../../../../src/core/repair/network/disable-checksum-offload'
import { lindenau, tolkewitz } from './network/members'

const web = { name: 'web', restartPolicy: 'always', isTask: false, isRunning: true, isStoppedByHand: false }

describe('joinDrafts', () => {
  it('is one plan, host after host, as risky as its riskiest part', () => {
    const joined = joinDrafts(
      [planDisableChecksumOffload(tolkewitz, 'eth0'), planRestartEngine(lindenau, [web])],
      'Both',
    )
    expect(joined).toMatchObject({ title: 'Both', risk: 'medium', hostIds: [tolkewitz.id, lindenau.id] })
    expect(joined.steps.map(({ id, hostName }) => `${id} ${hostName}`)).toEqual([
      '1-offload-off tolkewitz',
      '2-restart-docker lindenau',
    ])
  })

  it('leaves a single one as it is', () => {
    const draft = planRestartEngine(tolkewitz, [])
    expect(joinDrafts([draft], 'x')).toBe(draft)
  })
})
