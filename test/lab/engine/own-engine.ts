import { spawn } from 'node:child_process'
import { mkdir, open, readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { LabError } from '../support/lab-error'
import { labName, type LabPaths } from '../support/paths'
import { runCommand } from '../support/run-command'
import type { LabTask } from '../support/task'
import { waitUntil } from '../support/wait-until'
import { answers } from './answers'
import { installPrograms, whyNoPackages } from './debian'

export const ownEngineSocket = (paths: LabPaths): string => join(paths.engineRun, 'docker.sock')
const pidFile = (paths: LabPaths): string => join(paths.engineRun, 'docker.pid')
const logFile = (paths: LabPaths): string => join(paths.engineRun, 'dockerd.log')

/** Programs the lab's own engine needs, by the Debian package that has them. */
const programs = { dockerd: 'docker.io', containerd: 'containerd', runc: 'runc', iptables: 'iptables', ip: 'iproute2' }

/**
 * Starts an engine of the lab's own and gives its socket. It has its own data, socket and control folder, no default
 * bridge, and leaves the machine's firewall and forwarding alone: machines only talk to each other and to this one,
 * which their bridge does without either.
 * @throws LabError where that is not possible: not root, not Debian, or it does not start.
 */
export async function startOwnEngine(task: LabTask): Promise<string> {
  const reason = await whyNoPackages()
  if (reason !== undefined) {
    throw new LabError(
      `no Docker engine answers here, and none can be started: ${reason}`,
      'Start Docker (or set DOCKER_HOST=unix://…), or run this as root on Debian.',
    )
  }
  await installPrograms(programs, task)
  await raiseInotifyLimit()
  return task.progress.step('started an engine for the lab', () => launch(task))
}

/**
 * The machines' systemds share one user's inotify instances, of which Debian's kernel gives 128: a machine for which none is
 * left ends with 255 and no word of why. The limit stays raised; where it may not be raised, a few machines still fit.
 */
const inotify = { file: '/proc/sys/fs/inotify/max_user_instances', wanted: 1024 } as const

async function raiseInotifyLimit(): Promise<void> {
  const now = Number(await readFile(inotify.file, 'utf8').catch(() => inotify.wanted))
  if (now < inotify.wanted) await writeFile(inotify.file, String(inotify.wanted)).catch(() => undefined)
}

async function launch({ paths, signal }: LabTask): Promise<string> {
  const socket = ownEngineSocket(paths)
  await mkdir(paths.engineRun, { recursive: true, mode: 0o700 })
  await mkdir(paths.engineData, { recursive: true, mode: 0o700 })
  const log = await open(logFile(paths), 'a')
  // A session of its own: Ctrl+C in the terminal must not end the engine.
  const child = spawn('dockerd', engineArguments(paths), {
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` },
  })
  await log.close()
  let failed: string | undefined
  child.once('error', (error) => (failed = error.message))
  child.once('exit', (code) => (failed = `it ended (${code ?? 'killed'})`))
  child.unref()
  try {
    await waitUntil(
      async () => {
        if (failed !== undefined) return 'failed'
        return (await answers(socket)) ? 'up' : undefined
      },
      { signal, timeoutMs: 60_000, what: "the lab's engine to answer", everyMs: 50 },
    )
    if (failed !== undefined) throw new LabError(`the lab's engine did not start: ${failed}`)
    return socket
  } catch (error) {
    signal.throwIfAborted()
    const tail = (await readFile(logFile(paths), 'utf8')).split('\n').slice(-12).join('\n')
    throw new LabError(`the lab's engine did not start\n${tail}`, `Its log: ${logFile(paths)}`, error)
  }
}

const engineArguments = (paths: LabPaths): readonly string[] => [
  ...['--data-root', paths.engineData, '--exec-root', join(paths.engineRun, 'exec')],
  ...['--pidfile', pidFile(paths), '--host', `unix://${ownEngineSocket(paths)}`, '--group', 'root'],
  ...['--bridge', 'none', '--iptables=false', '--ip-forward=false', '--ip-masq=false'],
  ...['--exec-opt', 'native.cgroupdriver=cgroupfs', '--cgroup-parent', `/${labName}`, '--shutdown-timeout', '5'],
]

/** The engine's process, if it runs and is the lab's: a pid file alone may name somebody else's process. */
async function ownEnginePid(paths: LabPaths): Promise<number | undefined> {
  const pid = Number(await readFile(pidFile(paths), 'utf8').catch(() => ''))
  if (!Number.isInteger(pid) || pid <= 0) return undefined
  return (await commandLine(pid)).includes(ownEngineSocket(paths)) ? pid : undefined
}

const commandLine = (pid: number): Promise<string> => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')

/** Stops the lab's own engine, if it runs, and removes what it leaves: mounts, control groups, its folder in /run. */
export async function stopOwnEngine({ paths, signal }: LabTask): Promise<void> {
  const pid = await ownEnginePid(paths)
  if (pid !== undefined) {
    process.kill(pid, 'SIGTERM')
    await waitUntil(async () => ((await commandLine(pid)) === '' ? true : undefined), {
      signal,
      timeoutMs: 20_000,
      what: "the lab's engine to stop",
      everyMs: 50,
    })
  }
  await unmountBelow([paths.engineRun, paths.engineData], signal)
  await rm(paths.engineRun, { recursive: true, force: true })
  await removeControlGroups()
}

/** The groups that held the machines: one on cgroup v2, one for each controller on v1. Both are empty by now. */
async function removeControlGroups(): Promise<void> {
  const root = '/sys/fs/cgroup'
  const parents = [root, ...(await readdir(root)).map((controller) => join(root, controller))]
  for (const group of parents.map((parent) => join(parent, labName)).filter((path) => existsSync(path))) {
    const below = await readdir(group, { recursive: true, withFileTypes: true })
    const folders = below.filter((entry) => entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name))
    // A control group has files that cannot be deleted: rmdir, the innermost first.
    for (const folder of [group, ...folders].reverse()) await rmdir(folder)
  }
}

/** Unmounts everything at and below `folders`, the innermost first. */
async function unmountBelow(folders: readonly string[], signal: AbortSignal): Promise<void> {
  const mounts = (await readFile('/proc/self/mounts', 'utf8').catch(() => ''))
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '')
    .filter((mount) => folders.some((folder) => `${mount}/`.startsWith(`${folder}/`)))
  for (const mount of mounts.reverse()) {
    await runCommand(['umount', '--lazy', mount], { signal, timeoutMs: 10_000 })
  }
}
