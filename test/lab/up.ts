import { installPrograms } from './engine/debian'
import { ensureMachineImage } from './engine/machine-image'
import { openEngine, type LocalEngine } from './engine/local-engine'
import { sshFiles, writeSshFiles } from './machines/credentials'
import { ensureMachine, labContainers, removeContainers } from './machines/container'
import { readDescription, writeDescription, type LabDescription, type MachineDescription } from './machines/description'
import { Machine } from './machines/machine'
import { addressOf, ensureNetwork, labNetwork } from './machines/network'
import { writeSettings } from './machines/settings'
import { parseSpec, type LabSpec, type MachineSpec, type SpecOptions } from './machines/spec'
import { describeStore, waitForStore, writeStoreSettings } from './machines/store'
import { ensureSwarm } from './machines/swarm'
import { tlsFolder, writeCertificates } from './machines/tls'
import { LabError } from './support/lab-error'
import { labName } from './support/paths'
import type { LabTask } from './support/task'
import { together } from './support/together'

const ports = { none: undefined, tls: 2376, plain: 2375 } as const

/** One machine's place in the lab. */
function describeMachine(spec: MachineSpec, index: number): MachineDescription {
  const address = addressOf(index)
  const port = ports[spec.tcp]
  return {
    ...spec,
    container: `${labName}-${spec.name}`,
    address,
    sshPort: 22,
    ...(port === undefined ? {} : { tcpUrl: `tcp://${address}:${port}` }),
  }
}

/**
 * Brings the lab up, or mends what is missing of it; a lab that is up stays as it is. Without a word about machines a
 * lab that was described before keeps its machines.
 */
export async function bringUp(options: SpecOptions, task: LabTask): Promise<LabDescription> {
  const { paths, progress } = task
  const isAsked = Object.values(options).some((option) => option !== undefined)
  const before = await readDescription(paths)
  const spec = isAsked || before === undefined ? parseSpec(options) : specOfLab(before)
  const described = spec.machines.map(describeMachine)
  const engine = await openEngine(task)
  const { docker } = engine
  const images = await machineImages(engine, described, task)

  await installPrograms({ openssl: 'openssl', tar: 'tar' }, task)
  await writeSshFiles(paths, described)
  await writeCertificates(paths, described, task.signal)
  const lab = describeLab(engine, { described, hasStore: spec.hasStore }, task)
  await writeSettings(paths, lab)
  if (lab.store !== undefined) await writeStoreSettings(paths, lab.machines, lab.store)
  await writeDescription(paths, lab)

  const machines = described.map((machine) => new Machine(machine, docker))
  await progress.step(`${described.length} machines run`, async () => {
    await removeStrangers(engine, described, task)
    await ensureNetwork(docker, task)
    await together(
      task.signal,
      described.map((machine) => (signal) => {
        return ensureMachine(docker, { machine, image: images.get(machine.generation)! }, { ...task, signal })
      }),
    )
  })
  await progress.step('their engines answer', () =>
    together(
      task.signal,
      machines.map(
        ({ faults }) =>
          (signal) =>
            faults.heal(signal),
      ),
    ),
  )
  const cluster = lab.store === undefined ? ensureSwarm : waitForStore
  await progress.step(`one ${lab.store === undefined ? 'swarm' : 'store'}, test images loaded`, () =>
    together(task.signal, [
      (signal) => cluster(machines, signal),
      ...machines.map((machine) => (signal: AbortSignal) => loadTestImages(machine, signal)),
    ]),
  )
  return lab
}

/** What was asked for when this lab was made. */
function specOfLab({ machines, store }: LabDescription): LabSpec {
  return { machines, hasStore: store !== undefined }
}

async function machineImages(
  engine: LocalEngine,
  machines: readonly MachineDescription[],
  task: LabTask,
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(machines.map(({ generation }) => generation))]
  const made = wanted.map((generation) => async (signal: AbortSignal) => {
    return [generation, await ensureMachineImage(engine, generation, { ...task, signal })] as const
  })
  return new Map(await together(task.signal, made))
}

function describeLab(
  engine: LocalEngine,
  { described: machines, hasStore }: { readonly described: readonly MachineDescription[]; readonly hasStore: boolean },
  { paths }: LabTask,
): LabDescription {
  const ssh = sshFiles(paths)
  const [first] = machines
  if (first === undefined) throw new LabError('a lab has one machine at least')
  return {
    engine: { socket: engine.socket, own: engine.own },
    network: { name: labNetwork.name, subnet: labNetwork.subnet },
    sshKey: ssh.key,
    knownHosts: ssh.knownHosts,
    sshConfig: ssh.config,
    tls: tlsFolder(paths),
    machines,
    ...(hasStore && { store: describeStore(first) }),
  }
}

/** Containers of a lab that was asked for before and has other machines. */
async function removeStrangers(
  { docker }: LocalEngine,
  machines: readonly MachineDescription[],
  task: LabTask,
): Promise<void> {
  const names = machines.map(({ container }) => `/${container}`)
  const strangers = (await labContainers(docker, task)).filter(
    ({ Names }) => !Names.some((name) => names.includes(name)),
  )
  await removeContainers(docker, strangers, task)
}

/** Loads alpine, nginx and noshell into a machine's engine where one is missing. */
async function loadTestImages(machine: Machine, signal: AbortSignal): Promise<void> {
  await machine.run(
    'docker image inspect alpine nginx noshell >/dev/null 2>&1 || docker load --quiet --input /usr/share/lab/images.tar',
    { signal },
  )
}
