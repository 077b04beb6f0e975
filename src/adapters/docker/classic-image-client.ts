import { DockerImageClient } from './image-client'

/** `/images` of a classic Swarm manager, which lists what its engines have together. */
export class ClassicImageClient extends DockerImageClient {
  /**
   * Pulls nothing: asked to, a manager pulls on every engine. The one that it chooses for a container pulls by itself
   * where it has to (docker/swarm, cluster/engine.go, `CreateContainer`).
   */
  override pull(reference: string, onProgress: (line: string) => void): Promise<void> {
    onProgress(`${reference} is left to the node that the container goes to`)
    return Promise.resolve()
  }
}
