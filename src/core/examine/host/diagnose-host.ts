import type { Target } from '../../model/target'
import type { HostDiagnosis } from './host-diagnosis'
import type { HostFacts } from './host-facts'
import { hostFactRules } from './rules/rule-list'

/**
 * What is wrong at a host, the most specific first. A rule for when nothing else explains why the engine does not run
 * sees what the others found.
 *
 * @param target what our side has for it: docker-machine's record says whether it is part of a classic Swarm
 */
export function diagnoseHost(facts: HostFacts, target?: Target): readonly HostDiagnosis[] {
  return hostFactRules.reduce<readonly HostDiagnosis[]>(
    (found, rule) => [...found, ...rule.find({ facts, found, ...(target && { target }) })],
    [],
  )
}
