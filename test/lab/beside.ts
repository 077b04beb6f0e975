import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { readDescription } from './machines/description'
import { LabError } from './support/lab-error'
import { labPaths, labsBeside } from './support/paths'

/**
 * Runs the lab's tool for the lab `name`: a lab has one name from its start on, so one beside this lab takes a process of
 * its own. It goes into the local engine that this lab is in, and is made from the same images.
 *
 * @param args for the lab's tool: `up`, `down` or `status`, and options
 * @throws LabError where that fails
 */
export async function runLabBeside(name: string, args: readonly string[]): Promise<void> {
  const engine = (await readDescription(labPaths()))?.engine
  const tool = join(import.meta.dirname, 'tool.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', tool, ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      SWARM_LAB_NAME: name,
      ...(engine !== undefined && { SWARM_LAB_ENGINE: `unix://${engine.socket}` }),
    },
  })
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  })
  if (code !== 0) throw new LabError(`lab ${args.join(' ')} failed for the lab ${name}`)
}

/** Whether the lab `name` was brought up and not taken down since. */
export const isLabThere = async (name: string): Promise<boolean> =>
  (await readDescription(labPaths(name))) !== undefined

/** Takes every lab beside this one down that is there: they are in this one's engine. */
export async function takeLabsBesideDown(): Promise<void> {
  for (const name of labsBeside) if (await isLabThere(name)) await runLabBeside(name, ['down'])
}
