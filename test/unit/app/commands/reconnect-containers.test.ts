import { describe, expect, it } from 'vitest'
import { reconnectContainers } from '../../../../src/app/commands/reconnect-containers'
import { aContainer, aFleet, aHost, anId, anOverlay, aSwarmId, attachedTo } from '../../builders'
import { CommandWorld, expectLeavingChangesNothing } from '../../fakes/command-world'
import { runWithRepair } from '../../fakes/repair-terminal'

const networkKey = aSwarmId('gnswarm')
const web = { kind: 'container', hostId: 'settings:tolkewitz', containerId: anId('web'), networkKey } as const

/** As Docker 20.10 answers for a container that was given another name on its network. */
const inspected = {
  raw: {
    Id: anId('web'),
    NetworkSettings: {
      Networks: { gnswarm: { Aliases: ['www', anId('web').slice(0, 12)], IPAMConfig: { IPv4Address: '10.0.1.3' } } },
    },
  },
}

describe('reconnectContainers', () => {
  it('shows the plan, asks, and takes the container off and on again as it was', async () => {
    const world = new CommandWorld({ answers: [{ press: 'Run' }] })
    world.details = inspected
    const shown = await runWithRepair(world, reconnectContainers, web)
    expect(world.changes).toEqual(['tolkewitz networks.disconnect', 'tolkewitz networks.connect'])
    // The address is the swarm's choice, though the engine writes it down as if it were somebody's.
    expect(world.named('networks.connect')[0]?.args).toEqual([
      'gnswarm',
      { containerId: anId('web'), aliases: ['www'] },
    ])
    expect(world.ui.documents[0]?.content).toContain('# Reconnect web at tolkewitz to gnswarm')
    expect(world.ui.choices[0]?.detail).toContain('Connections of web at tolkewitz over gnswarm break')
    expect(shown).toContain('Disconnect web at tolkewitz from gnswarm, on tolkewitz')
  })

  it('keeps an address that somebody chose, where the engine tells', async () => {
    const gnswarm = anOverlay({ scope: 'global' })
    const container = aContainer({ attachments: [attachedTo(gnswarm, '10.0.1.3')] })
    const fleet = aFleet([aHost('tolkewitz', { role: 'none', containers: [container], networks: [gnswarm] })])
    const world = new CommandWorld({ fleet, answers: [{ press: 'Run' }] })
    world.details = inspected
    await runWithRepair(world, reconnectContainers, web)
    expect(world.named('networks.connect')[0]?.args).toMatchObject(['gnswarm', { address: '10.0.1.3' }])
  })

  it('copies the commands for whoever may not run them', async () => {
    const world = new CommandWorld({ answers: [{ press: 'Copy Commands' }] })
    await world.run(reconnectContainers, web)
    expect(world.ui.copied[0]).toContain('docker network disconnect')
    expect(world.changes).toEqual([])
  })

  it('asks in the palette for the container, and for the network where there are several', async () => {
    const other = anOverlay({ name: 'backend' })
    const both = aContainer({ attachments: [attachedTo(anOverlay(), '10.0.1.3'), attachedTo(other, '10.0.2.3')] })
    const fleet = aFleet([aHost('tolkewitz', { containers: [both], networks: [anOverlay(), other] })])
    const world = new CommandWorld({ fleet, answers: [{ pick: 'web' }, { pick: 'backend' }, { press: 'Run' }] })
    await runWithRepair(world, reconnectContainers)
    expect(world.named('networks.disconnect')[0]?.args[0]).toBe('backend')
  })

  it('changes nothing when the user leaves', async () => {
    const options = { subject: web, answers: [{ press: 'Run' }] } as const
    await expect(expectLeavingChangesNothing(reconnectContainers, options)).rejects.toThrow(/documents|\[\]/)
    const world = new CommandWorld({ answers: ['leave'] })
    await world.run(reconnectContainers, web)
    expect([world.changes, world.ui.terminals]).toEqual([[], []])
  })

  it('refuses a service’s task', async () => {
    const task = { serviceId: 's', serviceName: 'shop', taskId: 't', nodeId: 'n' }
    const container = aContainer({ task, attachments: [attachedTo(anOverlay(), '10.0.1.3')] })
    const fleet = aFleet([aHost('tolkewitz', { containers: [container], networks: [anOverlay()] })])
    expect(await new CommandWorld({ fleet }).failure(reconnectContainers, web)).toMatchObject({ code: 'unsupported' })
  })
})
