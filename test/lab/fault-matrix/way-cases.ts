import type { Lab } from '../lab'
import type { Undo } from '../machines/faults'
import type { FaultCase } from './cases'
import { isMissedBy, fleetBecomes, inNetworkOf } from './tools'

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

const allPorts = (lab: Lab, host: string) => {
  const { faults } = lab.machine(host)
  return all(faults.dropUdp(4789), faults.dropUdp(7946), faults.dropTcp(7946), faults.dropTcp(2377))
}

/** Faults on the way between hosts. */
export const wayCases: readonly FaultCase[] = [
  {
    title: '4789/udp dropped at one host',
    cause: 'data-path-closed',
    names: ['miltitz'],
    inject: ({ lab }) => lab.machine('miltitz').faults.dropUdp(4789),
  },
  {
    title: '4789/udp dropped between two hosts',
    cause: 'data-path-closed',
    names: ['tolkewitz', 'lindenau'],
    inject: ({ lab }) => lab.machine('tolkewitz').faults.dropUdp(4789, lab.machine('lindenau').address),
  },
  {
    title: '4789/udp dropped on its way into one host',
    cause: 'data-path-closed',
    names: ['lindenau'],
    inject: ({ lab }) => ruled(lab, 'lindenau', ['INPUT -p udp --dport 4789 -j DROP']),
  },
  {
    title: 'a network card with an MTU of 1400',
    cause: 'mtu-black-hole',
    names: ['miltitz'],
    inject: ({ lab }) => lab.machine('miltitz').faults.lowerMtu(1400),
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
    inject: ({ lab }) => lab.machine('lindenau').faults.dropTcp(7946),
  },
  {
    title: '4789/udp dropped at one host, and a service that does not listen at another',
    cause: 'data-path-closed',
    names: ['tolkewitz'],
    also: ['port-closed'],
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
    title: 'a small MTU at one host, and a paused container at another',
    cause: 'target-paused',
    names: ['api', 'lindenau'],
    also: ['mtu-black-hole'],
    inject: async (world) => {
      const machine = world.lab.machine('lindenau')
      await machine.run('docker pause api')
      const undo = await world.lab.machine('miltitz').faults.lowerMtu(1400)
      await fleetBecomes(world, 'api to be paused', ({ hosts }) =>
        hosts.some(({ engine }) => engine?.containers.some((c) => c.name === 'api' && c.state === 'paused')),
      )
      return async () => {
        await undo()
        await machine.run('docker unpause api')
      }
    },
  },
  {
    title: '2377/tcp dropped at one host',
    cause: 'management-port-closed',
    names: ['miltitz'],
    inject: async (world) => {
      const undo = await world.lab.machine('miltitz').faults.dropTcp(2377)
      await fleetBecomes(world, 'the node to be down', ({ hosts }) =>
        hosts.some(({ name, nodeState }) => name === 'miltitz' && nodeState === 'down'),
      )
      return undo
    },
  },
  {
    title: 'all ports of the swarm dropped at one host',
    cause: 'host-cut-off',
    names: ['lindenau'],
    inject: async (world) => {
      const undo = await allPorts(world.lab, 'lindenau')
      await isMissedBy(world.lab, 'lindenau', ['tolkewitz', 'miltitz'])
      await fleetBecomes(world, 'the node to be down', ({ hosts }) =>
        hosts.some(({ name, nodeState }) => name === 'lindenau' && nodeState === 'down'),
      )
      return undo
    },
  },
  {
    title: '7946 dropped at one host',
    cause: 'gossip-port-closed',
    names: ['miltitz'],
    inject: async ({ lab, test }) => {
      const { faults } = lab.machine('miltitz')
      const undo = await all(faults.dropTcp(7946), faults.dropUdp(7946))
      await isMissedBy(lab, 'miltitz', ['tolkewitz', 'lindenau'])
      // Names go with the peers, a moment later.
      for (let n = 0; n < 10; n++) if ((await test()).pairs.some(({ result }) => result === 'fail')) break
      return undo
    },
  },
]
