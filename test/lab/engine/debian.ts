import { readFile, rm, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { exists } from '../machines/credentials'
import { LabError, messageOf } from '../support/lab-error'
import { runCommand } from '../support/run-command'
import type { LabTask } from '../support/task'

const policyFile = '/usr/sbin/policy-rc.d'
const minuteMs = 60_000
/** How long another apt may go on before we give up waiting. */
const othersMayTakeMs = 2 * minuteMs

/** Why packages cannot be installed here; undefined if they can. */
export async function whyNoPackages(): Promise<string | undefined> {
  if (process.getuid?.() !== 0) return 'you are not root'
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '')
  if (!/^ID(_LIKE)?=.*debian/m.test(release)) return 'this is not Debian'
  return undefined
}

async function isInstalled(program: string): Promise<boolean> {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin']
  const found = await Promise.all(folders.map((folder) => exists(join(folder, program))))
  return found.includes(true)
}

let installing: Promise<unknown> = Promise.resolve()

/**
 * Installs the packages of `programs` (program → package) that are missing; no service of theirs is started. One call
 * at a time: apt allows no second one.
 */
export function installPrograms(programs: Readonly<Record<string, string>>, task: LabTask): Promise<void> {
  const mine = installing.then(() => installMissing(programs, task))
  installing = mine.catch(() => undefined)
  return mine
}

async function installMissing(programs: Readonly<Record<string, string>>, task: LabTask): Promise<void> {
  const missing: string[] = []
  for (const [program, name] of Object.entries(programs)) {
    if (!(await isInstalled(program))) missing.push(name)
  }
  if (missing.length === 0) return
  const reason = await whyNoPackages()
  if (reason !== undefined) {
    throw new LabError(`the lab needs ${missing.join(', ')}, and ${reason}`, 'Install them, then try again.')
  }
  await task.progress.step(`installed ${missing.join(', ')}`, () => withoutServices(() => install(missing, task)))
}

async function install(packages: readonly string[], { signal }: LabTask): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const patience = ['-o', `DPkg::Lock::Timeout=${othersMayTakeMs / 1000}`, '-o', 'Acquire::Retries=2'] as const
  await whileLocked(signal, () =>
    runCommand(['apt-get', 'update', '-q', ...patience], { signal, env, timeoutMs: 3 * minuteMs }),
  )
  const options = { signal, env, timeoutMs: 10 * minuteMs }
  await runCommand(['apt-get', 'install', '-q', '-y', '--no-install-recommends', ...patience, ...packages], options)
}

/** Repeats `work` while somebody else holds apt's lists: unlike dpkg's lock, apt does not wait for that one itself. */
async function whileLocked(signal: AbortSignal, work: () => Promise<unknown>): Promise<void> {
  const end = Date.now() + othersMayTakeMs
  for (;;) {
    try {
      await work()
      return
    } catch (error) {
      if (Date.now() > end || !messageOf(error).includes('Could not get lock')) throw error
    }
    await sleep(1000, undefined, { signal })
  }
}

/** Debian starts a service when its package is installed, unless this file forbids it: the lab wants no second engine. */
async function withoutServices(work: () => Promise<void>): Promise<void> {
  if (await exists(policyFile)) return work()
  await writeFile(policyFile, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    await work()
  } finally {
    await rm(policyFile, { force: true })
  }
}
