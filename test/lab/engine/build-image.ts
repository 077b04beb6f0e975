import type Docker from 'dockerode'
import { readdir } from 'node:fs/promises'
import type { Generation } from '../machines/spec'
import { LabError, messageOf } from '../support/lab-error'
import type { LabTask } from '../support/task'
import type { LocalEngine } from './local-engine'
import { imageFolder, packagesOf, type ImageRequest } from './recipe'

const pullWithinMs = 5 * 60_000
const buildWithinMs = 15 * 60_000

/** Whether the engine has Debian's base image or can get it from a registry. The lab's own engine is never asked to. */
export async function hasBaseImage(engine: LocalEngine, generation: Generation, task: LabTask): Promise<boolean> {
  const base = `debian:${generation}-slim`
  if ((await engine.docker.listImages({ filters: { reference: [base] } })).length > 0) return true
  if (engine.own) return false
  try {
    const signal = AbortSignal.any([task.signal, AbortSignal.timeout(pullWithinMs)])
    const answer = await engine.docker.createImage({
      fromImage: 'debian',
      tag: `${generation}-slim`,
      abortSignal: signal,
    })
    await finished(engine.docker, answer)
    return true
  } catch (error) {
    task.signal.throwIfAborted()
    task.progress.note(`${base} cannot be pulled: ${messageOf(error)}`)
    return false
  }
}

/** Builds the machine's image from the Dockerfile. */
export async function buildImage({ docker, generation, name }: ImageRequest, task: LabTask): Promise<void> {
  const stream = await docker.buildImage(
    { context: imageFolder, src: await readdir(imageFolder) },
    {
      t: name,
      buildargs: { GENERATION: generation, PACKAGES: packagesOf(generation).join(',') },
      // The archive is reached as this machine reaches it, whatever the engine's bridges look like.
      networkmode: 'host',
      rm: true,
      forcerm: true,
      abortSignal: AbortSignal.any([task.signal, AbortSignal.timeout(buildWithinMs)]),
    },
  )
  await finished(docker, stream)
}

interface BuildLine {
  readonly error?: string
  readonly stream?: string
}

/** Waits for the end of a stream of progress lines; a line with an error is the call's failure. */
async function finished(docker: Docker, stream: NodeJS.ReadableStream): Promise<void> {
  const lines = await new Promise<readonly BuildLine[]>((resolve, reject) => {
    docker.modem.followProgress(stream, (error: Error | null, output: BuildLine[]) => {
      if (error) reject(error)
      else resolve(output)
    })
  })
  const failure = lines.find(({ error }) => error !== undefined)?.error
  if (failure === undefined) return
  const said = lines.map(({ stream: text }) => text ?? '').join('')
  throw new LabError(`${failure}\n${said.slice(-2000)}`)
}
