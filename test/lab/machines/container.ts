import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type Docker from 'dockerode'
import { labName } from '../support/paths'
import { runCommand } from '../support/run-command'
import type { LabTask } from '../support/task'
import { machineOverlay } from './credentials'
import type { MachineDescription } from './description'
import { labNetwork } from './network'

/**
 * What systemd and an engine need. `--privileged` would ask for every capability there is and fails where this machine
 * itself lacks one.
 */
const capabilities = [
  ...['DAC_READ_SEARCH', 'LINUX_IMMUTABLE', 'NET_BROADCAST', 'NET_ADMIN', 'IPC_LOCK', 'IPC_OWNER', 'SYS_MODULE'],
  ...['SYS_RAWIO', 'SYS_PTRACE', 'SYS_PACCT', 'SYS_ADMIN', 'SYS_BOOT', 'SYS_NICE', 'SYS_TIME', 'SYS_TTY_CONFIG'],
  ...['LEASE', 'AUDIT_CONTROL', 'MAC_OVERRIDE', 'MAC_ADMIN', 'SYSLOG', 'WAKE_ALARM', 'BLOCK_SUSPEND', 'AUDIT_READ'],
]

/** Each machine sees only its own control groups. The type of dockerode's options does not know this one. */
const cgroupNamespace: object = { CgroupnsMode: 'private' }

const roomForSystemd = 'rw,nosuid,nodev,mode=755'

/** The container of one machine, as the engine's API takes it. */
export function containerOptions(machine: MachineDescription, image: string): Docker.ContainerCreateOptions {
  return {
    name: machine.container,
    Hostname: machine.name,
    Image: image,
    // An imported image cannot say this itself; it is how systemd is told to shut down.
    StopSignal: 'SIGRTMIN+3',
    Env: ['container=docker'],
    HostConfig: {
      ...cgroupNamespace,
      CapAdd: capabilities,
      // systempaths=unconfined, in the API's words: nothing of /proc is masked or read-only.
      MaskedPaths: [],
      ReadonlyPaths: [],
      SecurityOpt: ['seccomp=unconfined', 'apparmor=unconfined'],
      DeviceCgroupRules: ['a *:* rwm'],
      Tmpfs: {
        '/run': `${roomForSystemd},exec`,
        '/run/lock': roomForSystemd,
        '/tmp': 'rw,nosuid,nodev,exec,mode=1777',
      },
      // iptables and the overlay driver load kernel modules by name.
      Binds: existsSync('/lib/modules') ? ['/lib/modules:/lib/modules:ro'] : [],
    },
    NetworkingConfig: {
      EndpointsConfig: { [labNetwork.name]: { IPAMConfig: { IPv4Address: machine.address } } },
    },
  }
}

const specLabel = `${labName}.spec`

/** What a container is made from, as a short text: when this differs, it must be made anew. */
async function specOf(options: Docker.ContainerCreateOptions, overlay: string): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(options))
  const files = await readdir(overlay, { recursive: true, withFileTypes: true })
  const names = files.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  for (const name of names.sort()) hash.update(name.slice(overlay.length)).update(await readFile(name))
  return hash.digest('hex')
}

/**
 * The states in which a container is worth keeping. One only created has not got its files yet; and gossip takes up to a
 * minute to find machines again that were stopped, longer than making them anew.
 */
const usableStates = ['running', 'paused']

/** All containers of the lab, running or not. */
export const labContainers = (docker: Docker, { signal }: LabTask): Promise<Docker.ContainerInfo[]> =>
  docker.listContainers({ all: true, filters: { label: [`${labName}=machine`] }, abortSignal: signal })

/** Removes containers with their volumes, running or not. */
export async function removeContainers(
  docker: Docker,
  containers: readonly Docker.ContainerInfo[],
  { signal }: LabTask,
): Promise<void> {
  await Promise.all(
    containers.map(({ Id }) => docker.getContainer(Id).remove({ force: true, v: true, abortSignal: signal })),
  )
}

/** Makes and starts the machine's container if it is missing, stopped, or made from something else. */
export async function ensureMachine(
  docker: Docker,
  wanted: { readonly machine: MachineDescription; readonly image: string },
  task: LabTask,
): Promise<void> {
  const { machine, image } = wanted
  const overlay = machineOverlay(task.paths, machine.name)
  const options = containerOptions(machine, image)
  const spec = await specOf(options, overlay)
  const mine = (await labContainers(docker, task)).filter(({ Names }) => Names.includes(`/${machine.container}`))
  const usable = mine.find(({ Labels, State }) => Labels[specLabel] === spec && usableStates.includes(State))
  await removeContainers(
    docker,
    mine.filter((found) => found !== usable),
    task,
  )
  if (usable?.State === 'running') return
  if (usable !== undefined) {
    await docker.getContainer(usable.Id).unpause({ abortSignal: task.signal })
    return
  }
  const Labels = { [labName]: 'machine', [specLabel]: spec }
  const container = await docker.createContainer({ ...options, Labels, abortSignal: task.signal })
  await layOver(container, overlay, task.signal)
  await container.start({ abortSignal: task.signal })
}

/** Copies a folder over a container's root, as root's files. */
async function layOver(container: Docker.Container, folder: string, signal: AbortSignal): Promise<void> {
  await runCommand(['tar', '-C', folder, '--owner=0', '--group=0', '--numeric-owner', '-c', '.'], {
    signal,
    timeoutMs: 20_000,
    onOutput: (archive) => container.putArchive(archive, { path: '/' }),
  })
}
