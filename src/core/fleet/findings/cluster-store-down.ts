import type { Host, TargetSnapshot } from '../../model/host'
import type { HostFinding } from '../../model/host-finding'
import { parseStoreUrl, storeKey, type StoreUrl } from '../../targets/store-url'
import { enumerate } from '../../text/count'
import { singleLine } from '../../text/single-line'
import type { HostRule } from './host-rule'

/**
 * The key-value store of an engine does not answer it. No event and no list says so (Docker 20.10): the list of networks
 * is just shorter, and what runs goes on. So it shows by running containers whose network the engine does not list, or
 * by the words with which a network could not be made.
 */
export const clusterStoreDown: HostRule = {
  cause: 'cluster-store-down',
  find: (host, { hosts, snapshots }) => {
    const snapshot = snapshots.find(({ target }) => target.id === host.target?.id)
    return findingOf(host, snapshot?.storeFailure, hosts)
  },
}

function findingOf(
  host: Host,
  failure: TargetSnapshot['storeFailure'],
  hosts: readonly Host[],
): HostFinding | undefined {
  const url = host.engine?.info.clusterStore
  const unlisted = host.engine?.networks.filter(({ isUnlisted }) => isUnlisted) ?? []
  if (url === undefined || (unlisted.length === 0 && failure === undefined)) return undefined
  const name = singleLine(url, 100)
  const reaching = othersThatReachIt(host, url, hosts)
  return {
    cause: 'cluster-store-down',
    title: `Its key-value store ${name} does not answer`,
    severity: 'error',
    evidence: [
      ...(failure === undefined ? [] : [`The engine says: “${singleLine(failure.message, 300)}”.`]),
      ...(unlisted.length === 0
        ? []
        : [
            `It lists no network of the store, though containers run there on ${enumerate(unlisted.map((n) => n.name))}.`,
          ]),
      ...(reaching.length === 0 ? [] : [`${enumerate(reaching)} reached the same store.`]),
      ...storeContainers(parseStoreUrl(url), hosts),
    ],
    remedy: `${
      reaching.length === 0
        ? `Start the store again at ${name}`
        : `Open the way from ${host.name} to the store at ${name}`
    }. Until then no overlay network can be made or removed and no container started on one; those that run still reach each other.`,
  }
}

/** Names of other engines that list networks of the same store. */
function othersThatReachIt(host: Host, url: string, hosts: readonly Host[]): readonly string[] {
  const key = storeKey(url)
  if (key === undefined) return []
  return hosts
    .filter(({ id, engine }) => {
      if (id === host.id || engine?.info.clusterStore === undefined) return false
      const isListing = engine.networks.some(({ scope, isUnlisted }) => scope === 'global' && isUnlisted !== true)
      return isListing && storeKey(engine.info.clusterStore) === key
    })
    .map(({ name }) => name)
}

/** The store may itself be a container on one of the hosts: what publishes its port there, and whether that runs. */
function storeContainers(store: StoreUrl | undefined, hosts: readonly Host[]): readonly string[] {
  return (store?.members ?? []).flatMap(({ host: address, port }) => {
    const home = hosts.find((host) => host.address === address || host.name.toLowerCase() === address)
    const containers = home?.engine?.containers ?? []
    const isStore = (image: string) => /(^|[/:_-])(etcd|consul|zookeeper)([:@/_-]|$)/i.test(image)
    const suspects = containers.filter(
      ({ image, ports }) =>
        isStore(image) || ports.some(({ publicPort }) => publicPort !== undefined && publicPort === port),
    )
    return suspects.map(
      ({ name, status }) => `The container ${name} at ${home?.name ?? address} may be it: ${singleLine(status, 60)}.`,
    )
  })
}
