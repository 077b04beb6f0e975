import * as v from 'valibot'
import { SwarmNetworksError } from '../../core/errors'
import { stripControl } from '../../core/text/sanitize'
import { explainRefusal } from './engine-refusal'
import { optionalText } from './records/schema'

const schema = v.object({ status: optionalText, id: optionalText, error: optionalText })

/** Turns the values of a pull's stream into lines for a person, one each time that a layer gets on. */
export class PullProgress {
  readonly #last = new Map<string, string>()

  /**
   * The next line, or undefined where the value says nothing new (moving progress bars).
   * @throws what the engine says in the middle of the stream, whose status was 200 already.
   */
  next(value: unknown): string | undefined {
    const result = v.safeParse(schema, value)
    if (!result.success) return undefined
    const { status, id, error } = result.output
    if (error !== undefined) {
      const { code, remedy } = explainRefusal(500, error)
      throw new SwarmNetworksError(code, stripControl(error), remedy === undefined ? {} : { remedy })
    }
    if (status === undefined || this.#last.get(id ?? '') === status) return undefined
    this.#last.set(id ?? '', status)
    return stripControl(id === undefined ? status : `${id}: ${status}`)
  }
}
