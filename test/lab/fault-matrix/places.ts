/** Who runs where: two containers a host, so that neighbours can be compared with the other hosts. */
export const places = [
  { host: 'tolkewitz', name: 'web', image: 'nginx' },
  { host: 'tolkewitz', name: 'shell0', image: 'alpine sleep 1h' },
  { host: 'lindenau', name: 'api', image: 'nginx' },
  { host: 'lindenau', name: 'shell2', image: 'alpine sleep 1h' },
  { host: 'miltitz', name: 'cache', image: 'nginx' },
  { host: 'miltitz', name: 'shell1', image: 'alpine sleep 1h' },
] as const
