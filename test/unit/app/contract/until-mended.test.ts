import { expect, it } from 'vitest'
import { untilMended } from '../../../../src/app/contract/until-mended'
import { aContainer, aFleet, aHost, anOverlay, attachedTo } from '../../builders'
import { CommandWorld } from '../../fakes/command-world'
import { settle } from '../../fakes/fake-clock'

const front = anOverlay({ name: 'front' })
const attachments = [attachedTo(front, '10.0.1.2')]
const fleetWith = (state: 'exited' | 'running') =>
  aFleet([aHost('tolkewitz', { containers: [aContainer({ name: 'web', state, attachments })], networks: [front] })])
const { id: containerId } = aContainer({ name: 'web' })
const subject = { kind: 'container', hostId: 'settings:tolkewitz', containerId } as const

it('waits after a quick fix until the fleet knows that the container runs, and not for ever', async () => {
  const world = new CommandWorld({ fleet: fleetWith('exited') })
  let isOver = false
  const waiting = untilMended({ fleet: world.access, clock: world.clock }, subject).then(() => (isOver = true))
  await settle()
  expect(isOver).toBe(false)
  world.access.fleet = fleetWith('running')
  await waiting
  world.access.fleet = fleetWith('exited')
  const never = untilMended({ fleet: world.access, clock: world.clock }, subject)
  await world.clock.advance(10_000)
  await never
  expect(world.access.listeners).toBe(0)
})
