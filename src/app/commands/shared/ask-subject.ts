import { isPredefined } from '../../../core/forms/predefined-networks'
import { allContainers } from '../../fleet-lookup'
import type { NodeSubject } from '../../tree/tree-node'
import type { PickItem } from '../../ui'
import type { CommandContext } from '../command'
import { hostItem } from './choose-host'
import { notify } from './notify'

type Kind = Extract<NodeSubject['kind'], 'host' | 'network' | 'container' | 'service'>

/**
 * What a command of the palette is about, where it can be about several kinds of things: a container, a network that
 * somebody made, a service, or a host. Undefined when the user leaves, or after saying that there is nothing.
 */
export async function askSubject(
  context: CommandContext,
  title: string,
  kinds: readonly Kind[] = ['container', 'network', 'service', 'host'],
): Promise<NodeSubject | undefined> {
  const items = kinds.flatMap((kind) => itemsOf(context, kind))
  if (items.length > 0) return context.ui.pick(items, { title, placeholder: 'Container, network, service or host' })
  notify(context, 'info', 'There is nothing to choose from: no host can be reached.')
  return undefined
}

function itemsOf({ fleet: { fleet } }: CommandContext, kind: Kind): readonly PickItem<NodeSubject>[] {
  switch (kind) {
    case 'container':
      return allContainers(fleet).map(({ host, container }) => ({
        label: container.name,
        description: `${host.name} · ${container.image}`,
        icon: 'vm',
        value: { kind, hostId: host.id, containerId: container.id },
      }))
    case 'network':
      return fleet.networks
        .filter((network) => !isPredefined(network))
        .map(({ key, name, driver, hosts }) => ({
          label: name,
          description: `${driver} · ${hosts.join(', ')}`,
          icon: 'type-hierarchy',
          value: { kind, networkKey: key },
        }))
    case 'service':
      return fleet.services.map(({ id, name, image }) => ({
        label: name,
        description: `service · ${image}`,
        icon: 'layers',
        value: { kind, serviceId: id },
      }))
    case 'host':
      return fleet.hosts
        .filter(({ state }) => state === 'ready')
        .map((host) => ({ ...hostItem(host), value: { kind, hostId: host.id } }))
  }
}
