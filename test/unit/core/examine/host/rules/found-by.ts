import { diagnoseHost } from '../../../../../../src/core/examine/host/diagnose-host'
import type {
  DiagnosisCause,
  HostDiagnosis,
  HostDiagnosisOf,
} from '../../../../../../src/core/examine/host/host-diagnosis'
import type { HostFacts } from '../../../../../../src/core/examine/host/host-facts'
import type { UnitFacts, UnitFile } from '../../../../../../src/core/examine/host/unit-facts'
import type { Target } from '../../../../../../src/core/model/target'
import { aDockerUnit, aHostFacts, aUnitFile } from '../../../../examine-builders'
import { omit } from '../../../../omit'

/** What all rules together find on a host that differs from one that is well. */
export function foundIn(over: Partial<HostFacts>, target?: Target): readonly HostDiagnosis[] {
  // Whoever gives a host’s units has said whether its engine can answer.
  return diagnoseHost(
    over.units === undefined || 'api' in over ? aHostFacts(over) : omit(aHostFacts(over), 'api'),
    target,
  )
}

/** The only finding, which has to be of this cause. */
export function only<C extends DiagnosisCause>(
  cause: C,
  over: Partial<HostFacts>,
  target?: Target,
): HostDiagnosisOf<C> {
  const found = foundIn(over, target)
  const [first] = found
  if (found.length !== 1 || first?.cause !== cause)
    throw new Error(`Found ${found.map((one) => one.cause).join(', ') || 'nothing'} instead of ${cause}`)
  return first as unknown as HostDiagnosisOf<C>
}

export const causesIn = (over: Partial<HostFacts>): readonly string[] => foundIn(over).map(({ cause }) => cause)

/** A unit that systemd could not start. */
export function aFailedUnit(over: Partial<UnitFacts> = {}): UnitFacts {
  return {
    ...omit(aDockerUnit(), 'mainPid'),
    activeState: 'failed',
    subState: 'failed',
    result: 'exit-code',
    exitStatus: 1,
    ...over,
  }
}

/** A host whose engine failed, with this in its log. */
export function failed(
  over: Partial<HostFacts> & { readonly unit?: Partial<UnitFacts>; readonly log?: readonly string[] } = {},
) {
  const { unit, log = [], ...facts } = over
  return {
    ...omit(aHostFacts(), 'api'),
    units: [aFailedUnit(unit)],
    processes: [],
    pidFiles: [],
    startLog: log.map((text) => ({ source: 'dockerd', text })),
    ...facts,
  }
}

/** The packaged unit with drop-ins, each as its name and its text. */
export function withDropIns(...dropIns: readonly (readonly [name: string, text: string])[]): Partial<UnitFacts> {
  const { fragment } = aDockerUnit()
  const files = dropIns.map(([name, text]): UnitFile => aUnitFile(`/etc/systemd/system/docker.service.d/${name}`, text))
  const execStarts = [...(fragment?.execStarts ?? []), ...files.flatMap((file) => file.execStarts)].reduce<
    UnitFacts['execStarts']
  >((all, next) => (next.command === '' ? [] : [...all, next]), [])
  return { dropIns: files, execStarts }
}
