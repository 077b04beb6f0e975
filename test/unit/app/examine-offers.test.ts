import { describe, expect, it } from 'vitest'
import { ExamineOffers } from '../../../src/app/examine-offers'
import type { Fleet } from '../../../src/core/model/fleet'
import type { Host } from '../../../src/core/model/host'
import { aFleet, aHost, aSilentHost, noon } from '../builders'

const stopped = aSilentHost('tolkewitz', {
  failure: { code: 'engine-stopped', message: 'somebody stopped it', since: noon },
})

function watched(hosts: readonly Host[]) {
  let fleet: Fleet = aFleet(hosts)
  const listeners = new Set<() => void>()
  const offered: string[] = []
  const offers = new ExamineOffers(
    {
      get fleet() {
        return fleet
      },
      onDidChange: (listener) => {
        listeners.add(listener)
        return { dispose: () => void listeners.delete(listener) }
      },
    },
    ({ name }) => offered.push(name),
  )
  const become = (next: readonly Host[]) => {
    fleet = aFleet(next)
    for (const listener of listeners) listener()
  }
  return { offered, become, offers, listeners }
}

describe('the offer to examine a host', () => {
  it('comes once each time that an engine goes silent behind a host that lets us in', () => {
    const { offered, become } = watched([stopped])
    become([stopped])
    become([{ ...stopped, state: 'connecting' }])
    become([stopped])
    expect(offered).toEqual(['tolkewitz'])
    become([aHost('tolkewitz')])
    become([stopped])
    expect(offered).toEqual(['tolkewitz', 'tolkewitz'])
  })

  it('does not come for a host that lets nobody in', () => {
    expect(watched([aSilentHost('lindenau')]).offered).toEqual([])
  })

  it('ends when it is disposed', () => {
    const { offers, listeners } = watched([])
    offers.dispose()
    expect(listeners.size).toBe(0)
  })
})
