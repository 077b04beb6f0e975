import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { LabError } from './lab-error'

/** The kernel's start time of a process, which tells it from a later one with the same id; undefined if none runs. */
async function startTime(pid: number): Promise<string | undefined> {
  try {
    // The second field is the program's name in parentheses and may hold spaces; the start time is field 22.
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    try {
      process.kill(pid, 0)
      return 'running'
    } catch {
      return undefined
    }
  }
}

/**
 * Runs `work` while nobody else changes the lab. A lock whose owner died is taken over.
 * @throws LabError when another process holds the lock.
 */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(file), { recursive: true })
  await take(file)
  try {
    return await work()
  } finally {
    await rm(file, { force: true })
  }
}

async function take(file: string): Promise<void> {
  // Written first and linked then: nobody ever reads a lock that has no owner yet.
  const mine = `${file}.${process.pid}`
  await writeFile(mine, `${process.pid} ${(await startTime(process.pid)) ?? ''}`)
  try {
    while (!(await linked(mine, file))) {
      const [pid = '', started] = (await readFile(file, 'utf8').catch(() => '')).split(' ')
      if (pid !== '' && started === (await startTime(Number(pid)))) {
        throw new LabError(`the lab is being changed by process ${pid}`, `Wait for it, or end it (lock: ${file}).`)
      }
      await rm(file, { force: true })
    }
  } finally {
    await rm(mine, { force: true })
  }
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}
