import type { EngineClient } from '../../core/ports/engine'
import type { RepairLook } from '../../core/repair/plan'

export type EngineLook = Exclude<RepairLook, { readonly kind: 'command' }>

/**
 * Looks through an engine's API whether a step of a repair did what it should.
 *
 * @returns what was seen instead, for a person; undefined where it is as it should be
 */
export async function lookAtEngine(
  look: EngineLook,
  client: EngineClient,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (look.kind === 'network-exists') {
    const isThere = (await client.networks.list(signal)).some(({ id, name }) => [id, name].includes(look.network))
    if (isThere === look.exists) return undefined
    return `the network ${look.network} is ${isThere ? 'still there' : 'not there'}`
  }
  if (look.kind === 'node-availability') {
    const node = (await client.swarm.nodes(signal)).find(({ id }) => id === look.nodeId)
    if (node === undefined) return 'the manager does not list the node any more'
    return node.availability === look.availability ? undefined : `the availability is ${node.availability}`
  }
  const [container] = await client.containers.list(signal, [look.containerId])
  if (container === undefined) return 'the container is not there any more'
  if (look.kind === 'container-state') {
    const { name, state, status } = container
    return state === look.state ? undefined : `${name} is ${state} (${status})`
  }
  const isOn = container.attachments.some(({ networkId, networkName }) =>
    [networkId, networkName].includes(look.network),
  )
  if (isOn === look.isOn) return undefined
  return `${container.name} is ${isOn ? 'still' : 'not'} on ${look.network}`
}
