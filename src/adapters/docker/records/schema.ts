import * as v from 'valibot'
import { SwarmNetworksError } from '../../../core/errors'

/** A text; empty where the engine leaves it out, gives null or something else: old engines lack what newer ones say. */
export const text = v.fallback(v.string(), '')
/** A text that is undefined where it is missing or empty: Go's zero value is the engines' way to say "none". */
export const optionalText = v.fallback(
  v.optional(
    v.pipe(
      v.string(),
      v.transform((value) => (value === '' ? undefined : value)),
    ),
  ),
  undefined,
)
export const flag = v.fallback(v.boolean(), false)
export const count = v.fallback(v.number(), 0)
/** Labels and options. */
export const textMap = v.fallback(v.record(v.string(), text), {})
/** `null` is Go's empty list. */
export const texts = v.fallback(v.array(v.string()), [])

/**
 * A list that may be missing or null, whose entries must be what `entry` says.
 * Use it where a wrong entry would be a wrong answer; `texts` and the like where the field is a bonus.
 */
export function listOf<const S extends v.GenericSchema>(entry: S) {
  return v.pipe(
    v.nullish(v.array(entry)),
    v.transform((list) => list ?? []),
  )
}

/** A list of entries of which none is needed: empty where anything about it is odd. */
export function lenientListOf<const S extends v.GenericSchema>(entry: S) {
  return v.fallback(v.array(entry), [])
}

/**
 * Takes an engine's answer apart at the border.
 * @param what names the answer, for instance `GET /info`.
 * @throws `protocol` that names the first odd field.
 */
export function parseAnswer<const S extends v.GenericSchema>(
  schema: S,
  answer: unknown,
  what: string,
): v.InferOutput<S> {
  const result = v.safeParse(schema, plainAnswer(answer))
  if (result.success) return result.output
  const [issue] = result.issues
  const path = v.getDotPath(issue)
  const where = path === null ? '' : ` at ${path}`
  throw new SwarmNetworksError(
    'protocol',
    `the answer to ${what} is not what the API promises${where}: ${issue.message}`,
    {
      remedy: 'Check that a Docker engine answers there, and not a proxy or another program.',
    },
  )
}

/** docker-modem hands over a body as a Buffer where it is `null` (old engines' empty list), empty, or no JSON. */
function plainAnswer(answer: unknown): unknown {
  if (!Buffer.isBuffer(answer)) return answer
  const body = answer.toString('utf8').trim()
  return body === 'null' || body === '' ? null : body
}

/** A value in which fields that are undefined are left out, as `exactOptionalPropertyTypes` wants it. */
export type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>
}

/** Leaves out the fields that are undefined. */
export function defined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as Defined<T>
}
