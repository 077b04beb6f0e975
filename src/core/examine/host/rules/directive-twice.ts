import { enumerate } from '../../../text/count'
import { singleLine } from '../../../text/single-line'
import type { DirectiveConflict } from '../diagnosis-details'
import type { HostFacts } from '../host-facts'
import { directiveOf } from '../parse/flag-names'
import type { FactRule } from './fact-rule'
import { isRunning, linesLike, said } from './seen'

/** `hosts: (from flag: [fd://], from file: [unix:///var/run/docker.sock])`, once for each directive (moby, daemon/config). */
const refusal = /specified both as a flag and in the configuration file: (.*)/
const pair = /([\w-]+): \(from flag: (.*?), from file: (.*?)\)(?:,|$|")/g

/** A directive stands both on the command line and in daemon.json: the engine refuses that, even where both agree. */
export const directiveTwice: FactRule<'directive-twice'> = {
  cause: 'directive-twice',
  find: ({ facts }) => {
    const [log] = isRunning(facts) ? [] : linesLike(facts, refusal)
    const compared = compare(facts)
    const conflicts = compared.length > 0 ? compared : log ? fromLog(log.text) : []
    if (conflicts.length === 0) return []
    const names = enumerate(conflicts.map(({ directive }) => directive))
    const isPlural = conflicts.length > 1
    const { path } = facts.daemonJson
    return [
      {
        cause: 'directive-twice',
        title: `${names} ${isPlural ? 'stand' : 'stands'} both on the command line and in ${path}: the engine ${isRunning(facts) ? 'will not start again' : 'does not start'}`,
        severity: 'error',
        evidence: [
          ...conflicts.flatMap(({ directive, flag, flagValues, flagFile, fileValue }) => [
            `${flagFile ?? 'The command line'} has ${flagValues.map((value) => `--${flag}=${value}`).join(' ')}.`,
            `${path} has "${directive}": ${singleLine(fileValue, 200)}.`,
          ]),
          ...(log ? [said(log)] : []),
        ],
        remedy: `Take ${names} out of ${path}, or the ${isPlural ? 'flags' : 'flag'} off the command line; then restart the engine.`,
        details: { daemonJson: path, conflicts },
      },
    ]
  },
}

function compare({ commandLine, daemonJson }: HostFacts): readonly DirectiveConflict[] {
  const names = new Set(commandLine.flags.map(({ name }) => name))
  return [...names].flatMap((flag) => {
    const directive = directiveOf(flag)
    const value = daemonJson.directives?.[directive]
    if (value === undefined) return []
    const given = commandLine.flags.filter(({ name }) => name === flag)
    const [first] = given
    return [
      {
        directive,
        flag,
        flagValues: given.map((one) => one.value),
        ...(first && { flagFile: first.file }),
        fileValue: JSON.stringify(value),
      },
    ]
  })
}

function fromLog(text: string): readonly DirectiveConflict[] {
  const list = refusal.exec(text)?.[1] ?? ''
  return [...list.matchAll(pair)].map(([, directive = '', flagged = '', filed = '']) => ({
    directive,
    flag: directive,
    flagValues: [flagged],
    fileValue: filed,
  }))
}
