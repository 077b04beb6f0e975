import type { FaultCase } from './cases'
import { deviceOf, fleetBecomes, inNetworkOf, stateOf } from './tools'

/** Runs one more container, and takes it away again. */
const extra = (host: string, name: string, run: string): Pick<FaultCase, 'inject'> => ({
  inject: async (world) => {
    const machine = world.lab.machine(host)
    await machine.run(`docker run -d --name ${name} ${run}`)
    await fleetBecomes(world, `${name} to run`, (fleet) => stateOf(fleet, name, host) === 'running')
    return async () => {
      await machine.run(`docker rm -f ${name}`)
      await fleetBecomes(world, `${name} to be gone`, (fleet) => stateOf(fleet, name, host) === undefined)
    }
  },
})

/** Rules in the packet filter of a container's own network. */
const filtered = (place: readonly [string, string], ...rules: readonly string[]): Pick<FaultCase, 'inject'> => ({
  inject: async ({ lab }) => {
    for (const rule of rules) await inNetworkOf(lab, place, `iptables -I ${rule}`)
    return async () => {
      for (const rule of rules) await inNetworkOf(lab, place, `iptables -D ${rule}`)
    }
  },
})

const changed = (host: string, name: string, change: readonly [string, string], state: string) => ({
  inject: async (world: Parameters<FaultCase['inject']>[0]) => {
    const machine = world.lab.machine(host)
    await machine.run(`docker ${change[0]} ${name}`)
    await fleetBecomes(world, `${name} to be ${state}`, (fleet) => stateOf(fleet, name) === state)
    return async () => {
      // A fix has done it already, and then the engine refuses.
      await machine.exec(`docker ${change[1]} ${name}`)
      await fleetBecomes(world, `${name} to run`, (fleet) => stateOf(fleet, name) === 'running')
    }
  },
})

/** Faults of a container. */
export const containerCases: readonly FaultCase[] = [
  {
    title: 'a service on 127.0.0.1',
    cause: 'port-on-loopback',
    names: ['lindenau', 'private'],
    ...extra('lindenau', 'private', '--network gnswarm nginx httpd -f -p 127.0.0.1:80 -h /www'),
  },
  {
    title: 'nothing listens',
    cause: 'port-closed',
    names: ['miltitz', 'deaf'],
    ...extra('miltitz', 'deaf', '--network gnswarm nginx sleep 1h'),
  },
  {
    title: 'two containers of one name',
    cause: 'duplicate-name',
    names: ['tolkewitz', 'miltitz', 'web'],
    ...extra('miltitz', 'web', '--network gnswarm nginx'),
  },
  {
    title: 'a container on another network',
    cause: 'not-attached',
    names: ['lindenau', 'apart'],
    only: (fleet) => {
      const idOf = (name: string) =>
        fleet.hosts.flatMap(({ engine }) => engine?.containers ?? []).find((c) => c.name === name)?.id ?? ''
      return { from: idOf('shell0'), to: [idOf('apart')] }
    },
    ...extra('lindenau', 'apart', 'nginx'),
  },
  {
    title: 'a stopped container',
    cause: 'target-not-running',
    names: ['lindenau', 'api'],
    ...changed('lindenau', 'api', ['stop -t 0', 'start'], 'exited'),
  },
  {
    title: 'a paused container',
    cause: 'target-paused',
    names: ['miltitz', 'cache'],
    ...changed('miltitz', 'cache', ['pause', 'unpause'], 'paused'),
  },
  {
    title: 'an application that hangs (SIGSTOP)',
    cause: 'application-hangs',
    names: ['tolkewitz', 'web'],
    inject: async ({ lab }) => {
      const machine = lab.machine('tolkewitz')
      const signal = (name: string) => machine.run(`kill -${name} $(docker inspect -f '{{.State.Pid}}' web)`)
      await signal('STOP')
      return async () => {
        await signal('CONT')
      }
    },
  },
  {
    title: 'a container’s name server is blocked',
    cause: 'resolver-not-answering',
    names: ['miltitz', 'shell1'],
    notFixed: 'it restarts Docker, and stops the containers that have no restart policy',
    ...filtered(['miltitz', 'shell1'], 'OUTPUT -d 127.0.0.11 -j DROP'),
  },
  {
    title: 'a port’s packets are dropped in the container',
    cause: 'port-not-answering',
    names: ['tolkewitz', 'web'],
    ...filtered(['tolkewitz', 'web'], 'INPUT -p tcp --dport 80 -j DROP'),
  },
  {
    title: 'a container’s network card is down',
    cause: 'container-cut-off',
    names: ['tolkewitz', 'web'],
    inject: async ({ lab }) => {
      const place = ['tolkewitz', 'web'] as const
      const device = await deviceOf(lab, place, 'gnswarm')
      await inNetworkOf(lab, place, `ip link set ${device} down`)
      return async () => {
        // Gone where the fix has joined the container anew.
        await inNetworkOf(lab, place, `sh -c 'ip link set ${device} up || true'`)
      }
    },
  },
  {
    title: 'a container drops ping',
    cause: 'icmp-blocked',
    names: ['tolkewitz', 'web'],
    ...filtered(['tolkewitz', 'web'], 'INPUT -p icmp -j DROP'),
  },
]
