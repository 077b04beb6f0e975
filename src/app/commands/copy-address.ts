import { SwarmNetworksError } from '../../core/errors'
import type { Container } from '../../core/model/container'
import type { NodeSubject } from '../tree/tree-node'
import type { Command, CommandContext } from './command'
import { chooseContainer, nameOf, requireHost } from './shared/choose-container'

/** The address of a host, or of a container on the network under which it was clicked. */
export const copyAddress: Command = {
  id: 'swarmNetworks.copyAddress',
  async run(context, subject) {
    const address =
      subject?.kind === 'host' ? addressOfHost(context, subject.hostId) : await addressOfContainer(context, subject)
    if (address !== undefined) await context.ui.copy(address)
  },
}

function addressOfHost(context: CommandContext, hostId: string): string {
  const host = requireHost(context, hostId)
  if (host.address !== '') return host.address
  throw new SwarmNetworksError('not-found', `No address of ${host.name} is known`)
}

async function addressOfContainer(
  context: CommandContext,
  subject: NodeSubject | undefined,
): Promise<string | undefined> {
  const chosen = await chooseContainer(context, subject, {
    title: 'Copy Address',
    none: 'There is no container with an address on any host that can be reached.',
    refuse: ({ host, container }) =>
      addressesOf(container).length === 0 ? `The container ${nameOf({ host, container })} has no address` : undefined,
  })
  if (chosen === undefined) return undefined
  const all = addressesOf(chosen.container)
  const key = subject?.kind === 'container' ? subject.networkKey : undefined
  // Below a network, its address on that network is meant. A local network's key ends in its ID.
  const meant =
    key === undefined ? all : all.filter(({ networkId }) => key === networkId || key.endsWith(`/${networkId}`))
  const [first, ...others] = meant.length === 0 ? all : meant
  if (first === undefined || others.length === 0) return first?.address
  const items = [first, ...others].map(({ address, networkName }) => ({
    label: address,
    description: networkName,
    value: address,
  }))
  return context.ui.pick(items, { title: `Copy Address of ${nameOf(chosen)}`, placeholder: 'Address' })
}

interface NetworkAddress {
  readonly address: string
  readonly networkId: string
  readonly networkName: string
}

function addressesOf({ attachments }: Container): readonly NetworkAddress[] {
  return attachments.flatMap(({ address, addressV6, networkId, networkName }) =>
    [address, addressV6].flatMap((value) =>
      value === undefined || value === '' ? [] : [{ address: value, networkId, networkName }],
    ),
  )
}
