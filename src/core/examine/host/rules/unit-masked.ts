import type { HostDiagnosisOf } from '../host-diagnosis'
import type { HostFacts } from '../host-facts'
import type { UnitFacts } from '../unit-facts'
import type { FactRule } from './fact-rule'
import { isRunning, serviceOf } from './seen'

/** Somebody masked the engine's unit, or one that it cannot start without: systemd refuses every start of it. */
export const unitMasked: FactRule<'unit-masked'> = {
  cause: 'unit-masked',
  find: ({ facts }) => facts.units.filter((unit) => isMasked(unit) && matters(unit, facts)).map(findingOf),
}

function isMasked({ loadState, unitFileState }: UnitFacts): boolean {
  return loadState === 'masked' || unitFileState === 'masked' || unitFileState === 'masked-runtime'
}

/** The others are masked on purpose where the engine runs without them. */
function matters({ name }: UnitFacts, facts: HostFacts): boolean {
  if (name === 'docker.service') return true
  const text = serviceOf(facts)?.fragment?.text ?? ''
  return !isRunning(facts) && new RegExp(`^(Requires|BindsTo|Wants)=.*\\b${name}\\b`, 'm').test(text)
}

function findingOf({ name, unitFileState, fragment }: UnitFacts): HostDiagnosisOf<'unit-masked'> {
  const isRuntime = unitFileState === 'masked-runtime'
  return {
    cause: 'unit-masked',
    title: `${name} is masked: systemd refuses to start it`,
    severity: 'error',
    evidence: [
      `systemd says of ${name}: ${unitFileState ?? 'masked'}.`,
      ...(fragment?.linkTarget === '/dev/null' ? [`${fragment.path} is a link to /dev/null.`] : []),
    ],
    remedy: `Unmask it with systemctl unmask ${isRuntime ? '--runtime ' : ''}${name} and start it. Whoever masked it may have had a reason.`,
    details: { unit: name, isRuntime },
  }
}
