import { engineAt } from './engine/local-engine'
import { readDescription, type LabDescription } from './machines/description'
import { Machine } from './machines/machine'
import { LabError } from './support/lab-error'
import { labPaths } from './support/paths'
import { storeUnit, waitForStore } from './machines/store'
import { mendSwarm } from './machines/swarm'
import type { Undo } from './machines/faults'

const healWithinMs = 240_000
const hint = 'npm run lab:up'

/** The running lab, for tests. */
export class Lab {
  readonly description: LabDescription
  readonly machines: readonly Machine[]

  constructor(description: LabDescription, machines: readonly Machine[]) {
    this.description = description
    this.machines = machines
  }

  /** The machine of this name. @throws LabError if there is none. */
  machine(name: string): Machine {
    const found = this.machines.find((machine) => machine.name === name)
    if (found === undefined) throw new LabError(`the lab has no machine ${name}`, hint)
    return found
  }

  /** The machine that founded the swarm; with a store, the one that it runs in. */
  get manager(): Machine {
    return this.machines[0]!
  }

  /**
   * Removes what tests made, so that each file starts with empty hosts: services, containers, volumes, and all networks
   * but the engines' own.
   */
  async cleanup(): Promise<void> {
    if (this.description.store === undefined) {
      await this.manager.run('docker service ls -q | xargs -r docker service rm >/dev/null')
    }
    await Promise.all(this.machines.map((machine) => machine.run(clearContainers)))
    if (this.description.store === undefined) await this.manager.run(clearOverlays)
    else await this.manager.run(clearLeftEndpoints + clearOverlays)
    await Promise.all(this.machines.map((machine) => machine.run(clearLocalNetworks)))
    await this.forgetEncryption()
  }

  /**
   * Removes the packet filter's rules of encrypted networks. Engines 20.10 leave them behind, to drop what comes without
   * ESP, and the swarm gives the network's number away again: another network would be cut off.
   */
  async forgetEncryption(): Promise<void> {
    await Promise.all(this.machines.map((machine) => machine.run(clearEncryption)))
  }

  /**
   * Undoes every fault on every machine, then waits until the swarm, or what shares the store, is whole again. A swarm
   * that does not become whole is founded anew, with what that takes: no service or overlay is left then.
   */
  async heal(): Promise<void> {
    await Promise.all(this.machines.map((machine) => machine.faults.heal()))
    const waitForCluster = this.description.store === undefined ? mendSwarm : waitForStore
    await waitForCluster(this.machines, AbortSignal.timeout(healWithinMs))
  }

  /** Stops the key-value store; the undo starts it again with what it held. */
  async stopStore(): Promise<Undo> {
    const home = this.machine(this.description.store?.machine ?? 'with a key-value store')
    await home.run(`systemctl stop ${storeUnit}`)
    return async () => {
      await home.run(`systemctl start ${storeUnit}`)
    }
  }
}

const clearContainers = `
docker ps -aq | xargs -r docker rm -fv >/dev/null 2>&1
test -z "$(docker ps -aq)" || { echo "still there: $(docker ps -a --format '{{.Names}}')" >&2; exit 1; }
docker volume ls -q | xargs -r docker volume rm -f >/dev/null
`

/** Not `network prune`: on a worker that has just lost a swarm network it may hang for twenty seconds. */
const clearLocalNetworks = `
docker network ls --filter type=custom --filter scope=local --format '{{.Name}}' | grep -v '^docker_gwbridge$' |
  xargs -r docker network rm >/dev/null
`

const clearEncryption = `
for table in filter mangle; do
  iptables -t $table -S | sed -n '/--dport 4789 -m u32/s/^-A/-D/p' | while read -r rule; do
    eval "iptables -t $table $rule"
  done
done
`

/** Attachments end a moment after their containers: until then the swarm refuses to remove their network. */
const clearOverlays = `
for try in $(seq 100); do
  left=$(docker network ls --filter driver=overlay --format '{{.Name}}' | grep -v '^ingress$')
  [ -z "$left" ] && exit 0
  echo "$left" | xargs docker network rm >/dev/null 2>&1
  sleep 0.1
done
echo "still there: $left" >&2
exit 1
`

/**
 * An engine that could not ask the store while it removed a container leaves the container's endpoint there, and with it
 * a network that can never be removed.
 */
const clearLeftEndpoints = `
for network in $(docker network ls --filter driver=overlay --format '{{.ID}}'); do
  for left in $(docker network inspect --format '{{range .Containers}}{{.Name}} {{end}}' "$network"); do
    docker network disconnect -f "$network" "$left" >/dev/null 2>&1
  done
done
`

/**
 * Opens the lab that `npm run lab:up` brought up.
 * @throws LabError if it is not up.
 */
export async function openLab(paths = labPaths()): Promise<Lab> {
  const description = await readDescription(paths)
  if (description === undefined) throw new LabError('the lab is not up', hint)
  const { socket, own } = description.engine
  const engine = await engineAt(socket, own)
  if (engine === undefined) throw new LabError(`the lab's engine does not answer at ${socket}`, hint)
  return new Lab(
    description,
    description.machines.map((machine) => new Machine(machine, engine.docker)),
  )
}
