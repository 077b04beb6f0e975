import { SwarmNetworksError, type ErrorDetails } from '../../core/errors'
import { stripControl } from '../../core/text/sanitize'
import { explainConnectionFailure } from './connection-failure'
import { explainRefusal } from './engine-refusal'

/** Longer words are cut: an error is one line in a tree. */
const wordsLimit = 600

export interface FailedCall {
  /** As it follows "Cannot". */
  readonly what: string
  readonly host: string
}

/** What dockerode throws for a status that was not expected. */
interface HttpError extends Error {
  readonly statusCode: number
  /** The parsed body, a Buffer where it was no JSON, null for streams. */
  readonly json?: unknown
}

/**
 * Makes an error of one call ours: an engine's refusal with its own words, a failed connection explained, and errors
 * that are ours already with the host added where they lack it.
 */
export function callFailure(error: unknown, call: FailedCall): SwarmNetworksError {
  if (error instanceof SwarmNetworksError) return located(error, call)
  if (isHttpError(error)) return refusal(error, call)
  const explanation = explainConnectionFailure(error)
  const words = stripControl(error instanceof Error ? error.message : String(error))
  if (explanation)
    return fail(explanation.code, `${explanation.reason} (${words})`, {
      ...call,
      cause: error,
      ...(explanation.remedy !== undefined && { remedy: explanation.remedy }),
    })
  return fail('protocol', words, { ...call, cause: error })
}

function located(error: SwarmNetworksError, call: FailedCall): SwarmNetworksError {
  if (error.host !== undefined || error.code === 'cancelled') return error
  return error.changed({ message: told(call.what, error.message), host: call.host })
}

function refusal(error: HttpError, call: FailedCall): SwarmNetworksError {
  const words = engineWords(error)
  const { code, remedy } = explainRefusal(error.statusCode, words)
  return fail(code, words === '' ? `the engine answered with status ${error.statusCode}` : words, {
    ...call,
    status: error.statusCode,
    cause: error,
    ...(remedy !== undefined && { remedy }),
  })
}

function fail(
  code: SwarmNetworksError['code'],
  reason: string,
  { what, ...details }: ErrorDetails & { readonly what: string },
): SwarmNetworksError {
  return new SwarmNetworksError(code, told(what, reason), details)
}

function told(what: string, reason: string): string {
  const text = reason.length > wordsLimit ? `${reason.slice(0, wordsLimit)}…` : reason
  return `Cannot ${stripControl(what)}: ${text}`
}

function isHttpError(error: unknown): error is HttpError {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
}

/** The engine's own text: `message` of a JSON body, a text/plain body as it is (classic Swarm, Go's own errors). */
function engineWords({ json, message }: HttpError): string {
  if (Buffer.isBuffer(json)) return stripControl(json.toString('utf8'))
  if (typeof json === 'object' && json !== null && 'message' in json && typeof json.message === 'string')
    return stripControl(json.message)
  // Of a stream's refusal dockerode keeps the body in its message only: "(HTTP code 404) no such exec - BODY ".
  const body = /^\(HTTP code \d+\) .*? - (.*)$/s.exec(message)?.[1]
  return stripControl(body ?? message)
}
