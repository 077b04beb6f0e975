import type Docker from 'dockerode'
import type { Generation } from '../machines/spec'
import type { LabTask } from '../support/task'
import { bootstrapImage } from './bootstrap-image'
import { buildImage, hasBaseImage } from './build-image'
import type { LocalEngine } from './local-engine'
import { imageName, imageRepository, type ImageRequest } from './recipe'

/** The name of the image of a machine of this generation, made if the engine does not have it yet. */
export async function ensureMachineImage(engine: LocalEngine, generation: Generation, task: LabTask): Promise<string> {
  const name = await imageName(generation)
  const { docker } = engine
  const found = await docker.listImages({ filters: { reference: [name] }, abortSignal: task.signal })
  if (found.length === 0) await makeImage(engine, { docker, generation, name }, task)
  await removeSuperseded(docker, generation, name)
  return name
}

async function makeImage(engine: LocalEngine, request: ImageRequest, task: LabTask): Promise<void> {
  const registry = await hasBaseImage(engine, request.generation, task)
  const make = registry ? buildImage : bootstrapImage
  const how = registry ? 'built from its Dockerfile' : "bootstrapped from Debian's archive"
  await task.progress.step(`machine image ${request.generation} ${how}`, () => make(request, task))
}

/** Removes images of older recipes that no container uses. */
async function removeSuperseded(docker: Docker, generation: Generation, current: string): Promise<void> {
  const images = await docker.listImages({ filters: { reference: [`${imageRepository}:${generation}-*`] } })
  for (const tag of images.flatMap(({ RepoTags }) => RepoTags ?? []).filter((name) => name !== current)) {
    const users = await docker.listContainers({ all: true, filters: { ancestor: [tag] } })
    if (users.length === 0) await docker.getImage(tag).remove()
  }
}
