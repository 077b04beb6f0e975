import type { HostDiagnosisOf } from '../host-diagnosis'
import type { UnitFacts } from '../unit-facts'
import type { FactRule } from './fact-rule'
import { linesLike, quoted, said, serviceOf } from './seen'

/**
 * More than one command line is in force, which systemd refuses for such a service (systemd.service(5)): a drop-in that
 * sets its own has to take back the unit's with an empty `ExecStart=` first.
 */
export const duplicateExecStart: FactRule<'duplicate-exec-start'> = {
  cause: 'duplicate-exec-start',
  find: ({ facts, found }) => {
    const service = serviceOf(facts)
    // One of two drop-ins is stale: taking it away leaves one command line.
    const isExplained = found.some(({ cause }) => cause === 'stale-drop-in')
    if (service === undefined || service.execStarts.length < 2 || isExplained) return []
    const [line] = linesLike(facts, /more than one ExecStart=/)
    return [findingOf(service, line === undefined ? [] : [said(line)])]
  },
}

function findingOf(service: UnitFacts, log: readonly string[]): HostDiagnosisOf<'duplicate-exec-start'> {
  const { execStarts, fragment, dropIns } = service
  const [first] = execStarts
  const dropIn = dropIns.find(({ path }) => path !== first?.file && execStarts.some(({ file }) => file === path))
  const surplus = dropIn ? execStarts.filter(({ file }) => file !== dropIn.path) : execStarts.slice(0, -1)
  return {
    cause: 'duplicate-exec-start',
    title: `${service.name} has ${execStarts.length} command lines, and systemd takes one`,
    severity: 'error',
    evidence: [...execStarts.map(quoted), ...log],
    remedy: dropIn
      ? `Put an empty ExecStart= before the one in ${dropIn.path}, or move that file aside; then systemctl daemon-reload and systemctl restart ${service.name}.`
      : `Leave one ExecStart= in ${first?.file ?? fragment?.path ?? 'the unit'}; then systemctl daemon-reload and systemctl restart ${service.name}.`,
    details: { unit: service.name, inForce: execStarts, surplus, ...(dropIn && { dropIn: dropIn.path }) },
  }
}
