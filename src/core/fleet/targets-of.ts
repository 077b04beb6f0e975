import type { Host } from '../model/host'
import type { Target } from '../model/target'

/** Every entry of the sources that leads to a host, the one that is used first; none for a node without a way in. */
export function targetsOf({ target, otherTargets = [] }: Host): readonly Target[] {
  return target === undefined ? otherTargets : [target, ...otherTargets]
}
