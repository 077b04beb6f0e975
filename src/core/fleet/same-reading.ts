import type { ServiceReading } from '../model/service'

/** The old reading where the new one says the same, so that what is derived from it is kept and nothing is redrawn. */
export function keepSameReading(old: ServiceReading | undefined, fresh: ServiceReading): ServiceReading {
  const isSame =
    old !== undefined &&
    sameItems(old.tasks, fresh.tasks) &&
    sameItems(old.failures, fresh.failures) &&
    JSON.stringify(old.services) === JSON.stringify(fresh.services)
  return isSame ? old : fresh
}

/** Managers list their tasks in no particular order. */
function sameItems<T extends { readonly id: string }>(old: readonly T[], fresh: readonly T[]): boolean {
  if (old.length !== fresh.length) return false
  const byId = new Map(fresh.map((item) => [item.id, item]))
  return old.every((item) => isSame(item, byId.get(item.id)))
}

function isSame<T extends object>(a: T, b: T | undefined): boolean {
  if (b === undefined) return false
  const keys = Object.keys(a) as (keyof T)[]
  return keys.length === Object.keys(b).length && keys.every((key) => isEqual(a[key], b[key]))
}

/** What a reading holds besides texts and numbers is short lists, in the manager's own order. */
function isEqual(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b))
}
