import type { Fleet } from '../../../src/core/model/fleet'
import type { Lab } from '../lab'
import type { Machine } from '../machines/machine'
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

/** Stops a machine's engine, changes what it reads when it starts, and starts it again. Its containers stop. */
export async function restartWith(machine: Machine, change: string): Promise<void> {
  const script = `set -e
systemctl stop docker.socket docker.service
${change}
systemctl reset-failed docker.service docker.socket
systemctl start docker.socket docker.service
docker version >/dev/null`
  await machine.run(script, { timeoutMs: 90_000 })
}

/** What an engine that went down takes with it, started again. */
export async function startOf(world: MatrixWorld, host: string, containers: readonly string[]): Promise<void> {
  const command = `for try in $(seq 30); do docker start ${containers.join(' ')} && exit 0; sleep 1; done; exit 1`
  await world.lab.machine(host).run(command, { timeoutMs: 90_000 })
  await fleetBecomes(world, `${containers.join(', ')} to run`, (fleet) =>
    containers.every((name) => stateOf(fleet, name) === 'running'),
  )
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

/** The network card that a container has on a network. */
export async function deviceOf(
  lab: Lab,
  [host, container]: readonly [string, string],
  network: string,
): Promise<string> {
  const machine = lab.machine(host)
  const format = `{{.State.Pid}} {{(index .NetworkSettings.Networks "${network}").IPAddress}}`
  const [pid = '', address = ''] = (await machine.run(['docker', 'inspect', '-f', format, container])).trim().split(' ')
  const lines = await machine.run(`nsenter -t ${pid} -n ip -o -4 addr show`)
  return new RegExp(`^\\d+: (\\S+) .*inet ${address.replaceAll('.', '\\.')}/`, 'm').exec(lines)?.[1] ?? ''
}

/** The addresses that a machine's engine gossips with. */
export async function peersAt(lab: Lab, host: string): Promise<readonly string[]> {
  const format = '{{range .Peers}}{{.IP}} {{end}}'
  const text = await lab.machine(host).run(['docker', 'network', 'inspect', 'ingress', '--format', format])
  return text.trim().split(/\s+/)
}

/** Waits until no machine gossips with any other. */
export async function isEachAlone(lab: Lab): Promise<void> {
  await waitUntil(
    async () => {
      const lists = await Promise.all(lab.machines.map(({ name }) => peersAt(lab, name)))
      return lists.every(({ length }) => length === 1) ? true : undefined
    },
    { signal: AbortSignal.timeout(60_000), timeoutMs: 50_000, what: 'each machine to be alone' },
  )
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
