import { waitForSwarm } from '../machines/swarm'
import { waitUntil } from '../support/wait-until'
import type { Lab } from '../lab'
import type { FaultCase } from './cases'
import { fleetBecomes, restartWith, startOf } from './tools'

const swarmFolder = '/var/lib/docker/swarm'

/** Faults of the swarm itself. */
export const swarmCases: readonly FaultCase[] = [
  {
    title: 'a worker that was copied from another one, which it joined the swarm as',
    cause: 'cloned-node',
    // The swarm keeps its entry of the node that the copy was before, which has the name, too.
    names: ['lindenau (settings:lindenau)', 'miltitz'],
    // An engine that is stopped to be given another's identity starts no container again; nobody is at the entry left.
    also: ['target-not-running', 'host-unreachable'],
    inject: async (world) => {
      const { lab } = world
      const original = lab.machine('miltitz')
      const copy = (await original.run(`tar -C ${swarmFolder} -czf - . | base64 -w0`)).trim()
      const take = `mv ${swarmFolder} ${swarmFolder}.own && mkdir ${swarmFolder} && echo '${copy}' | base64 -d | tar -C ${swarmFolder} -xzf -`
      await restartWith(lab.machine('lindenau'), take)
      const nodeId = world.fleet.hosts.find(({ name }) => name === 'miltitz')?.nodeId
      await fleetBecomes(world, 'two hosts to be one node', ({ hosts }) =>
        ['lindenau', 'miltitz'].every((name) =>
          hosts.some((host) => host.id === `settings:${name}` && host.nodeId === nodeId),
        ),
      )
      return async () => {
        await restartWith(lab.machine('lindenau'), `rm -rf ${swarmFolder} && mv ${swarmFolder}.own ${swarmFolder}`)
        // The original is not gossiped with before it has been started anew.
        await restartWith(original, '')
        await waitForSwarm(lab.machines, AbortSignal.timeout(90_000))
        await startOf(world, 'lindenau', ['api', 'shell2'])
        await startOf(world, 'miltitz', ['cache', 'shell1'])
      }
    },
  },
  {
    title: 'two managers that refuse each other at 2377/tcp',
    cause: 'quorum-lost',
    names: ['tolkewitz'],
    isByHosts: true,
    inject: async ({ lab }) => {
      const second = lab.machine('lindenau')
      const isManager = async (wanted: boolean) => {
        // A leader that has just been elected may be one no more in the next second.
        const change = `docker node ${wanted ? 'promote' : 'demote'} lindenau`
        await lab.manager.run(`for try in $(seq 30); do ${change} && exit 0; sleep 1; done; exit 1`, {
          timeoutMs: 90_000,
        })
        await saysSoon(lab, 'lindenau', 'docker info --format "{{.Swarm.ControlAvailable}}"', String(wanted))
      }
      await isManager(true)
      // Refused and not dropped: each end notices at once, and comes back sooner.
      const rule = (action: string, chain: string) =>
        `iptables ${action} ${chain} -p tcp --dport 2377 -m comment --comment lab-fault-matrix -j REJECT --reject-with tcp-reset`
      const both = (action: string) => second.run(`${rule(action, 'INPUT')} && ${rule(action, 'OUTPUT')}`)
      await both('-I')
      await saysSoon(lab, 'tolkewitz', 'docker node ls 2>&1 || true', 'does not have a leader')
      return async () => {
        await both('-D')
        await saysSoon(lab, 'tolkewitz', 'docker node ls 2>&1 || true', 'Leader')
        await isManager(false)
        // Whoever is no manager any more has to find one first.
        await waitForSwarm(lab.machines, AbortSignal.timeout(90_000))
      }
    },
  },
]

/** Waits until a command at a machine says something. */
async function saysSoon(lab: Lab, host: string, command: string, words: string): Promise<void> {
  await waitUntil(async () => ((await lab.machine(host).run(command)).includes(words) ? true : undefined), {
    ...{ signal: AbortSignal.timeout(90_000), timeoutMs: 80_000, what: `${host} to say ${words}` },
  })
}
