import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Examinations } from '../../src/app/examinations'
import { TestResults } from '../../src/app/test-results'
import { hostChildren, hostRoots } from '../../src/app/tree/hosts-tree'
import { serviceChildren, serviceRoots } from '../../src/app/tree/services-tree'
import type { TreeInput } from '../../src/app/tree/tree-input'
import type { TreeNode } from '../../src/app/tree/tree-node'
import type { Fleet } from '../../src/core/model/fleet'
import type { ContainerJson, ServiceJson } from '../../src/core/report/fleet-json'
import { becomes } from './becomes'
import { CommandLine } from './command-line'
import { openLab, type Lab } from './lab'
import { openFleetOf, type OpenedFleet } from './open-fleet'
import type { Disposable } from '../../src/core/ports/environment'

let lab: Lab
let cli: CommandLine
let opened: OpenedFleet
/** Somebody looks: what no event tells is read until the tasks are where they should be. */
let look: Disposable

const service = (fleet: Fleet, name: string) => fleet.services.find((candidate) => candidate.name === name)
const running = (fleet: Fleet, name: string) => service(fleet, name)?.running
const input = (): TreeInput => ({
  fleet: opened.service.fleet,
  problems: [],
  results: new TestResults(),
  examinations: new Examinations(),
  now: Date.now(),
})
const row = (nodes: readonly TreeNode[], label: string) => nodes.find((node) => node.label === label)
const serviceRow = (name: string) => row(serviceRoots(input()), name)!
const hostRow = (name: string) => row(hostRoots(input()), name)!

beforeAll(async () => {
  lab = await openLab()
  await lab.heal()
  await lab.cleanup()
  cli = await CommandLine.overSsh(lab)
  opened = await openFleetOf(lab, 'SSH')
  look = opened.service.followServices()
  await becomes(opened, ({ hosts }) => hosts.length === 3 && hosts.every(({ state }) => state === 'ready'), 20_000)
  await lab.manager.run('docker network create -d overlay gnswarm')
})

afterAll(async () => {
  look.dispose()
  await opened[Symbol.asyncDispose]()
  await cli[Symbol.asyncDispose]()
  await lab.manager.run('docker node ls -q | xargs -n1 docker node update --availability active')
  await lab.cleanup()
})

const create = (name: string, options: string) =>
  lab.manager.run(
    `docker service create --detach --no-resolve-image --name ${name} --network gnswarm ${options} alpine sleep 1h`,
  )

describe('the services of a real swarm', () => {
  it('have their tasks on the hosts, and their containers say which task they run', async () => {
    await create('web', '--endpoint-mode dnsrr --replicas 3 --stop-grace-period 1s')
    await becomes(opened, (fleet) => running(fleet, 'web') === 3 && service(fleet, 'web')?.isSettled === true, 20_000)
    expect(serviceRow('web').description).toContain('3/3 replicas')
    const tasks = serviceChildren(serviceRow('web'), input())
    expect(tasks.map(({ label }) => label)).toEqual(['web.1', 'web.2', 'web.3'])
    // One a host: the scheduler spreads.
    expect(tasks.map(({ description }) => description.split(' · ').at(-1)).toSorted()).toEqual([
      ...['lindenau', 'miltitz', 'tolkewitz'],
    ])
    const { containers } = opened.service.fleet.hosts.find(({ name }) => name === 'lindenau')!.engine!
    const [container] = containers
    const slot = container?.task?.slot
    expect(container?.task).toMatchObject({ serviceName: 'web', slot: expect.any(Number) as number })
    const shown = row(hostChildren(hostRow('lindenau'), input()), container!.name)
    expect(shown?.description).toContain(`web.${slot}`)
    const listed = await cli.json<readonly ContainerJson[]>('containers')
    expect(listed.filter(({ service: of }) => of === 'web').map(({ taskState }) => taskState)).toEqual(
      Array.from({ length: 3 }, () => 'running'),
    )
  })

  it('that cannot be placed show the scheduler’s reason, and lose it when a node fits', async () => {
    await create('nowhere', '--constraint node.labels.disk==fast')
    await becomes(opened, (fleet) => service(fleet, 'nowhere')?.problem !== undefined, 10_000)
    const { problem } = service(opened.service.fleet, 'nowhere')!
    expect(problem).toMatch(/no suitable node.*scheduling constraints not satisfied on 3 nodes/)
    expect(serviceRow('nowhere').description).toMatch(/0\/1 replicas.*no suitable node/)
    expect(serviceRow('nowhere').tooltip).toContain('docker node update')
    const [task] = serviceChildren(serviceRow('nowhere'), input())
    expect(task?.description).toMatch(/pending.*no suitable node/)
    const listed = await cli.json<readonly ServiceJson[]>('services')
    expect(listed.find(({ name }) => name === 'nowhere')).toMatchObject({ running: 0, wanted: 1, problem })
    await lab.manager.run('docker node update --label-add disk=fast lindenau')
    try {
      await becomes(opened, (fleet) => running(fleet, 'nowhere') === 1, 15_000)
      expect(serviceRow('nowhere').description).not.toContain('no suitable node')
    } finally {
      await lab.manager.run('docker node update --label-rm disk lindenau')
    }
  })

  it('move off a node that is drained, which says so', async () => {
    await lab.manager.run('docker node update --availability drain lindenau')
    const areElsewhere = (fleet: Fleet) => {
      const node = fleet.hosts.find(({ name }) => name === 'lindenau')?.nodeId
      const web = service(fleet, 'web')
      return web?.isSettled === true && web.running === 3 && web.tasks.every(({ nodeId }) => nodeId !== node)
    }
    await becomes(opened, areElsewhere, 20_000)
    expect(hostRow('lindenau').description).toContain('drained')
    await lab.manager.run('docker node update --availability active lindenau')
    await becomes(opened, ({ hosts }) => hosts.every(({ availability }) => availability === 'active'), 5_000)
  })

  it('show by how many tasks they were scaled, and are gone when they are removed', async () => {
    await lab.manager.run('docker service scale --detach web=1')
    await becomes(opened, (fleet) => service(fleet, 'web')?.wanted === 1 && running(fleet, 'web') === 1, 15_000)
    expect(serviceChildren(serviceRow('web'), input()).filter(({ label }) => label.startsWith('web.'))).toHaveLength(1)
    await lab.manager.run('docker service rm web nowhere')
    await becomes(opened, ({ services }) => services.length === 0, 5_000)
    expect(serviceRoots(input()).filter(({ subject }) => subject.kind === 'service')).toEqual([])
  })
})
