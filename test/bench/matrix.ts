import { runConnectivityTest } from '../../src/app/connectivity-service'
import { isOk } from '../../src/core/connectivity/types'
import { systemClock } from '../../src/adapters/system-clock'
import type { Lab } from '../lab/lab'
import { openFleetOf } from '../lab/open-fleet'
import { compare, type Comparison } from './comparison'

const count = 16

/**
 * All pairs of 16 containers on three hosts: one connectivity test over SSH, against a loop that a person would write,
 * `docker exec FROM sh -c 'ping … && wget …'` for each pair, run on each container's own host, so that it pays for no
 * network and no SSH.
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

  const ours = async () => {
    const run = await runConnectivityTest(service, network.key, {
      clock: systemClock,
      signal: AbortSignal.timeout(120_000),
    })
    if (!isOk(run) || run.pairs.length !== count * (count - 1)) throw new Error('the matrix is not green')
  }
  const loop = async () => {
    for (const { name, machine } of places) {
      const targets = places.filter((other) => other.name !== name).map((other) => other.name)
      // One shell on the host for all, as `ssh HOST 'for …'` would be.
      await machine.run(
        `for t in ${targets.join(' ')}; do docker exec ${name} sh -c "ping -c 1 -W 1 $t && wget -qO- http://$t" >/dev/null || exit 1; done`,
        { timeoutMs: 300_000 },
      )
    }
  }
  // Names of young containers take a moment to reach every host.
  await ours()
  return await compare(`matrix of ${count} containers, ${count * (count - 1)} pairs`, {
    ours: { name: 'one connectivity test over SSH', run: ours, times: 5 },
    theirs: { name: 'a loop over docker exec on each host', run: loop, times: 1 },
  })
}
