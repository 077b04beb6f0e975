import { describe, expect, it } from 'vitest'
import { aSwarmId } from '../../../builders'
import { anOutcome, fail, findingsOf, fine, peersOf } from '../outcome'
import { aReading, notStarted } from '../reading'

const three = peersOf('api@lindenau', 'cache@miltitz', 'shell1@miltitz', 'web@tolkewitz')
const late = { ...three[1]!, state: 'created', isRunning: false } as const
const outcome = anOutcome([three[0]!, late], (_from, to) => (to === late ? [fail('target', 'not-running')] : fine))
const words =
  'network sandbox join failed: subnet sandbox join failed for "10.0.1.0/24": error creating vxlan interface: file exists'

describe('vxlan-not-made', () => {
  it('names the host whose stale interface is in the way', () => {
    const [finding, ...more] = findingsOf({ ...outcome, reading: aReading({ containers: [notStarted(late, words)] }) })
    expect(more).toEqual([])
    expect(finding).toMatchObject({ cause: 'vxlan-not-made', hosts: ['miltitz'] })
    expect(finding!.remedy).toContain('ip link delete')
  })

  it('tells a kernel without VXLAN, by a place that was rejected', () => {
    const error = 'error creating vxlan interface: operation not supported'
    const task = {
      id: 't',
      containerId: 'c',
      nodeId: aSwarmId('nodelindenau'),
      addresses: [],
      state: 'rejected',
    } as const
    const attachments = [{ ...task, networkIds: [aSwarmId('gnswarm')], error }]
    const [finding] = findingsOf({ ...anOutcome(three, () => fine), reading: aReading({ manager: { attachments } }) })
    expect(finding).toMatchObject({ cause: 'vxlan-not-made', hosts: ['lindenau'] })
    expect(finding!.remedy).toContain('modprobe vxlan')
  })
})
