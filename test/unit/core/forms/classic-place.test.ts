import { describe, expect, it } from 'vitest'
import { classicPlaceOf, parsePlacement, placementOn } from '../../../../src/core/forms/classic-place'
import { checkContainerName } from '../../../../src/core/forms/container-name'
import { aClassicFleet, globalOverlay } from '../../classic-builders'
import { aSwarmOfThree, aSwarmId } from '../../builders'

const fleet = aClassicFleet()
const gnswarm = fleet.networks.find(({ id }) => id === globalOverlay.id)!
const place = classicPlaceOf(fleet, gnswarm)!

describe('a network that a classic Swarm’s manager makes containers on', () => {
  it('has the manager, its nodes, and what runs there', () => {
    expect(place.manager.name).toBe('swarm')
    expect(place.hosts.map(({ name }) => name)).toEqual(['lindenau', 'miltitz', 'tolkewitz'])
    expect(place.scene.containers.map(({ name, node }) => `${node}/${name}`)).toEqual(['tolkewitz/web'])
  })

  it('is none of a swarm', () => {
    const swarm = aSwarmOfThree()
    const network = swarm.networks.find(({ id }) => id === aSwarmId('gnswarm'))!
    expect(classicPlaceOf(swarm, network)).toBeUndefined()
  })

  it('reads what is typed, as the manager will', () => {
    const read = (text: string) => parsePlacement(text, place.scene)
    expect(read('')).toEqual({ isValid: true, value: { constraints: [], affinities: [] } })
    expect(read('site==north container!=web affinity:image==nginx constraint:node!=lindenau')).toMatchObject({
      problem: expect.stringMatching(/^No healthy node fulfils/) as string,
    })
    expect(read('site==north container!=web affinity:image==nginx')).toEqual({
      isValid: true,
      value: { constraints: ['site==north'], affinities: ['container!=web', 'image==nginx'] },
    })
    expect(read('node==nowhere')).toMatchObject({ isValid: false })
  })

  it('pins a container to a host by its name as a node', () => {
    expect(placementOn(place.hosts[0]!)).toEqual({ constraints: ['node==lindenau'], affinities: [] })
    expect(placementOn(place.manager)).toBeUndefined()
  })

  it('takes each name once, whichever host has it', () => {
    const id = (name: string) => fleet.hosts.find((host) => host.name === name)!.id
    expect(checkContainerName('web', fleet, id('tolkewitz'))).toMatch(/already at tolkewitz .*\)\.$/)
    const unique = /already at tolkewitz .*names are unique in a classic Swarm/
    expect(checkContainerName('web', fleet, id('lindenau'))).toMatch(unique)
    expect(checkContainerName('web', fleet, id('swarm'))).toMatch(unique)
    expect(checkContainerName('api', fleet, id('swarm'))).toBeUndefined()
  })
})
