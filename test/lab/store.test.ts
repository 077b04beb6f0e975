import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Fleet } from '../../src/core/model/fleet'
import type { HostJson, NetworkJson } from '../../src/core/report/fleet-json'
import type { ConnectivityJson } from '../../src/core/report/json-report'
import { becomes } from './becomes'
import { CommandLine } from './command-line'
import type { Lab } from './lab'
import { openFleetOf, type OpenedFleet } from './open-fleet'
import { openStoreLab, watchBegins } from './store-lab'

const gnswarm = (fleet: Fleet) => fleet.networks.find(({ name }) => name === 'gnswarm')
const findings = ({ hosts }: Fleet) =>
  hosts.flatMap(({ name, findings: own = [] }) => own.map(({ cause }) => `${name} ${cause}`))
const storeIsDown = ['lindenau cluster-store-down', 'miltitz cluster-store-down']

let lab: Lab
let cli: CommandLine
let opened: OpenedFleet

beforeAll(async () => {
  lab = await openStoreLab()
  await lab.heal()
  await lab.cleanup()
  cli = await CommandLine.overSsh(lab)
  opened = await openFleetOf(lab, 'TCP')
  await becomes(opened, ({ hosts }) => hosts.length === 3 && hosts.every(({ state }) => state === 'ready'), 20_000)
})

afterAll(async () => {
  await opened[Symbol.asyncDispose]()
  await cli[Symbol.asyncDispose]()
  await lab.heal()
  await lab.cleanup()
})

const test = async () => {
  const { status, stdout, stderr } = await cli.run('test', 'gnswarm', '--json')
  const { pairs, findings: causes } = JSON.parse(stdout) as ConnectivityJson
  return {
    status,
    stderr,
    pairs: pairs.map(({ result, reason }) => reason ?? result),
    causes: causes.map(({ cause }) => cause),
  }
}

describe('engines that share a key-value store, without swarm mode', () => {
  it('are hosts without a role, and nothing is wrong with them', async () => {
    const hosts = await cli.json<readonly HostJson[]>('hosts')
    expect(
      hosts.map(({ name, state, role, clusterStore, findings: own }) => [name, state, role, clusterStore, own]),
    ).toEqual(['lindenau', 'miltitz', 'tolkewitz'].map((name) => [name, 'ready', null, lab.description.store?.url, []]))
  })

  it('get an overlay network through any of them, which the others are asked about at once', async () => {
    const refused = await cli.run('network', 'create', 'gnswarm', '--encrypted')
    expect(refused.status).not.toBe(0)
    expect(refused.stderr).toContain('--encrypted')
    const { id } = await cli.json<{ readonly id: string }>('network', 'create', 'gnswarm', '--subnet', '10.44.0.0/24')
    // Only the engine that made it announces it.
    await becomes(opened, (fleet) => gnswarm(fleet)?.hosts.length === 3, 2_000)
    expect(gnswarm(opened.service.fleet)).toMatchObject({ id, scope: 'global', subnets: [{ subnet: '10.44.0.0/24' }] })
    const twice = await cli.run('network', 'create', 'other', '--subnet', '10.44.0.128/25')
    expect(twice.stderr).toContain('overlaps')
    const [listed] = (await cli.json<readonly NetworkJson[]>('networks')).filter(({ name }) => name === 'gnswarm')
    expect(listed).toMatchObject({ id, hosts: ['lindenau', 'miltitz', 'tolkewitz'], members: [] })
  })

  it('run containers on it that reach each other by name', async () => {
    await cli.json('run', '--name', 'web', '--network', 'gnswarm', '--on', 'lindenau', 'nginx')
    await watchBegins()
    await cli.json('run', '--name', 'shell1', '--network', 'gnswarm', '--on', 'miltitz', '-it', 'alpine')
    await becomes(opened, (fleet) => gnswarm(fleet)?.members.length === 2, 5_000)
    const { hosts, members } = gnswarm(opened.service.fleet)!
    expect(hosts).toEqual(['lindenau', 'miltitz', 'tolkewitz'])
    expect(members.map(({ container, host }) => `${container}@${host}`)).toEqual(['shell1@miltitz', 'web@lindenau'])
    // Names come through the store: a machine that is busy knows them a moment later.
    await expect
      .poll(test, { timeout: 30_000, interval: 500 })
      .toMatchObject({ status: 0, pairs: ['pass', 'pass'], causes: [] })
  })

  it('lose a network everywhere that one of them removes', async () => {
    await lab.machine('miltitz').run('docker network create -d overlay short-lived')
    await becomes(
      opened,
      ({ networks }) => networks.find(({ name }) => name === 'short-lived')?.hosts.length === 3,
      2_000,
    )
    await lab.machine('lindenau').run('docker network rm short-lived')
    await becomes(opened, ({ networks }) => networks.every(({ name }) => name !== 'short-lived'), 2_000)
  })

  it('have a finding in the engine’s words while the store is down, and lose it when the store is back', async () => {
    const { service } = opened
    const start = await lab.stopStore()
    const spec = { name: 'later', subnets: [], isAttachable: false, isInternal: false, isEncrypted: false, labels: {} }
    const lindenau = service.fleet.hosts.find(({ name }) => name === 'lindenau')!
    const failure: unknown = await service
      .client(lindenau.id)
      .networks.create(spec, AbortSignal.timeout(10_000))
      .catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'store-unavailable' })
    const { message } = failure as Error
    expect(message).toContain('etcd cluster is unavailable')
    service.noteStoreFailure(lindenau.id, message)
    service.refresh()
    await becomes(opened, (fleet) => findings(fleet).join() === storeIsDown.join(), 5_000)
    const [finding] = service.fleet.hosts.find(({ name }) => name === 'lindenau')!.findings!
    expect(finding!.evidence.join(' ')).toContain('etcd cluster is unavailable')
    expect(finding!.evidence.join(' ')).toContain('containers run there on gnswarm')

    // What runs goes on, and stays to be seen and tested, also for whoever comes only now.
    expect(gnswarm(service.fleet)?.members).toHaveLength(2)
    expect(await test()).toMatchObject({ status: 0, pairs: ['pass', 'pass'] })
    const { stderr } = await cli.run('network', 'create', 'later')
    expect(stderr).toContain('etcd cluster is unavailable')

    await start()
    await becomes(opened, (fleet) => findings(fleet).length === 0, 20_000)
    expect(await test()).toMatchObject({ status: 0, pairs: ['pass', 'pass'], causes: [] })
  })
})
