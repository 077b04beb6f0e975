import type { ContainerSpec, HelperSpec, PublishedPort } from '../../core/ports/engine'
import { defined } from './records/schema'

/** The body of `POST /containers/create`: one network, nothing attached, stdin open for good where it is open. */
export function containerBody(spec: ContainerSpec): object {
  return defined({
    Image: spec.image,
    Cmd: spec.command.length === 0 ? undefined : spec.command,
    Env: spec.environment,
    Labels: spec.labels,
    Tty: spec.hasTty,
    OpenStdin: spec.isInteractive,
    // Once would end the process as soon as the first terminal is closed.
    StdinOnce: false,
    ExposedPorts: Object.fromEntries(spec.publishedPorts.map((port) => [portKey(port), {}])),
    HostConfig: {
      NetworkMode: spec.networkId,
      PortBindings: portBindings(spec.publishedPorts),
      PublishAllPorts: false,
      RestartPolicy: { Name: spec.restart },
    },
    NetworkingConfig: { EndpointsConfig: { [spec.networkId]: { Aliases: spec.aliases } } },
  })
}

/** By this label a helper can be told from the user's own containers; its value is the container that it helps, or `host`. */
export const helperLabel = 'swarm-networks.helper'

/**
 * The body for a helper. Its own entry point is replaced: whatever the image is for, it only waits. `AutoRemove` is known
 * since API 1.25; older engines ignore it.
 */
export function helperBody({ image, containerId, seconds }: HelperSpec): object {
  return {
    Image: image,
    Entrypoint: ['sleep', String(seconds)],
    Labels: { [helperLabel]: containerId ?? 'host' },
    HostConfig: { NetworkMode: containerId === undefined ? 'host' : `container:${containerId}`, AutoRemove: true },
  }
}

/** A container port may be published at several places. An empty host port lets the engine choose. */
function portBindings(ports: readonly PublishedPort[]): Readonly<Record<string, readonly object[]>> {
  const bindings: Record<string, object[]> = {}
  for (const port of ports) {
    const binding = { HostIp: port.hostAddress ?? '', HostPort: String(port.hostPort ?? '') }
    ;(bindings[portKey(port)] ??= []).push(binding)
  }
  return bindings
}

function portKey({ containerPort, protocol }: PublishedPort): string {
  return `${containerPort}/${protocol}`
}
