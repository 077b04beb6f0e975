import { stripControl } from '../text/sanitize'
import { checksOfTarget } from './checks/checks-of-target'
import { isMissingTool, said } from './checks/said'
import { evaluatePair } from './evaluate'
import { evaluateName, nameNotTested } from './names/evaluate-names'
import type { NameResult, PlannedName } from './names/types'
import { parseProbe } from './parse-probe'
import type { ProbeScript } from './probe-script'
import type { PairResult, Peer } from './types'

/** What an exec gave. */
export interface ProbeExit {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
  /** Why it was not heard to the end, where it was not. */
  readonly interruption?: string
}

export interface ProbedSource {
  readonly from: Peer
  /** By the index in the script. */
  readonly targets: ReadonlyMap<number, Peer>
  /** Further names, by the index in the script. */
  readonly names?: ReadonlyMap<number, PlannedName>
  readonly script: ProbeScript
}

/** The results of the pairs that one script asked about. */
export function evaluateExec({ from, targets, script }: ProbedSource, exit: ProbeExit): readonly PairResult[] {
  const output = parseProbe(exit.stdout)
  const pairs = script.targets.flatMap((target) => {
    const to = targets.get(target.index)
    return to ? [{ target, to }] : []
  })
  const incomplete = exit.interruption === undefined ? {} : { interruption: exit.interruption }
  if (output.lines.length === 0) {
    const reason = exit.interruption ?? whyNothingCame(from, exit, output.isComplete)
    return pairs.map(({ to }) => notTested(from, to, reason))
  }
  return pairs.map(({ target, to }) => evaluatePair(from, to, checksOfTarget(target, to, { ...output, ...incomplete })))
}

/** The results of the further names that one script asked about. */
export function evaluateNames({ from, names, script }: ProbedSource, exit: ProbeExit): readonly NameResult[] {
  const asked = script.targets.flatMap((target) => {
    const planned = names?.get(target.index)
    return planned ? [{ target, planned }] : []
  })
  const output = parseProbe(exit.stdout)
  if (output.lines.length === 0) {
    const reason = exit.interruption ?? whyNothingCame(from, exit, output.isComplete)
    return asked.map(({ planned }) => nameNotTested(planned, reason))
  }
  const interruption = exit.interruption === undefined ? {} : { interruption: exit.interruption }
  return asked.map(({ target, planned }) => evaluateName(planned, target, { ...output, ...interruption }))
}

/** Whether the image has no shell, or none of the tools that a probe uses: then it says nothing about the network. */
export function lacksTools({ exitCode, stdout }: ProbeExit): boolean {
  const { lines } = parseProbe(stdout)
  if (lines.length === 0) return isMissingTool(exitCode)
  return lines.filter(({ kind }) => kind !== 'ipvs').every(({ status }) => isMissingTool(status))
}

/** A pair that could not be asked about. */
export function notTested(from: Peer, to: Peer, reason: string): PairResult {
  return { from, to, result: 'not-tested', reason, checks: [] }
}

/**
 * Engines report a command that is not in the image with status 126 or 127 and the runtime's words on either stream; a
 * shell that cannot be started looks the same.
 */
function whyNothingCame(from: Peer, { exitCode, stdout, stderr }: ProbeExit, isComplete: boolean): string {
  if (isMissingTool(exitCode)) return `The image of ${from.container} has no shell (sh) to probe from`
  if (exitCode === 137) return `The probe in ${from.container} was killed`
  const words = stripControl(stderr) || stripControl(stdout)
  return isComplete || words === ''
    ? `The probe in ${from.container} ended with status ${exitCode} and said nothing`
    : `The probe in ${from.container} ended with status ${exitCode}: ${said(words)}`
}
