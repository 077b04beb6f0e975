import type { HostDiagnosisOf } from '../host-diagnosis'
import type { HostFacts } from '../host-facts'
import { isEngine } from '../parse/parse-processes'
import { programOf } from '../parse/parse-command-line'
import { engineLine, reinstallLines } from './by-hand'
import type { FactRule } from './fact-rule'
import { linesLike, quoted, said, serviceOf } from './seen'

/** The engine's program is not where its unit looks for it, or not there at all. */
export const missingBinary: FactRule<'missing-binary'> = {
  cause: 'missing-binary',
  find: ({ facts, found }) => {
    if (found.some(({ cause }) => cause === 'stale-drop-in' || cause === 'legacy-unit')) return []
    return notWhereNamed(facts) ?? notInstalled(facts) ?? []
  },
}

type Findings = readonly HostDiagnosisOf<'missing-binary'>[]

function notWhereNamed(facts: HostFacts): Findings | undefined {
  const { program } = facts
  const bad = serviceOf(facts)?.execStarts.find(({ command }) => program.missing.includes(programOf(command)))
  if (bad === undefined) return undefined
  const path = programOf(bad.command)
  const elsewhere = program.found.filter((found) => found !== path)
  const [log] = linesLike(facts, /status=203\/EXEC|No such file or directory/)
  return [
    {
      cause: 'missing-binary',
      title: `The engine’s program ${path} is not there`,
      severity: 'error',
      evidence: [
        quoted(bad),
        elsewhere.length === 0 ? 'No dockerd was found anywhere else.' : `There is ${elsewhere.join(', ')}.`,
        ...(log ? [said(log)] : []),
      ],
      remedy:
        elsewhere.length === 0
          ? 'Install Docker’s package again: an upgrade may have been interrupted.'
          : `Let ${bad.file} start ${elsewhere[0] ?? ''}, or install the package again that the unit belongs to.`,
      byHand: [...reinstallLines(facts, path), engineLine(facts, 'restart')],
      details: { program: path, found: elsewhere, execStart: bad },
    },
  ]
}

function notInstalled(facts: HostFacts): Findings | undefined {
  const { program, processes, initScript } = facts
  if (serviceOf(facts) !== undefined || initScript !== undefined || program.found.length > 0) return undefined
  if (processes.some(isEngine)) return undefined
  return [
    {
      cause: 'missing-binary',
      title: 'Docker is not installed',
      severity: 'error',
      evidence: ['No dockerd was found, and nothing that starts one.'],
      remedy: 'Install Docker. One that was installed without the system’s packages may be in another place.',
      details: { program: 'dockerd', found: [] },
    },
  ]
}
