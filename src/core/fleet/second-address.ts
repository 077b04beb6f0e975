import { gatewayBridge } from '../connectivity/names/gateway-addresses'
import type { Container } from '../model/container'
import type { EngineNetwork } from '../model/network'

/**
 * What the second address is that a container on an overlay network has inside, as a phrase; undefined where it has none.
 *
 * @param networks those that its engine lists
 */
export function explainSecondAddress(
  { attachments, state }: Pick<Container, 'attachments' | 'state'>,
  networks: readonly EngineNetwork[],
): string | undefined {
  const bridge = networks.find(({ name }) => name === gatewayBridge)
  const wayOut = attachments.some(({ networkId }) =>
    networks.some(({ id, driver, isInternal }) => id === networkId && driver === 'overlay' && !isInternal),
  )
  if (bridge === undefined || !wayOut || state !== 'running') return undefined
  const where = bridge.subnets.map(({ subnet }) => subnet).join(', ')
  return `inside it has one more, on ${gatewayBridge}${where === '' ? '' : ` (${where})`}: its way out of the host; no container on another host reaches it there`
}
