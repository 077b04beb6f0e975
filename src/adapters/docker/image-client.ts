import { addAbortSignal } from 'node:stream'
import type { Image, ImageClient } from '../../core/ports/engine'
import { deadlines } from './call'
import type { EngineContext } from './engine-context'
import { readJsonValues } from './json-stream'
import { PullProgress } from './pull-progress'
import { parseImages } from './records/image'

/** `/images`. */
export class DockerImageClient implements ImageClient {
  readonly #context: EngineContext

  constructor(context: EngineContext) {
    this.#context = context
  }

  list(signal: AbortSignal): Promise<readonly Image[]> {
    const { calls, http } = this.#context
    return calls.run({ what: 'list the images', signal }, async (scope) =>
      parseImages(await http.send({ method: 'GET', path: '/images/json' }, scope)),
    )
  }

  /** The deadline is one of silence: as long as the engine reports progress, it may take as long as it takes. */
  pull(reference: string, onProgress: (line: string) => void, signal: AbortSignal): Promise<void> {
    const { calls, http } = this.#context
    const call = { what: `pull the image ${reference}`, signal, deadlineMs: deadlines.pullSilence }
    return calls.run(call, async (scope, extend) => {
      const query = pullQuery(reference)
      const stream = addAbortSignal(scope, await http.stream({ method: 'POST', path: '/images/create', query }, scope))
      const progress = new PullProgress()
      for await (const value of readJsonValues(stream)) {
        extend()
        const line = progress.next(value)
        if (line !== undefined) onProgress(line)
      }
    })
  }
}

/**
 * Splits a reference as the API wants it: `tag` is a tag or a digest (Docker API, "Create an image"). Without one the
 * engine would pull every tag there is.
 */
export function pullQuery(reference: string): { readonly fromImage: string; readonly tag: string } {
  const at = reference.indexOf('@')
  if (at >= 0) return { fromImage: reference.slice(0, at), tag: reference.slice(at + 1) }
  const colon = reference.lastIndexOf(':')
  // A colon before a slash belongs to the registry's port.
  if (colon <= reference.lastIndexOf('/')) return { fromImage: reference, tag: 'latest' }
  return { fromImage: reference.slice(0, colon), tag: reference.slice(colon + 1) }
}
