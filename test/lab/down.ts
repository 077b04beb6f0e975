import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { engineAt, findEngine, type LocalEngine } from './engine/local-engine'
import { imageRepository } from './engine/recipe'
import { startOwnEngine, stopOwnEngine } from './engine/own-engine'
import { labContainers, removeContainers } from './machines/container'
import { readDescription } from './machines/description'
import { removeNetwork } from './machines/network'
import type { LabTask } from './support/task'

/**
 * Takes the lab down: machines with their volumes, the network, the engine where the lab started it, and the folder
 * with keys. What stays is the cache: the machine images.
 */
export async function takeDown(task: LabTask): Promise<void> {
  const { paths, progress } = task
  const engine = await engineToClear(task)
  if (engine !== undefined) {
    const machines = await labContainers(engine.docker, task)
    await progress.step(`${machines.length} machines removed`, async () => {
      await removeContainers(engine.docker, machines, task)
      await removeNetwork(engine.docker, task)
    })
  }
  if (engine?.own ?? false) await progress.step('engine stopped', () => stopOwnEngine(task))
  await rm(paths.state, { recursive: true, force: true })
}

/** The engine with the lab's machines in it. One of our own that died or was cut off is started to be cleared. */
async function engineToClear(task: LabTask): Promise<LocalEngine | undefined> {
  const { paths } = task
  const isOwn = (await readDescription(paths))?.engine.own ?? existsSync(paths.engineRun)
  const found = await findEngine(paths)
  if (!isOwn || found?.own === true) return found
  return engineAt(await startOwnEngine(task), true)
}

/** Takes the lab down and removes its cache too: the machine images, wherever they are. */
export async function purge(task: LabTask): Promise<void> {
  const engine = await findEngine(task.paths)
  await takeDown(task)
  if (engine?.own === false) {
    const images = await engine.docker.listImages({ filters: { reference: [imageRepository] } })
    for (const { Id } of images) await engine.docker.getImage(Id).remove({ force: true })
  }
  const { cache, engineData, rootfs } = task.paths
  // Only what this lab made: the cache may be in a folder with other things, and a second lab borrows the first's files.
  const mine = dirname(rootfs) === cache ? [engineData, rootfs] : [engineData]
  for (const folder of mine) await rm(folder, { recursive: true, force: true })
}
