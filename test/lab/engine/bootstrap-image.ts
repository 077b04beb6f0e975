import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import type Docker from 'dockerode'
import { LabError } from '../support/lab-error'
import type { LabTask } from '../support/task'
import type { ImageRequest } from './recipe'
import { ensureRootfs } from './rootfs'

const importWithinMs = 5 * 60_000

/**
 * Makes a machine's image where no registry has a base image: imports a root file system bootstrapped from Debian's
 * archive.
 * @throws LabError where this is not Debian or we are not root.
 */
export async function bootstrapImage({ docker, generation, name }: ImageRequest, task: LabTask): Promise<void> {
  const [repo = '', tag = ''] = name.split(':')
  const rootfs = await ensureRootfs(generation, tag, task)
  try {
    const id = await importImage(docker, rootfs, task.signal)
    // Named only now: half a root file system imports as well as a whole one.
    await docker.getImage(id).tag({ repo, tag, abortSignal: task.signal })
  } catch (error) {
    task.signal.throwIfAborted()
    await rm(rootfs)
    throw new LabError('the engine did not take the root file system', 'Try again: it is made anew.', error)
  }
}

async function importImage(docker: Docker, rootfs: string, signal: AbortSignal): Promise<string> {
  const changes = ['CMD ["/usr/local/sbin/lab-init"]', 'VOLUME /var/lib/docker']
  const abortSignal = AbortSignal.any([signal, AbortSignal.timeout(importWithinMs)])
  const answer = await docker.importImage(createReadStream(rootfs), { changes, abortSignal })
  let said = ''
  for await (const chunk of answer) said += chunk.toString()
  const id = /sha256:[0-9a-f]{64}/.exec(said)?.[0]
  if (id === undefined) throw new LabError(`no image in the engine's answer: ${said}`)
  return id
}
