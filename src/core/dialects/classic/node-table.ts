import type { ClassicCluster, ClassicNode } from '../../model/classic'
import { parseLabelList } from './label-list'

/** One row of `SystemStatus` (from 1.1 on) or `DriverStatus` (1.0, and 1.1 up to API 1.21) in a manager's `GET /info`. */
export type TableRow = readonly [key: string, value: string]

/**
 * Reads a classic Swarm manager's table, whose rows are meant for `docker info`: first the cluster's own, then, after
 * `Nodes`, for each node a row with its name and address, and rows about it that start with `└`. The old layout puts
 * backspaces before the cluster's keys, the new one blanks before the nodes'.
 */
export function parseNodeTable(rows: readonly TableRow[]): Omit<ClassicCluster, 'version'> {
  const clean = rows.map(([key, value]): TableRow => [key.replaceAll('\b', '').trim(), value.trim()])
  const start = clean.findIndex(([key]) => key === 'Nodes') + 1
  const about = new Map(clean.slice(0, start))
  const primary = about.get('Primary')
  return {
    role: about.get('Role') === 'replica' ? 'replica' : 'primary',
    ...(primary !== undefined && primary !== '' && { primary }),
    strategy: about.get('Strategy') ?? '',
    filters: (about.get('Filters') ?? '').split(/,\s*/).filter((filter) => filter !== ''),
    nodes: start === 0 ? [] : nodesOf(clean.slice(start)),
  }
}

/** What a row about a node starts with. */
const branch = /^└\s*/

function nodesOf(rows: readonly TableRow[]): readonly ClassicNode[] {
  const drafts: { name: string; address: string; details: Map<string, string> }[] = []
  for (const [key, value] of rows) {
    if (branch.test(key)) drafts.at(-1)?.details.set(key.replace(branch, ''), value)
    else if (key !== '') drafts.push({ name: key, address: value, details: new Map() })
  }
  return drafts.map(({ name, address, details }) => toNode(name, address, details))
}

function toNode(name: string, address: string, details: ReadonlyMap<string, string>): ClassicNode {
  const said = (key: string) => {
    const value = details.get(key)
    return value === '' || value === '(none)' ? undefined : value
  }
  // The manager appends the address, so that cloned machines do not collide in its own books.
  const engineId = said('ID')?.replace(/\|.*$/, '')
  const reason = said('Error')
  const engineVersion = said('ServerVersion')
  const updatedAt = Date.parse(said('UpdatedAt') ?? '')
  return {
    name,
    address,
    ...(engineId !== undefined && { engineId }),
    status: statusOf(said('Status')),
    ...(reason !== undefined && { reason }),
    labels: parseLabelList(said('Labels') ?? ''),
    ...(engineVersion !== undefined && { engineVersion }),
    containers: Number.parseInt(said('Containers') ?? '0', 10) || 0,
    reservedCpus: said('Reserved CPUs') ?? '',
    reservedMemory: said('Reserved Memory') ?? '',
    ...(!Number.isNaN(updatedAt) && { updatedAt }),
  }
}

/** As swarm/cluster/engine.go names the states; 1.0 lists only nodes that it can use, and says nothing. */
function statusOf(said: string | undefined): ClassicNode['status'] {
  const status = said?.toLowerCase()
  if (status === undefined || status === 'healthy') return 'healthy'
  return status === 'pending' ? 'pending' : 'unhealthy'
}
