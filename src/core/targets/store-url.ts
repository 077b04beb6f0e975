/** Where a key-value store is, as an engine's `--cluster-store` names it (docker/libkv: `etcd://a:2379,b:2379/prefix`). */
export interface StoreUrl {
  /** `etcd`, `consul` or `zk`. */
  readonly kind: string
  /** Each `host:port`, or `host` where the port is the store's own. */
  readonly members: readonly { readonly host: string; readonly port: number | undefined }[]
  /** The folder in the store; empty for its root. */
  readonly path: string
}

/** The ports that the stores listen on themselves. */
const usualPorts: Readonly<Record<string, number>> = { etcd: 2379, consul: 8500, zk: 2181 }

/** Reads the URL of a store; undefined where it is none. */
export function parseStoreUrl(url: string): StoreUrl | undefined {
  const [, kind, authority, path = ''] = /^([a-z0-9+.-]+):\/\/([^/\s]+)(\/\S*)?$/i.exec(url.trim()) ?? []
  if (kind === undefined || authority === undefined) return undefined
  const members = authority.split(',').flatMap((member) => {
    const [, host, port] = /^(\[[^\]]+\]|[^:]+)(?::(\d{1,5}))?$/.exec(member) ?? []
    if (host === undefined) return []
    return [
      {
        host: host.replace(/^\[|\]$/g, '').toLowerCase(),
        port: port === undefined ? usualPorts[kind.toLowerCase()] : Number(port),
      },
    ]
  })
  if (members.length === 0) return undefined
  return { kind: kind.toLowerCase(), members, path: path.replace(/\/+$/, '') }
}

/**
 * A text that is equal for two engines which name the same store, in whatever order; undefined where each engine means
 * its own machine by the address, as with an agent of Consul on every host.
 */
export function storeKey(url: string): string | undefined {
  const store = parseStoreUrl(url)
  if (store === undefined || store.members.some(({ host }) => isLoopback(host))) return undefined
  const members = store.members.map(({ host, port }) => `${host}:${port ?? ''}`).sort()
  return `${store.kind}://${members.join(',')}${store.path}`
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.')
}
