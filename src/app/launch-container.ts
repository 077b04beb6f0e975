import { SwarmNetworksError, describeError } from '../core/errors'
import { findImageById, isPresent } from '../core/forms/image-reference'
import type { ContainerSpec, EngineClient } from '../core/ports/engine'

export interface LaunchRequest {
  /** The engine of the chosen host. */
  readonly client: EngineClient
  /** The host's name, for errors. */
  readonly host: string
  /** `image` with tag or digest, or an image's ID. */
  readonly spec: ContainerSpec
  readonly onProgress: (line: string) => void
}

/**
 * Pulls the image if the host lacks it, creates the container and starts it. A container that was created and does not
 * start is removed again: nothing is left behind that would hold its name.
 */
export async function launchContainer(
  { client, host, spec, onProgress }: LaunchRequest,
  signal: AbortSignal,
): Promise<{ readonly id: string; readonly warnings: readonly string[] }> {
  const images = await client.images.list(signal)
  if (!isPresent(spec.image, images) && findImageById(spec.image, images) === undefined) {
    onProgress(`Pulling ${spec.image} on ${host}…`)
    await client.images.pull(spec.image, onProgress, signal).catch((error: unknown) => {
      throw withoutImage(error, host, spec.image)
    })
  }
  onProgress(`Creating ${spec.name} on ${host}…`)
  const created = await client.containers.create(spec, signal)
  onProgress(`Starting ${spec.name} on ${host}…`)
  try {
    await client.containers.start(created.id, signal)
  } catch (error) {
    throw await withoutLeftover({ client, host, spec, onProgress }, created.id, error)
  }
  return created
}

/** An engine says why it could not pull, but not what one can do where it has no way to the registry. */
function withoutImage(error: unknown, host: string, image: string): unknown {
  if (!SwarmNetworksError.is(error) || error.code === 'cancelled') return error
  return new SwarmNetworksError(error.code, error.message, {
    host,
    remedy: `Check the name ${image}, and whether ${host} can reach its registry; without one, load the image there (docker load).`,
    cause: error,
  })
}

/** Removes what did not start, and gives the error that says so. */
async function withoutLeftover({ client, host, spec }: LaunchRequest, id: string, error: unknown): Promise<unknown> {
  const why = describeError(error)
  const code = error instanceof SwarmNetworksError ? error.code : 'engine-error'
  try {
    // The user may have cancelled: cleaning up has to go on all the same; the client has its own deadline.
    await client.containers.remove(id, { force: true }, new AbortController().signal)
    return new SwarmNetworksError(code, `${spec.name} did not start: ${why}`, {
      host,
      remedy: 'The container that was made for it was removed again.',
      cause: error,
    })
  } catch (cleanup) {
    return new SwarmNetworksError(code, `${spec.name} did not start: ${why}`, {
      host,
      remedy: `Remove the container ${id.slice(0, 12)} by hand; removing it failed: ${describeError(cleanup)}`,
      cause: error,
    })
  }
}
