import type { Lab } from '../lab'
import type { Undo } from '../machines/faults'
import type { FaultCase, MatrixWorld } from './cases'
import { removed } from './network-cases'
import { fleetBecomes, inNetworkOf, isEachAlone, isMissedBy, stateOf } from './tools'

async function all(...faults: readonly Promise<Undo>[]): Promise<Undo> {
  const undos = await Promise.all(faults)
  return async () => {
    for (const undo of undos) await undo()
  }
}

/** A rule of the machine's own packet filter; `heal()` knows it by its mark. */
async function ruled(lab: Lab, host: string, rules: readonly string[]): Promise<Undo> {
  const machine = lab.machine(host)
  const marked = rules.map((rule) => rule.replace(' -j ', ' -m comment --comment lab-fault-matrix -j '))
  for (const rule of marked) await machine.run(`iptables -I ${rule}`)
  return async () => {
    for (const rule of marked) await machine.run(`iptables -D ${rule}`)
  }
}

/** What a firewall drops of what comes in. */
const closed = (protocol: 'tcp' | 'udp', port: number, from = '') =>
  `INPUT ${from && `-s ${from} `}-p ${protocol} --dport ${port} -j DROP`

const gossip = [closed('tcp', 7946), closed('udp', 7946)]

/** Faults on the way between hosts. */
export const wayCases: readonly FaultCase[] = [
  {
    title: '4789/udp dropped on its way into one host',
    cause: 'data-path-closed',
    names: ['lindenau'],
    inject: ({ lab }) => ruled(lab, 'lindenau', [closed('udp', 4789)]),
  },
  {
    title: 'a network card with an MTU of 1400',
    cause: 'mtu-black-hole',
    names: ['miltitz'],
    network: 'narrow',
    isQuick: true,
    // A network of its own: the fix makes it anew.
    inject: async (world) => {
      const { lab } = world
      await lab.manager.run('docker network create -d overlay --attachable narrow')
      await lab.machine('lindenau').run('docker run -d --name n1 --network narrow nginx')
      await lab.machine('miltitz').run('docker run -d --name n2 --network narrow nginx')
      await fleetBecomes(world, 'both to be seen', ({ networks }) =>
        networks.some(({ name, members }) => name === 'narrow' && members.filter((m) => m.isRunning).length === 2),
      )
      const undo = await lab.machine('miltitz').faults.lowerMtu(1400)
      return async () => {
        await undo()
        await lab.machine('lindenau').run('docker rm -f n1')
        await removed(lab, 'miltitz', 'n2', 'narrow')()
      }
    },
  },
  {
    title: 'one packet in five is lost',
    cause: 'lossy-underlay',
    names: ['miltitz'],
    inject: ({ lab }) =>
      ruled(lab, 'miltitz', ['INPUT -p udp --dport 4789 -m statistic --mode nth --every 5 --packet 0 -j DROP']),
  },
  {
    title: 'TCP between hosts is dropped inside the containers’ traffic',
    cause: 'checksum-offload',
    names: ['lindenau'],
    inject: async ({ lab }) => {
      const undos: Undo[] = []
      const format = '{{range .IPAM.Config}}{{.Subnet}}{{end}}'
      const subnet = (await lab.manager.run(['docker', 'network', 'inspect', 'gnswarm', '--format', format])).trim()
      for (const container of ['api', 'shell2']) {
        const place = ['lindenau', container] as const
        const own = (
          await lab
            .machine('lindenau')
            .run(`docker inspect -f '{{.NetworkSettings.Networks.gnswarm.IPAddress}}' api shell2`)
        ).trim()
        for (const address of own.split(/\s+/)) {
          await inNetworkOf(lab, place, `iptables -A INPUT -p tcp -s ${address} -j ACCEPT`)
          await inNetworkOf(lab, place, `iptables -A OUTPUT -p tcp -d ${address} -j ACCEPT`)
        }
        await inNetworkOf(lab, place, `iptables -A INPUT -p tcp -s ${subnet} -j DROP`)
        await inNetworkOf(lab, place, `iptables -A OUTPUT -p tcp -d ${subnet} -j DROP`)
        undos.push(async () => {
          await inNetworkOf(lab, place, 'iptables -F INPUT')
          await inNetworkOf(lab, place, 'iptables -F OUTPUT')
        })
      }
      return async () => {
        for (const undo of undos) await undo()
      }
    },
  },
  {
    title: '7946/tcp dropped at one host',
    cause: 'gossip-partly-closed',
    names: ['lindenau'],
    isByHosts: true,
    inject: ({ lab }) => ruled(lab, 'lindenau', [closed('tcp', 7946)]),
  },
  {
    title: '4789/udp dropped at one host, and a service that does not listen at another',
    cause: 'data-path-closed',
    names: ['tolkewitz'],
    also: ['port-closed'],
    notFixed: 'there are two faults',
    inject: async (world) => {
      const machine = world.lab.machine('lindenau')
      await machine.run('docker run -d --name mute --network gnswarm nginx sleep 1h')
      await fleetBecomes(world, 'mute to be seen', ({ networks }) =>
        networks.some(({ members }) => members.some((m) => m.container === 'mute' && m.isRunning)),
      )
      const undo = await world.lab.machine('tolkewitz').faults.dropUdp(4789)
      return async () => {
        await undo()
        await machine.run('docker rm -f mute')
      }
    },
  },
  {
    title: 'a paused container, and another whose name server is blocked',
    cause: 'target-paused',
    names: ['api', 'lindenau'],
    also: ['resolver-not-answering'],
    notFixed: 'there are two faults',
    inject: async (world) => {
      const { lab } = world
      const place = ['miltitz', 'shell1'] as const
      await lab.machine('lindenau').run('docker pause api')
      await inNetworkOf(lab, place, 'iptables -I OUTPUT -d 127.0.0.11 -j DROP')
      await fleetBecomes(world, 'api to be paused', (fleet) => stateOf(fleet, 'api') === 'paused')
      return async () => {
        await inNetworkOf(lab, place, 'iptables -D OUTPUT -d 127.0.0.11 -j DROP')
        await lab.machine('lindenau').run('docker unpause api')
      }
    },
  },
  {
    title: '2377/tcp from one host dropped at the manager',
    cause: 'management-port-closed',
    names: ['miltitz'],
    inject: async (world) => {
      const { lab } = world
      const undo = await ruled(lab, 'tolkewitz', [closed('tcp', 2377, lab.machine('miltitz').address)])
      await isDown(world, 'miltitz')
      return undo
    },
  },
  {
    title: '7946 and 4789 dropped at one host, and 2377/tcp from it at the manager',
    cause: 'host-cut-off',
    names: ['lindenau'],
    inject: async (world) => {
      const { lab } = world
      const undo = await all(
        ruled(lab, 'lindenau', [...gossip, closed('udp', 4789)]),
        ruled(lab, 'tolkewitz', [closed('tcp', 2377, lab.machine('lindenau').address)]),
      )
      await Promise.all([isMissedBy(lab, 'lindenau', ['tolkewitz', 'miltitz']), isDown(world, 'lindenau')])
      return undo
    },
  },
  {
    title: '7946 dropped at one host',
    cause: 'gossip-port-closed',
    names: ['miltitz'],
    byProbesAlone: 'names-not-spreading',
    inject: async ({ lab, test }) => {
      const undo = await ruled(lab, 'miltitz', gossip)
      await isMissedBy(lab, 'miltitz', ['tolkewitz', 'lindenau'])
      // Names go with the peers, a moment later.
      for (let n = 0; n < 10; n++) if ((await test()).pairs.some(({ result }) => result === 'fail')) break
      return undo
    },
  },
  {
    title: '7946 and 4789 dropped at every host',
    cause: 'hosts-isolated',
    names: ['tolkewitz', 'lindenau', 'miltitz'],
    inject: async ({ lab }) => {
      const undo = await all(...lab.machines.map(({ name }) => ruled(lab, name, [...gossip, closed('udp', 4789)])))
      await isEachAlone(lab)
      return undo
    },
  },
]

/** Waits until the manager has lost a node. */
const isDown = (world: MatrixWorld, host: string) =>
  fleetBecomes(world, `the node ${host} to be down`, ({ hosts }) =>
    hosts.some(({ name, nodeState }) => name === host && nodeState === 'down'),
  )
