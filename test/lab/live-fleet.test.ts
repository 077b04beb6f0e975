import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Fleet } from '../../src/core/model/fleet'
import { openFleetOf, type OpenedFleet } from './open-fleet'
import { becomes } from './becomes'
import { openLab, type Lab } from './lab'

let lab: Lab

beforeAll(async () => {
  lab = await openLab()
  await lab.heal()
  await lab.cleanup()
  await lab.manager.run('docker network create -d overlay --attachable gnswarm')
})

afterAll(async () => {
  await lab.heal()
  await lab.cleanup()
})

const host = (fleet: Fleet, name: string) => fleet.hosts.find((candidate) => candidate.name === name)
const container = (fleet: Fleet, hostName: string, name: string) =>
  host(fleet, hostName)?.engine?.containers.find((candidate) => candidate.name === name)
const members = (fleet: Fleet) =>
  (fleet.networks.find(({ name }) => name === 'gnswarm')?.members ?? []).map(
    ({ container: name, host: on, isRunning }) => `${name}@${on}${isRunning ? '' : ' stopped'}`,
  )

describe.each(['sockets', 'SSH', 'TCP'] as const)('the live fleet over %s', (way) => {
  let opened: OpenedFleet

  beforeEach(async () => {
    opened = await openFleetOf(lab, way)
    await becomes(opened, ({ hosts }) => hosts.length === 3 && hosts.every(({ state }) => state === 'ready'), 20_000)
  })

  afterEach(async () => {
    await opened[Symbol.asyncDispose]()
    await lab.cleanup()
    await lab.manager.run('docker network create -d overlay --attachable gnswarm')
  })

  it('shows within a second what happens to containers on any host', async () => {
    const miltitz = lab.machine('miltitz')
    // The engine's own work is not the fleet's: the second counts from when the command line says that it is done.
    await miltitz.run('docker run -d --name shell1 --network gnswarm alpine sleep 1h')
    await becomes(opened, (fleet) => members(fleet).includes('shell1@miltitz'), 1_000)
    await miltitz.run('docker network create other && docker network connect other shell1')
    const isOnOther = (fleet: Fleet) =>
      container(fleet, 'miltitz', 'shell1')?.attachments.some(({ networkName }) => networkName === 'other') ?? false
    await becomes(opened, isOnOther, 1_000)
    await miltitz.run('docker network disconnect other shell1')
    await becomes(opened, (fleet) => !isOnOther(fleet), 1_000)
    await miltitz.run('docker stop -t 0 shell1')
    await becomes(opened, (fleet) => members(fleet).includes('shell1@miltitz stopped'), 1_000)
    await miltitz.run('docker rm shell1')
    await becomes(opened, (fleet) => members(fleet).length === 0, 1_000)
    // Engines refuse to rename a container that is on an overlay (26.1: "could not add service state … already exists").
    await miltitz.run('docker run -d --name plain alpine sleep 1h')
    await miltitz.run('docker rename plain renamed')
    await becomes(opened, (fleet) => container(fleet, 'miltitz', 'renamed') !== undefined, 1_000)
    await lab.manager.run('docker network create -d overlay --attachable second')
    await becomes(opened, ({ networks }) => networks.some(({ name }) => name === 'second'), 1_000)
    await lab.manager.run('docker network rm second')
    await becomes(opened, ({ networks }) => !networks.some(({ name }) => name === 'second'), 1_000)
  })

  it("shows a node's availability within a second", async () => {
    await lab.manager.run('docker node update --availability drain lindenau')
    await becomes(opened, (fleet) => host(fleet, 'lindenau')?.availability === 'drain', 1_000)
    await lab.manager.run('docker node update --availability active lindenau')
    await becomes(opened, (fleet) => host(fleet, 'lindenau')?.availability === 'active', 1_000)
  })

  it('shows a stopped engine as unreachable within 5 s, goes on with the others, and finds it again by itself', async () => {
    const mend = await lab.machine('lindenau').faults.stopDockerService()
    await becomes(opened, (fleet) => host(fleet, 'lindenau')?.state === 'unreachable', 5_000)
    const { failure } = host(opened.service.fleet, 'lindenau')!
    expect(failure?.message).toBeTruthy()
    expect(failure?.nextTryAt).toBeGreaterThan(failure!.since)
    expect(opened.service.fleet.hosts.map(({ name, state }) => [name, state])).toEqual([
      ['lindenau', 'unreachable'],
      ['miltitz', 'ready'],
      ['tolkewitz', 'ready'],
    ])
    await lab.machine('miltitz').run('docker run -d --name onward --network gnswarm alpine sleep 1h')
    await becomes(opened, (fleet) => members(fleet).includes('onward@miltitz'), 1_000)
    await mend()
    await becomes(opened, (fleet) => host(fleet, 'lindenau')?.state === 'ready', 20_000)
  })

  it('comes back after dockerd was killed', async () => {
    const lindenau = lab.machine('lindenau')
    const before = host(opened.service.fleet, 'lindenau')?.engine
    await lindenau.faults.killDockerd()
    await becomes(opened, (fleet) => host(fleet, 'lindenau')?.state !== 'ready', 5_000)
    await becomes(opened, (fleet) => host(fleet, 'lindenau')?.state === 'ready', 40_000)
    expect(host(opened.service.fleet, 'lindenau')?.engine).not.toBe(before)
  })
})

describe('a stopped engine whose socket would start it again', () => {
  it('is not woken by reconnecting over SSH, and is found when somebody starts it', async () => {
    const opened = await openFleetOf(lab, 'SSH')
    const lindenau = lab.machine('lindenau')
    try {
      await becomes(opened, (fleet) => host(fleet, 'lindenau')?.state === 'ready', 20_000)
      await lindenau.run('systemctl stop docker.service')
      await becomes(opened, (fleet) => host(fleet, 'lindenau')?.failure?.code === 'engine-stopped', 10_000)
      // Three more tries pass in this time.
      await new Promise((resolve) => setTimeout(resolve, 8_000))
      expect((await lindenau.exec('systemctl is-active docker.service docker.socket')).stdout).toBe(
        'inactive\nactive\n',
      )
      await lindenau.run('systemctl start docker.service')
      await becomes(opened, (fleet) => host(fleet, 'lindenau')?.state === 'ready', 20_000)
    } finally {
      await opened[Symbol.asyncDispose]()
    }
  })
})
