import { describe, expect, it } from 'vitest'
import { fleetFacts, summarizeFleet } from '../../../src/app/fleet-summary'
import { untranslated } from '../../../src/app/translate'
import type { Host } from '../../../src/core/model/host'
import { aFleetWithServices, aHost, aSilentHost, anUnknownHost } from '../builders'

const fleetOf = (...hosts: Host[]) => ({ hosts, networks: [], services: [] })
const connecting = aSilentHost('miltitz', { state: 'connecting' })
const refused = aSilentHost('grimma', { state: 'unauthorized' })

describe('summarizeFleet', () => {
  it.each([
    ['', fleetOf()],
    ['1 host', fleetOf(aHost())],
    ['2 hosts, 1 unreachable', fleetOf(aHost(), aSilentHost())],
    ['4 hosts, 1 connecting, 1 unreachable, 1 not authorized', fleetOf(aHost(), aSilentHost(), connecting, refused)],
  ])('says "%s"', (text, fleet) => {
    expect(summarizeFleet(fleet, untranslated)).toBe(text)
  })
})

describe('fleetFacts', () => {
  it.each([
    ['no host', fleetOf(), [false, false, false, false]],
    ['a silent host', fleetOf(aSilentHost()), [true, false, false, false]],
    ['a worker', fleetOf(aHost('miltitz', { role: 'worker' })), [true, true, false, false]],
    ['a manager', fleetOf(aHost()), [true, true, true, false]],
    ['a manager that is silent now', fleetOf({ ...aHost(), state: 'unreachable' }), [true, false, false, false]],
    ['a manager and a node without a way in', fleetOf(aHost(), anUnknownHost()), [true, true, true, true]],
  ])('of %s', (_name, fleet, [hasHosts, hasReadyHost, hasNetworkMaker, hasUnknownHost]) => {
    expect(fleetFacts(fleet)).toEqual({ hasHosts, hasReadyHost, hasNetworkMaker, hasUnknownHost, hasServices: false })
  })

  it('of a swarm that has services', () => {
    expect(fleetFacts(aFleetWithServices()).hasServices).toBe(true)
  })
})
