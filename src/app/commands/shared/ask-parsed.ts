import { SwarmNetworksError } from '../../../core/errors'
import { problemOf, type Parsed } from '../../../core/forms/parsed'
import type { InputOptions, Ui } from '../../ui'

/** A line of text and how it is read: what `parse` refuses is told while it is typed. */
export interface ParsedQuestion<T> extends Omit<InputOptions, 'validate'> {
  readonly parse: (text: string) => Parsed<T>
}

/**
 * Asks for text that stands for a value, and gives the value; undefined when the user leaves. The answer is read again
 * when it is given: the fleet may have changed since the last key.
 *
 * @throws `invalid-input` when what was fine while it was typed is not any more
 */
export async function askParsed<T>(ui: Ui, question: ParsedQuestion<T>): Promise<{ readonly value: T } | undefined> {
  const { parse, ...options } = question
  const text = await ui.input({ ...options, validate: (typed) => problemOf(parse(typed)) })
  if (text === undefined) return undefined
  const parsed = parse(text)
  if (parsed.isValid) return { value: parsed.value }
  throw new SwarmNetworksError('invalid-input', parsed.problem)
}
