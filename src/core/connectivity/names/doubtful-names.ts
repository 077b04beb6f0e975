import type { Check } from '../types'
import type { NameResult } from './types'
import { nameKey } from './types'

/** The names whose result may be another one in two seconds: entries still spread, or a task has just come or gone. */
export function doubtfulNames(names: readonly NameResult[]): readonly string[] {
  return names
    .filter(({ result, checks }) => result === 'fail' && !checks.some(({ hostsFile }) => hostsFile !== undefined))
    .map(nameKey)
}

/** Whether a name may only be on its way to the asking host, by gossip. */
export function mayBeOnItsWay({ checks }: Pick<NameResult, 'checks'>): boolean {
  return checks.some(isGossip)
}

/** What stands in `/etc/hosts` comes from nowhere, and waits for nobody. */
export function isGossip({ kind, observation, hostsFile }: Check): boolean {
  return (
    kind === 'name' &&
    hostsFile === undefined &&
    ['unknown-name', 'wrong-address', 'missing-addresses'].includes(observation)
  )
}
