import { DatedProxy } from '../dated-proxy'
import { openFleetBehind } from '../open-fleet'
import { waitForSwarm } from '../machines/swarm'
import { waitUntil } from '../support/wait-until'
import type { FaultCase, MatrixWorld } from './cases'
import { publicAddress, secondAddress, tellsAddress, tellsOwnAddress } from './told-address'
import { fleetBecomes, startOf, stateOf } from './tools'

/** Waits until a test has nothing to find that fails: what was started anew has to become known everywhere. */
async function allPass({ test }: MatrixWorld): Promise<void> {
  await waitUntil(
    async () => {
      const { pairs } = await test()
      return pairs.length > 0 && pairs.every(({ result }) => result === 'pass') ? true : undefined
    },
    { signal: AbortSignal.timeout(90_000), timeoutMs: 80_000, what: 'all pairs to pass' },
  )
}

/** Faults of hosts. */
export const hostCases: readonly FaultCase[] = [
  {
    title: 'IP forwarding switched off',
    cause: 'forwarding-off',
    names: ['tolkewitz'],
    isByHosts: true,
    isQuick: true,
    inject: async ({ lab }) => {
      // Docker 26 looks at it only when it starts.
      const set = (value: number) => lab.machine('tolkewitz').run(`sysctl -q -w net.ipv4.ip_forward=${value}`)
      await set(0)
      return async () => {
        await set(1)
      }
    },
  },
  {
    title: 'a route of the host inside the network’s subnet',
    cause: 'subnet-hides-route',
    names: ['lindenau'],
    isByHosts: true,
    isQuick: true,
    inject: async ({ lab, fleet }) => {
      const subnet = fleet.networks.find(({ name }) => name === 'gnswarm')?.subnets[0]?.subnet ?? ''
      const inside = subnet.replace(/\.\d+\/\d+$/, '.192/28')
      const route = (action: string) => lab.machine('lindenau').run(`ip route ${action} ${inside} dev eth0`)
      await route('add')
      return async () => {
        await route('del')
      }
    },
  },
  {
    // All machines share the kernel’s clock: only what an engine says of it can be made to differ.
    title: 'a clock ten minutes ahead, made by a proxy before a real engine that changes the date of its answers',
    cause: 'clock-skew',
    names: ['miltitz'],
    isByHosts: true,
    isQuick: true,
    inject: () => Promise.resolve(() => Promise.resolve()),
    through: async (lab) => {
      const proxy = await DatedProxy.before(lab.machine('miltitz'), 600_000)
      return openFleetBehind(lab, { way: 'root', machine: 'miltitz', proxy })
    },
  },
  {
    title: 'a public address, and no rule that limits who sends to the data path',
    cause: 'data-path-open',
    names: ['lindenau'],
    isByHosts: true,
    inject: async (world) => {
      const undo = await secondAddress(world, 'lindenau', publicAddress(12))
      await tellsAddress(world, 'lindenau', publicAddress(12))
      await waitForSwarm(world.lab.machines, AbortSignal.timeout(90_000))
      await startOf(world, 'lindenau', ['api', 'shell2'])
      await allPass(world)
      return async () => {
        await undo()
        await tellsOwnAddress(world, 'lindenau')
        await startOf(world, 'lindenau', ['api', 'shell2'])
      }
    },
  },
  {
    title: 'a worker that tells the others the address of its own docker_gwbridge',
    cause: 'advertise-address',
    names: ['lindenau', 'api'],
    also: ['target-not-running'],
    inject: async (world) => {
      const format = '{{(index .IPAM.Config 0).Gateway}}'
      const gateway = ['docker', 'network', 'inspect', '--format', format, 'docker_gwbridge']
      await tellsAddress(world, 'lindenau', (await world.lab.machine('lindenau').run(gateway)).trim())
      // Its engine gossips with nobody, and gives up after twenty seconds: no container gets onto a network.
      const refused = await world.lab.machine('lindenau').exec('docker start api', { timeoutMs: 60_000 })
      if (refused.code === 0) throw new Error('A container was attached that should not have been')
      return async () => {
        await tellsOwnAddress(world, 'lindenau')
        await startOf(world, 'lindenau', ['api', 'shell2'])
      }
    },
  },
  {
    title: 'an engine that was killed, and a container with a restart policy',
    cause: 'dead-after-engine-restart',
    names: ['lindenau', 'phoenix'],
    also: ['target-not-running'],
    notFixed: 'every container of the host has to be started, not only this one',
    inject: async (world) => {
      const machine = world.lab.machine('lindenau')
      await machine.run('docker run -d --name phoenix --restart unless-stopped --network gnswarm nginx')
      await fleetBecomes(world, 'phoenix to run', (fleet) => stateOf(fleet, 'phoenix') === 'running')
      await (
        await machine.faults.killDockerd()
      )()
      await fleetBecomes(world, 'phoenix to be dead', (fleet) => stateOf(fleet, 'phoenix') === 'exited')
      return async () => {
        await machine.run('docker rm -f phoenix')
        await startOf(world, 'lindenau', ['api', 'shell2'])
      }
    },
  },
  {
    title: 'a stopped engine',
    cause: 'host-unreachable',
    names: ['lindenau'],
    inject: async (world) => {
      const undo = await world.lab.machine('lindenau').faults.stopDockerService()
      await fleetBecomes(world, 'lindenau to be away', ({ hosts }) =>
        hosts.some(({ name, state }) => name === 'lindenau' && state !== 'ready'),
      )
      return async () => {
        await undo()
        await startOf(world, 'lindenau', ['api', 'shell2'])
      }
    },
  },
]
