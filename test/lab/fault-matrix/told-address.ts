import { labNumber } from '../support/paths'
import { labNetwork } from '../machines/network'
import { waitForSwarm } from '../machines/swarm'
import type { Undo } from '../machines/faults'
import type { MatrixWorld } from './cases'
import { fleetBecomes, restartWith } from './tools'

const state = '/var/lib/docker/swarm/docker-state.json'

/**
 * An address of the Internet's that exists on the lab's bridge alone: every machine has a route to it there, so that no
 * packet to it leaves.
 */
export const publicAddress = (host: number): string => `198.20.${labNumber}.${host}`

/** Gives a machine a second address on the lab's bridge, which the others reach there and see it come from. */
export async function secondAddress({ lab }: MatrixWorld, name: string, address: string): Promise<Undo> {
  const own = lab.machine(name)
  const others = lab.machines.filter((machine) => machine !== own)
  const comesFrom = (source: string) =>
    own.run(`ip route replace ${labNetwork.subnet} dev eth0 proto kernel scope link src ${source}`)
  await own.run(`ip address replace ${address}/32 dev eth0`)
  for (const other of others) await other.run(`ip route replace ${address}/32 dev eth0`)
  await comesFrom(address)
  return async () => {
    // First: with the address goes the route that it is the source of.
    await comesFrom(own.address)
    await own.run(`ip address del ${address}/32 dev eth0`)
    for (const other of others) await other.run(`ip route del ${address}/32 dev eth0`)
  }
}

/**
 * Has a worker tell the others another address, as if it had joined with `--advertise-addr`: its engine keeps that in a file,
 * which it reads when it starts, so that it stays in the swarm. Its containers stop.
 */
export async function tellsAddress(world: MatrixWorld, name: string, address: string): Promise<void> {
  const machine = world.lab.machine(name)
  await machine.run('docker ps -q | xargs -r docker kill >/dev/null', { timeoutMs: 90_000 })
  await restartWith(
    machine,
    `sed -i 's/"AdvertiseAddr":"[^"]*"/"AdvertiseAddr":"${address}:2377"/' ${state}
grep -q '"AdvertiseAddr":"${address}:2377"' ${state}`,
  )
  await fleetBecomes(world, `${name} to tell ${address}`, ({ hosts }) =>
    hosts.some((host) => host.name === name && host.state === 'ready' && host.address === address),
  )
}

/** Has a worker tell its own address again, and waits until all gossip with it. */
export async function tellsOwnAddress(world: MatrixWorld, name: string): Promise<void> {
  await tellsAddress(world, name, world.lab.machine(name).address)
  await waitForSwarm(world.lab.machines, AbortSignal.timeout(90_000))
}
