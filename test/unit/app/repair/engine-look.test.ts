import { describe, expect, it } from 'vitest'
import { lookAtEngine, type EngineLook } from '../../../../src/app/repair/engine-look'
import { CommandWorld } from '../../fakes/command-world'

const live = () => new AbortController().signal

async function looking(look: (ids: { web: string }) => EngineLook) {
  const world = new CommandWorld()
  const host = world.context.fleet.fleet.hosts.find(({ engine }) =>
    engine?.containers.some(({ name }) => name === 'web'),
  )!
  const web = host.engine!.containers.find(({ name }) => name === 'web')!
  return lookAtEngine(look({ web: web.id }), world.context.fleet.client(host.id), live())
}

describe('lookAtEngine', () => {
  it('sees a state', async () => {
    const state = (wanted: 'running' | 'paused') => (ids: { web: string }) =>
      ({ kind: 'container-state', containerId: ids.web, state: wanted }) as const
    expect(await looking(state('running'))).toBeUndefined()
    expect(await looking(state('paused'))).toMatch(/^web is running \(Up /)
  })

  it('sees who is on a network', async () => {
    const on = (network: string, isOn: boolean) => (ids: { web: string }) =>
      ({ kind: 'container-on-network', containerId: ids.web, network, isOn }) as const
    expect(await looking(on('gnswarm', true))).toBeUndefined()
    expect(await looking(on('gnswarm', false))).toBe('web is still on gnswarm')
    expect(await looking(on('other', true))).toBe('web is not on other')
  })

  it('sees a container that is gone', async () => {
    expect(await looking(() => ({ kind: 'container-state', containerId: 'gone', state: 'running' }))).toBe(
      'the container is not there any more',
    )
  })

  it('sees networks', async () => {
    const there = (network: string, exists: boolean) => () => ({ kind: 'network-exists', network, exists }) as const
    expect(await looking(there('gnswarm', true))).toBeUndefined()
    expect(await looking(there('gnswarm', false))).toBe('the network gnswarm is still there')
    expect(await looking(there('nope', true))).toBe('the network nope is not there')
  })
})
