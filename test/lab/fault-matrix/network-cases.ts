import type { Lab } from '../lab'
import type { Undo } from '../machines/faults'
import type { FaultCase, MatrixWorld } from './cases'
import { waitUntil } from '../support/wait-until'
import { fleetBecomes, stateOf } from './tools'

/** Attaching fails only after twenty seconds: what has to wait for that is made at once, by the first case that needs it. */
let waiting: Promise<unknown> | undefined

/** Begins with it; whoever needs it waits for it. */
export function prepared(world: MatrixWorld): Promise<unknown> {
  waiting ??= prepare(world)
  return waiting
}

async function prepare({ lab }: MatrixWorld): Promise<void> {
  const { manager } = lab
  await manager.run(`
docker network create -d overlay --attachable --subnet 10.201.0.0/24 first
docker network create -d overlay --attachable --subnet 10.201.0.0/25 twice
docker network create -d overlay --attachable --subnet 10.202.0.0/29 tiny
docker run -d --name t1 --network tiny nginx
docker run -d --name t2 --network tiny nginx`)
  await lab.machine('lindenau').run('docker run -d --name t3 --network tiny nginx')
  const late = (host: string, name: string, network: string) =>
    lab.machine(host).exec(`docker run -d --name ${name} --network ${network} nginx`, { timeoutMs: 60_000 })
  const ends = await Promise.all([
    late('tolkewitz', 'overlapping', 'twice'),
    late('lindenau', 'beside', 'twice'),
    late('lindenau', 't4', 'tiny'),
  ])
  if (ends.some(({ code }) => code === 0)) throw new Error('A container was attached that should not have been')
}

let draining: Promise<void> | undefined

/** Takes twenty seconds, in which cases are made that need nothing new on that host. */
function drained(lab: Lab): Promise<void> {
  draining ??= drain(lab)
  return draining
}

async function drain(lab: Lab): Promise<void> {
  await lab.manager.run('docker network create -d overlay --attachable parked')
  await lab.machine('lindenau').run('docker run -d --name neighbour --network parked nginx')
  await lab.manager.run('docker node update --availability drain miltitz')
  const parking = await lab
    .machine('miltitz')
    .exec('docker run -d --name parking --network parked nginx', { timeoutMs: 60_000 })
  if (parking.code === 0) throw new Error('A drained node took a container')
}

/** Removes containers at a host, then the networks that they were on. */
export const removed =
  (lab: Lab, host: string, containers: string, networks: string): Undo =>
  async () => {
    await lab.machine(host).run(`docker rm -f ${containers}`)
    await lab.manager.exec(`for try in $(seq 50); do docker network rm ${networks} && break; sleep 0.2; done`)
  }

/** A network that was just made may not be known everywhere yet. */
async function startedSoon(lab: Lab, host: string, container: string): Promise<void> {
  const script = `for try in $(seq 20); do docker start ${container} && exit 0; sleep 1; done; exit 1`
  await lab.machine(host).run(script, { timeoutMs: 60_000 })
}

const isCreated = (world: MatrixWorld, name: string) =>
  fleetBecomes(world, `${name} to be seen`, (fleet) => stateOf(fleet, name) === 'created')

/** Faults of networks: each has a network of its own, and nothing else is touched. */
export const networkCases: readonly FaultCase[] = [
  {
    title: 'a second network with the same subnet',
    cause: 'subnet-overlap',
    names: ['tolkewitz', 'overlapping'],
    network: 'twice',
    isQuick: true,
    byHand: async ({ lab }) => {
      await startedSoon(lab, 'tolkewitz', 'overlapping')
      await startedSoon(lab, 'lindenau', 'beside')
    },
    inject: async (world) => {
      await prepared(world)
      drained(world.lab).catch(() => undefined)
      await isCreated(world, 'overlapping')
      await isCreated(world, 'beside')
      const undo = removed(world.lab, 'tolkewitz', 'overlapping', 'twice first')
      return async () => {
        await world.lab.machine('lindenau').run('docker rm -f beside')
        await undo()
      }
    },
  },
  {
    title: 'a subnet without a free address',
    cause: 'addresses-used-up',
    names: ['lindenau', 't4'],
    network: 'tiny',
    isQuick: true,
    inject: async (world) => {
      await prepared(world)
      await isCreated(world, 't4')
      const undo = removed(world.lab, 'lindenau', 't3 t4', 'tiny')
      return async () => {
        await world.lab.manager.run('docker rm -f t1 t2')
        await undo()
      }
    },
  },
  {
    title: 'a container on a network that is not attachable',
    cause: 'not-attachable',
    names: ['lindenau', 'refused'],
    network: 'closed',
    isQuick: true,
    byHand: async ({ lab }) => {
      await startedSoon(lab, 'tolkewitz', 'barred')
      await startedSoon(lab, 'lindenau', 'refused')
    },
    inject: async (world) => {
      await world.lab.manager.run('docker network create -d overlay closed')
      await world.lab.machine('lindenau').exec('docker run -d --name refused --network closed nginx')
      await world.lab.manager.exec('docker run -d --name barred --network closed nginx')
      await isCreated(world, 'refused')
      await isCreated(world, 'barred')
      const undo = removed(world.lab, 'lindenau', 'refused', 'closed')
      return async () => {
        await world.lab.manager.run('docker rm -f barred')
        await undo()
      }
    },
  },
  {
    title: 'a stale VXLAN interface with the network’s number',
    cause: 'vxlan-not-made',
    names: ['lindenau'],
    network: 'clash',
    isByHosts: true,
    isQuick: true,
    inject: async (world) => {
      const { lab } = world
      const { manager } = lab
      const machine = lab.machine('lindenau')
      const list = '{{index .Options "com.docker.network.driver.overlay.vxlanid_list"}}'
      await manager.run('docker network create -d overlay --attachable clash')
      const id = (await manager.run(['docker', 'network', 'inspect', '--format', list, 'clash'])).trim()
      // In a namespace that the engine does not know: what it finds of its own it removes.
      await machine.run(
        `ip netns add stale; ip link add stale0 type vxlan id ${id} dstport 4789 && ip link set stale0 netns stale`,
      )
      // What it says stands in the swarm’s tasks, for as long as it tries.
      const trying = machine.exec('docker run -d --name late --network clash nginx', { timeoutMs: 60_000 })
      await isRejected(world)
      return async () => {
        await machine.run('ip netns del stale')
        await trying
        await removed(lab, 'lindenau', 'late', 'clash')()
      }
    },
  },
  {
    title: 'ESP dropped (or not in the kernel) on an encrypted network',
    cause: 'encryption-blocked',
    names: ['lindenau', 'tolkewitz'],
    network: 'secret',
    notFixed: 'this kernel has no ESP, so it would stay as it is',
    isQuick: true,
    inject: async (world) => {
      const { manager } = world.lab
      const other = world.lab.machine('lindenau')
      await manager.run(
        'docker network create -d overlay --attachable --opt encrypted secret && docker run -d --name s1 --network secret nginx',
      )
      await other.run('docker run -d --name s2 --network secret nginx')
      const rule = (action: string) => `iptables ${action} INPUT -p esp -m comment --comment lab-fault-matrix -j DROP`
      await other.run(rule('-I'))
      await fleetBecomes(world, 'both to be seen', ({ networks }) =>
        networks.some(({ name, members }) => name === 'secret' && members.filter((m) => m.isRunning).length === 2),
      )
      const undo = removed(world.lab, 'lindenau', 's2', 'secret')
      return async () => {
        await other.run(rule('-D'))
        await manager.run('docker rm -f s1')
        await undo()
        await world.lab.forgetEncryption()
      }
    },
  },
  {
    title: 'a container started on a drained node',
    cause: 'node-drained',
    names: ['miltitz', 'parking'],
    network: 'parked',
    isQuick: true,
    inject: async (world) => {
      await drained(world.lab)
      await isCreated(world, 'parking')
      const undo = removed(world.lab, 'miltitz', 'parking', 'parked')
      return async () => {
        await world.lab.manager.run('docker node update --availability active miltitz')
        await world.lab.machine('lindenau').run('docker rm -f neighbour')
        await undo()
      }
    },
  },
]

/** Waits until the swarm says that an attachment was rejected. */
async function isRejected({ fleet, client }: MatrixWorld): Promise<void> {
  const manager = fleet.hosts.find(({ engine }) => engine?.info.swarm.isManager)!
  const said = async () => {
    const tasks = await client(manager.id).swarm.attachments(AbortSignal.timeout(5_000))
    return tasks.some(({ error }) => error?.includes('vxlan interface')) ? true : undefined
  }
  await waitUntil(said, {
    ...{ signal: AbortSignal.timeout(20_000), timeoutMs: 18_000, what: 'an attachment to be rejected' },
  })
}
