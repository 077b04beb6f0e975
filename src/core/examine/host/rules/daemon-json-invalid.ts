import { shellQuote } from '../../../text/shell-quote'
import { singleLine } from '../../../text/single-line'
import type { HostDiagnosisOf } from '../host-diagnosis'
import type { HostFacts } from '../host-facts'
import { engineLine } from './by-hand'
import type { FactRule } from './fact-rule'
import { isRunning, linesLike, said } from './seen'

const unknownOption = /directives don't match any configuration option: ([\w-]+)/
const otherRefusal = /unable to configure the Docker daemon with file/

/** The engine's configuration file is no JSON, or has a directive that the engine does not know: it refuses to start. */
export const daemonJsonInvalid: FactRule<'daemon-json-invalid'> = {
  cause: 'daemon-json-invalid',
  find: ({ facts }) => notJson(facts) ?? notKnown(facts) ?? [],
}

type Findings = readonly HostDiagnosisOf<'daemon-json-invalid'>[]

function notJson(facts: HostFacts): Findings | undefined {
  const { path, state, problem, line, text } = facts.daemonJson
  if (state !== 'invalid') return undefined
  const shown = line === undefined ? undefined : text?.split('\n')[line - 1]
  const [log] = linesLike(facts, otherRefusal)
  return [
    {
      cause: 'daemon-json-invalid',
      title: `${path} is not valid JSON${line === undefined ? '' : `, line ${line}`}: ${end(facts)}`,
      severity: 'error',
      evidence: [
        `${path}${line === undefined ? '' : `, line ${line}`}: ${problem ?? 'it cannot be read'}.`,
        ...(shown === undefined || shown.trim() === '' ? [] : [`The line is “${singleLine(shown, 200)}”.`]),
        ...(log ? [said(log)] : []),
      ],
      remedy: `Correct ${path}, then restart the engine.`,
      byHand: correctLines(facts, line),
      details: { file: path, ...(line !== undefined && { line }) },
    },
  ]
}

function notKnown(facts: HostFacts): Findings | undefined {
  const { path } = facts.daemonJson
  const [log] = linesLike(facts, unknownOption)
  const option = log && unknownOption.exec(log.text)?.[1]
  if (log === undefined || option === undefined || isRunning(facts)) return undefined
  return [
    {
      cause: 'daemon-json-invalid',
      title: `${path} has a directive that this engine does not know: ${option}`,
      severity: 'error',
      evidence: [said(log)],
      remedy: `Take ${option} out of ${path}, then restart the engine.`,
      byHand: correctLines(facts),
      details: { file: path, option },
    },
  ]
}

function end(facts: HostFacts): string {
  return isRunning(facts) ? 'the engine will not start again' : 'the engine does not start'
}

/** A copy first: whoever edits it as root has nothing to go back to otherwise. */
function correctLines(facts: HostFacts, line?: number): readonly string[] {
  const { path } = facts.daemonJson
  return [
    ...(line === undefined ? [] : [shellQuote(['sed', '-n', `${line}p`, path])]),
    shellQuote(['cp', '-p', path, `${path}.before`]),
    shellQuote(['vi', path]),
    engineLine(facts, 'restart'),
  ]
}
