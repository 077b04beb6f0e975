import * as v from 'valibot'
import { singleLine } from '../../../core/text/single-line'
import { optionalText, parseAnswer, texts } from './schema'

const container = v.object({ Id: v.string(), Warnings: texts })
const network = v.object({ Id: v.string(), Warning: optionalText })

/** `POST /containers/create`. */
export function parseCreatedContainer(answer: unknown): { readonly id: string; readonly warnings: readonly string[] } {
  const { Id, Warnings } = parseAnswer(container, answer, 'POST /containers/create')
  return { id: Id, warnings: Warnings.map((warning) => singleLine(warning)) }
}

/** `POST /networks/create`. */
export function parseCreatedNetwork(answer: unknown): { readonly id: string; readonly warning?: string } {
  const { Id, Warning } = parseAnswer(network, answer, 'POST /networks/create')
  return Warning === undefined ? { id: Id } : { id: Id, warning: singleLine(Warning) }
}
