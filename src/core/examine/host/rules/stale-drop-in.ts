import { baseName } from '../parse/parse-units'
import type { HostDiagnosisOf } from '../host-diagnosis'
import type { UnitFacts, UnitFile } from '../unit-facts'
import { dropInProblem, isDockerMachines, type DropInProblem } from './drop-in-problem'
import type { FactRule } from './fact-rule'
import { isRunning, serviceOf } from './seen'

/**
 * A drop-in from before an upgrade fights the unit that the package or docker-machine wrote: it starts a program that is
 * gone, in a way that is gone, or beside another drop-in that says how to start the engine.
 */
export const staleDropIn: FactRule<'stale-drop-in'> = {
  cause: 'stale-drop-in',
  find: ({ facts }) => {
    const service = serviceOf(facts)
    // systemd lets an engine run on whose unit it refuses; it will not start again.
    if (service === undefined || (isRunning(facts) && service.loadState === 'loaded')) return []
    return service.dropIns.flatMap((dropIn) => {
      const problem = dropInProblem(dropIn, service, facts)
      return problem === undefined ? [] : [findingOf(dropIn, service, problem)]
    })
  },
}

const reasons: Readonly<Record<DropInProblem['reason'], string>> = {
  'missing-program': 'starts a program that is not there',
  'legacy-command': 'starts the engine in a way that it does not know any more',
  'second-exec-start': 'starts the engine a second time',
  'unknown-flag': 'gives the engine a flag that it does not know',
}

function findingOf(
  dropIn: UnitFile,
  unit: UnitFacts,
  { reason, evidence }: DropInProblem,
): HostDiagnosisOf<'stale-drop-in'> {
  const name = baseName(dropIn.path)
  const machines = isDockerMachines(dropIn)
  const keep = machines
    ? `docker-machine wrote it: it carries TLS and the port that clients use. Correct it, or provision the machine again.`
    : `Move ${dropIn.path} aside, then systemctl daemon-reload and systemctl restart ${unit.name}. What else stands in it has to go elsewhere.`
  return {
    cause: 'stale-drop-in',
    title: `The drop-in ${name} of ${unit.name} ${reasons[reason]}`,
    severity: 'error',
    evidence: [...evidence, ...(unit.loadError === undefined ? [] : [`systemd says: “${unit.loadError}”.`])],
    remedy: keep,
    details: {
      unit: unit.name,
      file: dropIn.path,
      reason,
      execStarts: unit.execStarts.filter(({ file }) => file === dropIn.path),
      isDockerMachines: machines,
    },
  }
}
