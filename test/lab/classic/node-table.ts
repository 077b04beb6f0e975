import type { Cluster } from './cluster'
import type { ManagedEngine } from './managed-engine'

export type Row = readonly [key: string, value: string]

export interface TableOptions {
  /** With backspaces before the cluster's rows, and without blanks before the nodes'. */
  readonly isOldLayout: boolean
  /** The primary's address, for a replica. */
  readonly primary?: string
}

/** The rows of `/info` about the cluster and its nodes. */
export function tableOf(cluster: Cluster, { isOldLayout, primary }: TableOptions): readonly Row[] {
  const { version, filters } = cluster.generation
  const mark = isOldLayout ? '\b' : ''
  const role: readonly Row[] =
    primary === undefined
      ? [['Role', 'primary']]
      : [
          ['Role', 'replica'],
          ['Primary', primary],
        ]
  const rows: readonly Row[] = [
    ...role,
    ['Strategy', 'spread'],
    ['Filters', filters],
    ['Nodes', String(cluster.engines.length)],
  ]
  const [before, branch] = isOldLayout ? ['', ' └ '] : [' ', '  └ ']
  const ofNode = (engine: ManagedEngine): readonly Row[] => [
    [`${before}${engine.name}`, engine.api.address],
    ...rowsOf(engine, version).map(([key, value]): Row => [branch + key, value]),
  ]
  const sorted = cluster.engines.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  return [...rows.map(([key, value]): Row => [mark + key, value]), ...sorted.flatMap(ofNode)]
}

function rowsOf(engine: ManagedEngine, version: string): readonly Row[] {
  const labels = Object.entries(engine.labels(version !== '1.2.9')).map(([key, value]) => `${key}=${value}`)
  const { cpus, memory } = engine.reserved
  const reserved: readonly Row[] = [
    ['Reserved CPUs', `${cpus} / ${engine.info?.NCPU ?? 0}`],
    ['Reserved Memory', `${bytes(memory)} / ${bytes(Math.floor((engine.info?.MemTotal ?? 0) * overcommit))}`],
    ['Labels', labels.join(', ')],
  ]
  const rows = { '1.0.0': rows10, '1.1.0': rows11, '1.2.9': rows12 }[version] ?? rows12
  return rows(engine, reserved)
}

/** A manager takes more memory for granted than there is, by a twentieth (its option `overcommit`). */
const overcommit = 1.05

const rows10 = (engine: ManagedEngine, reserved: readonly Row[]): readonly Row[] => [
  ['Containers', String(engine.containers.length)],
  ...reserved,
]

const rows11 = (engine: ManagedEngine, reserved: readonly Row[]): readonly Row[] => [
  ['Status', engine.status],
  ['Containers', String(engine.containers.length)],
  ...reserved,
  ['Error', engine.error === '' ? '(none)' : engine.error],
  ['UpdatedAt', time(engine.updatedAt)],
]

const rows12 = (engine: ManagedEngine, reserved: readonly Row[]): readonly Row[] => [
  ['ID', engine.info === undefined ? '' : `${engine.info.ID}|${engine.api.address}`],
  ['Status', engine.status],
  ['Containers', engine.isHealthy ? counted(engine) : String(engine.containers.length)],
  ...reserved,
  ...(engine.error === '' ? [] : [['Error', engine.error] as const]),
  ['UpdatedAt', time(engine.updatedAt)],
  ['ServerVersion', engine.info?.ServerVersion ?? ''],
]

function counted({ containers }: ManagedEngine): string {
  const [running, paused] = ['running', 'paused'].map(
    (state) => containers.filter(({ State }) => State === state).length,
  )
  const stopped = containers.length - running! - paused!
  return `${containers.length} (${running} Running, ${paused} Paused, ${stopped} Stopped)`
}

const time = (date: Date): string => date.toISOString().replace(/\.\d+Z$/, 'Z')

/** As docker/go-units writes sizes. */
export function bytes(size: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  let [left, unit] = [size, 0]
  while (left >= 1024 && unit < units.length - 1) [left, unit] = [left / 1024, unit + 1]
  return `${Number(left.toPrecision(4))} ${units[unit]}`
}
