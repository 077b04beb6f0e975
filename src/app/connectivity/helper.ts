import { SwarmNetworksError } from '../../core/errors'
import { chooseHelperImage } from '../../core/connectivity/helper-images'
import type { ContainerClient, EngineClient } from '../../core/ports/engine'

/** Whether and from which image containers without tools are asked by a helper. */
export interface HelperOptions {
  /** Absent: a suitable one among those that the host has. */
  readonly image?: string
}

/** A container that is asked through a helper, or a host. */
export interface HelperPlace {
  readonly client: EngineClient
  /** The host's name, for messages. */
  readonly host: string
  /** Whose network it joins; the host's own where absent. */
  readonly containerId?: string
  /** Milliseconds that `work` may take; the helper ends by itself after that, whatever becomes of us. */
  readonly limitMs: number
  readonly options: HelperOptions
}

/**
 * Runs `work` with a short-lived container in the network namespace of another or of the host: it sees the same interfaces, addresses and
 * name server. It is removed in every case; where we cannot, it ends by itself and the engine removes it.
 *
 * @throws `unsupported` where the host has no image for it, and what the engine or `work` throws
 */
export async function withHelper<T>(
  { client, host, containerId, limitMs, options }: HelperPlace,
  work: (helperId: string, image: string) => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  const image = chooseHelperImage(await client.images.list(signal), options.image)
  if (image === undefined) throw noImage(host, options)
  const seconds = Math.ceil(limitMs / 1_000)
  const spec = { image, seconds, ...(containerId !== undefined && { containerId }) }
  const { id } = await client.containers.createHelper(spec, signal)
  try {
    await client.containers.start(id, signal)
    return await work(id, image)
  } finally {
    await removeHelper(client.containers, id)
  }
}

async function removeHelper(containers: ContainerClient, id: string): Promise<void> {
  try {
    // The test may have been cancelled: this has to go on all the same; the client has its own deadline.
    await containers.remove(id, { force: true }, new AbortController().signal)
  } catch {
    // It ends by itself, and the engine removes it then.
  }
}

function noImage(host: string, { image }: HelperOptions): SwarmNetworksError {
  return image === undefined
    ? new SwarmNetworksError('unsupported', `${host} has no image to ask from in its place`, {
        remedy: 'Load busybox or alpine onto it, or name an image that it has as the helper image.',
      })
    : new SwarmNetworksError('unsupported', `${host} does not have the helper image ${image}`, {
        remedy: 'Load it onto the host, or name one that it has.',
      })
}
