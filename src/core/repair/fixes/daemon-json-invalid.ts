import { parse, type ParseError } from 'jsonc-parser'
import type { HostDiagnosisOf } from '../../examine/host/host-diagnosis'
import type { DaemonJsonFacts } from '../../examine/host/host-facts'
import { enumerate } from '../../text/count'
import { singleLine } from '../../text/single-line'
import { engineRepair } from '../engine-repair'
import type { RepairPlan } from '../plan'
import type { RepairSituation } from '../situation'
import { fixOf } from './fix'

type Finding = HostDiagnosisOf<'daemon-json-invalid'>
type Directives = Readonly<Record<string, unknown>>

const id = 'daemon-json-invalid'

/**
 * What only a lenient reader takes, commas and comments too many, is written again as JSON. A directive that the engine does
 * not know is taken out. What nobody can read goes into the record, with its settings, which the plan names.
 */
export const daemonJsonInvalid = fixOf(id, (finding, situation) => {
  const { daemonJson } = situation.facts
  if (finding.details.option !== undefined) return withoutOption(finding, situation)
  if (daemonJson.text === undefined) return []
  return [...asJson(daemonJson, situation), aside(daemonJson, daemonJson.text, situation)]
})

function withoutOption({ details: { option, file } }: Finding, situation: RepairSituation): readonly RepairPlan[] {
  const { directives, isWhole } = situation.facts.daemonJson
  if (option === undefined || !isWhole || directives?.[option] === undefined) return []
  const left = Object.fromEntries(Object.entries(directives).filter(([name]) => name !== option))
  const title = `Take ${shown({ [option]: directives[option] })} out of ${file}`
  return [rewriting(situation, { title, path: file, directives: left, consequences: [] })]
}

function asJson({ path, text, isWhole }: DaemonJsonFacts, situation: RepairSituation): readonly RepairPlan[] {
  if (text === undefined || !isWhole) return []
  const errors: ParseError[] = []
  const directives = objectOf(parse(text, errors, { allowTrailingComma: true, disallowComments: false }))
  if (errors.length > 0 || directives === undefined) return []
  return [
    rewriting(situation, {
      title: `Write ${path} as valid JSON, with the same settings`,
      path,
      directives,
      consequences: [
        Object.keys(directives).length === 0 ? 'It holds no settings.' : `Its settings: ${shown(directives)}.`,
        ...(/\/[/*]/.test(text) ? ['Comments in it are lost; the record keeps the file as it was.'] : []),
      ],
    }),
  ]
}

/** The reader goes on after a mistake: what it makes out may be less than what stands there, and is said to be so. */
function aside({ path }: DaemonJsonFacts, text: string, situation: RepairSituation): RepairPlan {
  const directives = objectOf(parse(text, [], { allowTrailingComma: true })) ?? {}
  const names = Object.keys(directives)
  const root = directives['data-root'] ?? directives['graph']
  return engineRepair(situation, {
    id,
    title: `Move ${path} aside, so that the engine starts without its settings`,
    consequences: [
      names.length === 0
        ? 'No setting in it can be made out; whatever it sets does not count any more.'
        : `These settings, as far as they can be made out, do not count any more: ${shown(directives)}.`,
      ...(typeof root === 'string'
        ? [`The engine’s containers and images are in ${singleLine(root)}: without the setting it does not see them.`]
        : []),
      ...(names.includes('hosts') ? ['The engine does not listen where "hosts" had it listen.'] : []),
    ],
    risk: 'high',
    change: (builder) => [builder.moveAside('move-daemon-json', path)],
  })
}

function rewriting(
  situation: RepairSituation,
  { title, path, directives, consequences }: { readonly directives: Directives } & Rewriting,
): RepairPlan {
  const text = `${JSON.stringify(directives, undefined, 2)}\n`
  return engineRepair(situation, {
    id,
    title,
    consequences,
    change: (builder) => [builder.rewrite({ id: 'daemon-json', title, path, text })],
  })
}

interface Rewriting {
  readonly title: string
  readonly path: string
  readonly consequences: readonly string[]
}

function objectOf(value: unknown): Directives | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Directives) : undefined
}

function shown(directives: Directives): string {
  return enumerate(
    Object.entries(directives).map(([name, value]) => singleLine(`"${name}": ${JSON.stringify(value)}`, 120)),
    12,
  )
}
