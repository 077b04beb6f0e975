import type { Fleet } from '../../../src/core/model/fleet'
import type { Lab } from '../lab'
import { waitUntil } from '../support/wait-until'
import type { MatrixWorld } from './cases'

/** Waits until the fleet is as it should be. */
export async function fleetBecomes(world: MatrixWorld, what: string, is: (fleet: Fleet) => boolean): Promise<void> {
  const options = { signal: AbortSignal.timeout(70_000), timeoutMs: 60_000, what }
  await waitUntil(() => Promise.resolve(is(world.fleet) ? true : undefined), options)
}

/** The state of a container as the fleet has it; of two with one name, of the one at `host`. */
export function stateOf(fleet: Fleet, name: string, host?: string): string | undefined {
  return fleet.hosts
    .filter((one) => host === undefined || one.name === host)
    .flatMap(({ engine }) => engine?.containers ?? [])
    .find((c) => c.name === name)?.state
}

/** Runs a command in the network of a container, with the machine's tools. */
export async function inNetworkOf(
  lab: Lab,
  [host, container]: readonly [string, string],
  command: string,
): Promise<void> {
  const machine = lab.machine(host)
  const pid = (await machine.run(`docker inspect -f '{{.State.Pid}}' ${container}`)).trim()
  await machine.run(`nsenter -t ${pid} -n ${command}`)
}

/** The addresses that a machine's engine gossips with. */
export async function peersAt(lab: Lab, host: string): Promise<readonly string[]> {
  const format = '{{range .Peers}}{{.IP}} {{end}}'
  const text = await lab.machine(host).run(['docker', 'network', 'inspect', 'ingress', '--format', format])
  return text.trim().split(/\s+/)
}

/** Waits until machines have lost a host from their gossip. */
export async function isMissedBy(lab: Lab, host: string, others: readonly string[]): Promise<void> {
  const { address } = lab.machine(host)
  await waitUntil(
    async () => {
      const lists = await Promise.all(others.map((other) => peersAt(lab, other)))
      return lists.every((list) => !list.includes(address)) ? true : undefined
    },
    { signal: AbortSignal.timeout(60_000), timeoutMs: 50_000, what: `${host} to be missed` },
  )
}
