import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { readDescription } from './machines/description'
import { openLab, type Lab } from './lab'
import { LabError } from './support/lab-error'
import { labPaths, storeLabName } from './support/paths'

/**
 * A lab has one name from its start on. The one whose engines share a store is another one beside it, in the same local
 * engine where that runs, with the same images: a process of its own handles it.
 *
 * @param args for the lab's tool: `up`, `down` or `status`, and options
 * @throws LabError where that fails
 */
async function runStoreLab(args: readonly string[]): Promise<void> {
  const engine = (await readDescription(labPaths()))?.engine
  const tool = join(import.meta.dirname, 'tool.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', tool, ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      SWARM_LAB_NAME: storeLabName,
      ...(engine !== undefined && { SWARM_LAB_ENGINE: `unix://${engine.socket}` }),
    },
  })
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  })
  if (code !== 0) throw new LabError(`lab ${args.join(' ')} failed for the lab with a store`)
}

/** What makes it: three machines of the generation that takes a store, etcd in the first one. */
const up = ['up', '--store', 'etcd'] as const

const isThere = async (): Promise<boolean> => (await readDescription(labPaths(storeLabName))) !== undefined

/** Runs `up`, `down` or `status` for it. */
export function storeLab(action: string): Promise<void> {
  return runStoreLab(action === 'up' ? up : [action])
}

/**
 * The lab whose engines share a key-value store instead of a swarm, for tests; brought up if need be. It goes with the
 * lab beside it.
 */
export async function openStoreLab(): Promise<Lab> {
  if (!(await isThere())) await runStoreLab(up)
  return openLab(labPaths(storeLabName))
}

/** Takes the lab with a store down, if there is one. */
export async function takeStoreLabDown(): Promise<void> {
  if (await isThere()) await runStoreLab(['down'])
}
