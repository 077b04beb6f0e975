import { stripControl } from '../../core/text/sanitize'

/** What dockerode throws for a status that was not expected. */
export interface HttpError extends Error {
  readonly statusCode: number
  /** The parsed body, a Buffer where it was no JSON, null for streams. */
  readonly json?: unknown
}

export function isHttpError(error: unknown): error is HttpError {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
}

/** The engine's own text: `message` of a JSON body, a text/plain body as it is (classic Swarm, Go's own errors). */
export function engineWords({ json, message }: HttpError): string {
  if (Buffer.isBuffer(json)) return stripControl(json.toString('utf8'))
  if (typeof json === 'object' && json !== null && 'message' in json && typeof json.message === 'string')
    return stripControl(json.message)
  // Of a stream's refusal dockerode keeps the body in its message only: "(HTTP code 404) no such exec - BODY ".
  const body = /^\(HTTP code \d+\) .*? - (.*)$/s.exec(message)?.[1]
  return stripControl(body ?? message)
}
