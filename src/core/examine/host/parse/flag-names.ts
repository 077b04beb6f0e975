/** Short names of dockerd’s flags (moby, cmd/dockerd/config.go and options.go, and those of older engines). */
export const shortFlags: Readonly<Record<string, string>> = {
  b: 'bridge',
  D: 'debug',
  d: 'daemon',
  e: 'exec-driver',
  G: 'group',
  g: 'data-root',
  H: 'host',
  h: 'help',
  l: 'log-level',
  p: 'pidfile',
  s: 'storage-driver',
  v: 'version',
}

/** Flags that take no word after them; a value may follow an equals sign. */
export const switches: ReadonlySet<string> = new Set([
  ...[
    'daemon',
    'debug',
    'help',
    'version',
    'tls',
    'tlsverify',
    'icc',
    'ip-forward',
    'ip-masq',
    'iptables',
    'ip6tables',
  ],
  ...['ipv6', 'userland-proxy', 'selinux-enabled', 'experimental', 'init', 'raw-logs', 'no-new-privileges', 'validate'],
  ...['live-restore', 'disable-legacy-registry', 'cri-containerd', 'rootless', 'allow-direct-routing'],
])

/**
 * What daemon.json calls a flag, where it is not the flag’s own name: lists have the plural there (`NewNamedListOptsRef`
 * and its kin in moby’s opts).
 */
const directives: Readonly<Record<string, string>> = {
  'add-runtime': 'runtimes',
  'authorization-plugin': 'authorization-plugins',
  'cluster-store-opt': 'cluster-store-opts',
  'default-address-pool': 'default-address-pools',
  'default-ulimit': 'default-ulimits',
  'dns-opt': 'dns-opts',
  'exec-opt': 'exec-opts',
  graph: 'data-root',
  host: 'hosts',
  'insecure-registry': 'insecure-registries',
  label: 'labels',
  'log-opt': 'log-opts',
  'node-generic-resource': 'node-generic-resources',
  'registry-mirror': 'registry-mirrors',
  'storage-opt': 'storage-opts',
}

/** What daemon.json calls a flag. */
export function directiveOf(flag: string): string {
  return directives[flag] ?? flag
}
