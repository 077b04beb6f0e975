import { describe, expect, it } from 'vitest'
import { maxNamesPerSource, planNames } from '../../../../../src/core/connectivity/names/plan-names'
import type { NameReading } from '../../../../../src/core/connectivity/names/types'
import { planPeers } from '../../../../../src/core/connectivity/plan-peers'
import type { Container } from '../../../../../src/core/model/container'
import { aContainer, aFleet, aHost, anId, anOverlay, attachedTo } from '../../../builders'
import { sampleService, sampleTask } from '../../../fakes/samples'

const gnswarm = anOverlay()
const networkId = gnswarm.id

function member(name: string, address: string, over: Partial<Container> = {}): Container {
  return aContainer({ name, attachments: [attachedTo(gnswarm, address)], ...over })
}

function task(slot: number, address: string, over: Partial<Container> = {}): Container {
  const ref = { serviceId: 'service-web', serviceName: 'web', taskId: `t${slot}`, nodeId: 'n', slot }
  return member(`web.${slot}.x`, address, { task: ref, ...over })
}

const web = sampleService('web', {
  replicas: 2,
  endpointMode: 'vip',
  networks: [{ networkId, virtualAddress: '10.0.1.50', aliases: ['site'] }],
})
const other = sampleService('other', { networks: [{ networkId: 'elsewhere', aliases: [] }] })

function plan(containers: readonly (readonly Container[])[], over: Partial<NameReading> = {}, isWhole = true) {
  const hosts = containers.map((own, i) =>
    aHost(['tolkewitz', 'miltitz', 'lindenau'][i], {
      ...(i > 0 && { role: 'worker' as const }),
      containers: own,
      networks: [gnswarm],
    }),
  )
  const fleet = aFleet(hosts)
  const network = fleet.networks.find(({ id }) => id === networkId)!
  const reading: NameReading = {
    services: [web, other].map((service) => ({ ...service, tasks: [] })),
    ...{ aliases: new Map(), gateways: [], notes: [] },
    ...over,
  }
  return planNames({ fleet, network, members: planPeers(fleet, network), isWhole, reading })
}

const usual = [
  [member('c1', '10.0.1.11'), task(1, '10.0.1.21')],
  [member('c2', '10.0.1.12'), task(2, '10.0.1.22')],
]
const namesFrom = (planned: ReturnType<typeof plan>, from: string) =>
  planned.names.filter((name) => name.from.container === from).map(({ target }) => target.name)
const target = (planned: ReturnType<typeof plan>, wanted: string) =>
  planned.names.find((name) => name.target.name === wanted)?.target

describe('planNames', () => {
  it('has every container ask for the services on the network, and one of each host for the rest', () => {
    const aliases = new Map([[`settings:miltitz ${anId('c2')}`, ['db', 'c2', anId('c2').slice(0, 12), '-rf /']]])
    const planned = plan(usual, { aliases })
    const rest = ['db', 'site', 'c1.gnswarm', 'c2.gnswarm']
    expect(namesFrom(planned, 'c1')).toEqual(['web', 'tasks.web', ...rest])
    expect(namesFrom(planned, 'web.1.x')).toEqual(['web', 'tasks.web'])
    expect(namesFrom(planned, 'c2')).toEqual(['web', 'tasks.web', ...rest])
    expect(target(planned, 'db')).toMatchObject({ form: 'alias', standsFor: 'c2 on miltitz' })
    expect(target(planned, 'db')!.meant.map(({ address }) => address)).toEqual(['10.0.1.12'])
    expect(target(planned, 'c1.gnswarm')!.meant.map(({ address }) => address)).toEqual(['10.0.1.11'])
  })

  it('has a container on its own ask for the rest rather than a task', () => {
    const planned = plan([[task(1, '10.0.1.21'), member('c1', '10.0.1.11')], [task(2, '10.0.1.22')]])
    expect(namesFrom(planned, 'c1')).toContain('site')
    expect(namesFrom(planned, 'web.1.x')).not.toContain('site')
    expect(namesFrom(planned, 'web.2.x')).toContain('site')
  })

  it('knows what each name of a service stands for, and where TCP can be tried', () => {
    const planned = plan(usual)
    expect(target(planned, 'web')).toMatchObject({
      virtualAddress: '10.0.1.50',
      ports: [80],
      replicas: 2,
      isWhole: true,
    })
    expect(target(planned, 'web')!.meant.map(({ address }) => address)).toEqual(['10.0.1.50'])
    expect(target(planned, 'site')!.meant.map(({ address }) => address)).toEqual(['10.0.1.50'])
    expect(target(planned, 'tasks.web')!.meant.map(({ address }) => address)).toEqual(['10.0.1.21', '10.0.1.22'])
    const own = planned.names.find(({ from, target: { name } }) => from.container === 'web.1.x' && name === 'web')
    expect(own?.target.isOwn).toBe(true)
  })

  it('takes the tasks’ addresses for the name of a service in the mode dnsrr', () => {
    const round = { ...web, endpointMode: 'dnsrr' as const, networks: [{ networkId, aliases: [] }] }
    const planned = plan(usual, { services: [{ ...round, tasks: [] }] })
    expect(target(planned, 'web')!.meant.map(({ address }) => address)).toEqual(['10.0.1.21', '10.0.1.22'])
    expect(target(planned, 'web')).not.toHaveProperty('virtualAddress')
  })

  it('takes the manager’s word for tasks on hosts that cannot be asked, and requires only what is seen to be well', () => {
    const tasks = [
      sampleTask(web, 1, { addresses: [{ networkId, address: '10.0.1.21' }] }),
      sampleTask(web, 3, { addresses: [{ networkId, address: '10.0.1.23' }] }),
    ]
    const sick = { status: 'Up 1 minute (unhealthy)' }
    const planned = plan([[member('c1', '10.0.1.11'), task(1, '10.0.1.21'), task(2, '10.0.1.22', sick)]], {
      services: [{ ...web, tasks }],
    })
    expect(target(planned, 'tasks.web')!.meant).toEqual([
      { address: '10.0.1.21', owner: 'web.1.x on tolkewitz', isRequired: true },
      { address: '10.0.1.22', owner: 'web.2.x on tolkewitz', isRequired: false },
      { address: '10.0.1.23', owner: 'web.3', isRequired: false },
    ])
  })

  it('knows services by their containers where no manager can be asked, and then not what their names are', () => {
    const reading: NameReading = { aliases: new Map(), gateways: [], notes: [] }
    const fleet = aFleet([aHost('miltitz', { role: 'worker', containers: usual[0]!, networks: [gnswarm] })])
    const network = fleet.networks[0]!
    const planned = planNames({ fleet, network, members: planPeers(fleet, network), isWhole: false, reading })
    expect(target(planned, 'web')).toMatchObject({ isWhole: false, meant: [{ address: '10.0.1.21' }] })
    expect(target(planned, 'web')).not.toHaveProperty('virtualAddress')
  })

  it('lets a name stand for all who have it', () => {
    const aliases = new Map([
      [`settings:tolkewitz ${anId('c1')}`, ['db']],
      [`settings:miltitz ${anId('c2')}`, ['db']],
    ])
    const planned = plan(usual, { aliases })
    expect(target(planned, 'db')).toMatchObject({ standsFor: 'c1 on tolkewitz, c2 on miltitz' })
    expect(target(planned, 'db')!.meant).toHaveLength(2)
  })

  it('asks for no more names than the bound from one container, services first, and says which are left out', () => {
    const many = Array.from({ length: 80 }, (_, i) => member(`c${i}`, `10.0.1.${i + 2}`))
    const planned = plan([[...many, task(1, '10.0.1.200')]])
    expect(planned.names.filter(({ from }) => from.container === 'c0')).toHaveLength(maxNamesPerSource)
    expect(namesFrom(planned, 'c0').slice(0, 2)).toEqual(['web', 'tasks.web'])
    expect(planned.omitted).toContain('c79.gnswarm')
  })

  it('asks a single container for services alone', () => {
    expect(plan([[member('c1', '10.0.1.11')]], { services: [] }).names).toEqual([])
  })
})
