import type { MachineRecord } from '../../model/target'

/** Masters first: the others join what they have made. Else by name. */
export function inRebuildOrder<T extends { readonly machine: MachineRecord }>(machines: readonly T[]): readonly T[] {
  const isMaster = ({ machine }: T) => machine.swarm?.isManager === true
  return machines.toSorted(
    (a, b) => Number(isMaster(b)) - Number(isMaster(a)) || a.machine.name.localeCompare(b.machine.name, 'en'),
  )
}

/** Whether two machines are of one classic Swarm: they find each other at the same place. */
export function isSameSwarm(a: MachineRecord, b: MachineRecord): boolean {
  return a.store === b.store && a.swarm !== undefined && a.swarm.discovery === b.swarm?.discovery
}

/** A rebuild that did not come to its end. */
export interface UnfinishedRebuild {
  /** The store's folder. */
  readonly store: string
  /** Machines by name, in their order. */
  readonly machines: readonly string[]
  readonly done: readonly string[]
}

/** Where a rebuild stopped that is about these machines: what is left of it; undefined where nothing is. */
export function leftOf(
  unfinished: readonly UnfinishedRebuild[],
  machines: readonly MachineRecord[],
): UnfinishedRebuild | undefined {
  return unfinished.find(
    ({ store, machines: names, done }) =>
      done.length > 0 &&
      done.length < names.length &&
      names.every((name) => machines.some((machine) => machine.store === store && machine.name === name)),
  )
}
