import { runConnectivityTest } from '../../src/app/connectivity-service'
import { isOk } from '../../src/core/connectivity/run'
import { systemClock } from '../../src/adapters/system-clock'
import type { Lab } from '../lab/lab'
import { openFleetOf } from '../lab/open-fleet'
import { compare, type Comparison } from './comparison'

const count = 30

/**
 * All pairs of 30 containers on three hosts: one connectivity test over SSH, against a loop that a person would write,
 * `docker exec FROM sh -c 'ping … && wget …'` for each pair, run on each container's own host, so that it pays for no
 * network and no SSH. Nothing is sampled: the loop asks about every pair.
 */
export async function benchMatrix(lab: Lab): Promise<Comparison> {
  await lab.cleanup()
  await lab.manager.run('docker network create -d overlay --attachable bench')
  const places = Array.from({ length: count }, (_, i) => ({
    name: `b${i}`,
    machine: lab.machines[i % lab.machines.length]!,
  }))
  for (const { name, machine } of places) await machine.run(`docker run -d --name ${name} --network bench nginx`)
  await using opened = await openFleetOf(lab, 'SSH')
  const { service } = opened
  await service.settled(AbortSignal.timeout(30_000))
  const network = service.fleet.networks.find(({ name }) => name === 'bench')!

  const pairs = count * (count - 1)
  let execs = 0
  const ours = async () => {
    const run = await runConnectivityTest(service, network.key, {
      clock: systemClock,
      signal: AbortSignal.timeout(120_000),
    })
    if (!isOk(run) || run.pairs.length !== pairs) throw new Error('the matrix is not green')
    execs = run.execs
  }
  const loop = async () => {
    for (const { name, machine } of places) {
      const targets = places.filter((other) => other.name !== name).map((other) => other.name)
      // One shell on the host for all, as `ssh HOST 'for …'` would be.
      await machine.run(
        `for t in ${targets.join(' ')}; do docker exec ${name} sh -c "ping -c 1 -W 1 $t && wget -qO- http://$t" >/dev/null || exit 1; done`,
        { timeoutMs: 600_000 },
      )
    }
  }
  // Names of young containers take a moment to reach every host.
  await ours()
  const comparison = await compare(`matrix of ${count} containers on ${lab.machines.length} hosts, ${pairs} pairs`, {
    ours: { name: 'one connectivity test over SSH', run: ours, times: 5 },
    theirs: { name: 'a loop over docker exec on each host', run: loop, times: 1 },
  })
  return { ...comparison, notes: [`docker exec: ${execs} times, against ${pairs}`] }
}
