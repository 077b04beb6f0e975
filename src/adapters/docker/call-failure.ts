import { SwarmNetworksError, type ErrorDetails } from '../../core/errors'
import { stripControl } from '../../core/text/sanitize'
import { explainConnectionFailure } from './connection-failure'
import { explainRefusal } from './engine-refusal'
import { engineWords, isHttpError, type HttpError } from './http-error'

/** Longer words are cut: an error is one line in a tree. */
const wordsLimit = 600

export interface FailedCall {
  /** As it follows "Cannot". */
  readonly what: string
  readonly host: string
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
