import type { Lab } from '../lab'
import type { Undo } from '../machines/faults'
import type { FaultCase, MatrixWorld } from './cases'
import { fleetBecomes, stateOf } from './tools'

/** Attaching fails only after twenty seconds: what has to wait for that is made at once, by the first case that needs it. */
let waiting: Promise<unknown> | undefined

function prepared(world: MatrixWorld): Promise<unknown> {
  waiting ??= prepare(world)
  return waiting
}

async function prepare({ lab }: MatrixWorld): Promise<void> {
  const { manager } = lab
  await manager.run(`
docker network create -d overlay --attachable --subnet 10.201.0.0/24 first
docker network create -d overlay --attachable --subnet 10.201.0.0/25 twice
docker network create -d overlay --attachable --subnet 10.202.0.0/29 tiny
docker network create -d overlay --attachable parked
docker run -d --name t1 --network tiny nginx
docker run -d --name t2 --network tiny nginx
docker node update --availability drain miltitz`)
  await lab.machine('lindenau').run('docker run -d --name t3 --network tiny nginx')
  const late = (host: string, name: string, network: string) =>
    lab.machine(host).exec(`docker run -d --name ${name} --network ${network} nginx`, { timeoutMs: 60_000 })
  const ends = await Promise.all([
    late('miltitz', 'parking', 'parked'),
    late('tolkewitz', 'overlapping', 'twice'),
    late('lindenau', 't4', 'tiny'),
  ])
  if (ends.some(({ code }) => code === 0)) throw new Error('A container was attached that should not have been')
}

const removed =
  (lab: Lab, host: string, containers: string, networks: string): Undo =>
  async () => {
    await lab.machine(host).run(`docker rm -f ${containers}`)
    await lab.manager.exec(`for try in $(seq 50); do docker network rm ${networks} && break; sleep 0.2; done`)
  }

const isCreated = (world: MatrixWorld, name: string) =>
  fleetBecomes(world, `${name} to be seen`, (fleet) => stateOf(fleet, name) === 'created')

/** Faults of networks: each has a network of its own, and nothing else is touched. */
export const networkCases: readonly FaultCase[] = [
  {
    title: 'a container started on a drained node',
    cause: 'node-drained',
    names: ['miltitz', 'parking'],
    network: 'parked',
    isQuick: true,
    inject: async (world) => {
      await prepared(world)
      await isCreated(world, 'parking')
      const undo = removed(world.lab, 'miltitz', 'parking', 'parked')
      return async () => {
        await world.lab.manager.run('docker node update --availability active miltitz')
        await undo()
      }
    },
  },
  {
    title: 'a second network with the same subnet',
    cause: 'subnet-overlap',
    names: ['tolkewitz', 'overlapping'],
    network: 'twice',
    isQuick: true,
    inject: async (world) => {
      await prepared(world)
      await isCreated(world, 'overlapping')
      return removed(world.lab, 'tolkewitz', 'overlapping', 'twice first')
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
    inject: async (world) => {
      await world.lab.manager.run('docker network create -d overlay closed')
      await world.lab.machine('lindenau').exec('docker run -d --name refused --network closed nginx')
      await isCreated(world, 'refused')
      return removed(world.lab, 'lindenau', 'refused', 'closed')
    },
  },
  {
    title: 'ESP dropped (or not in the kernel) on an encrypted network',
    cause: 'encryption-blocked',
    names: ['lindenau', 'tolkewitz'],
    network: 'secret',
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
      }
    },
  },
]
