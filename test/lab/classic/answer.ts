import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'

/** What a request is answered with. */
export interface Answer {
  readonly status: number
  /** Absent where there is no body. */
  readonly type?: string
  readonly body?: string | Buffer
}

const plainType = 'text/plain; charset=utf-8'

/** As Go's json.Encoder writes it. */
export const json = (value: unknown, status = 200): Answer => ({
  status,
  type: 'application/json',
  body: `${JSON.stringify(value)}\n`,
})

/** As Go's http.Error writes it. */
export const text = (message: string, status: number): Answer => ({ status, type: plainType, body: `${message}\n` })

export const empty = (status: number): Answer => ({ status })

export const notFoundPage = text('404 page not found', 404)

/** What ends the handling of a request with an answer that says why. */
export class Refusal extends Error {
  readonly answer: Answer

  constructor(answer: Answer) {
    super(String(answer.body))
    this.answer = answer
  }
}

/** Up to this size Go's server sends a length, above it chunks. */
const oneBuffer = 2048

/** Writes an answer as Go's server does. */
export function write(socket: Socket, { status, type, body = '' }: Answer, isHead = false): void {
  const bytes = Buffer.from(body)
  const lines = [
    ...head(status, type),
    ...(type === plainType && status >= 400 ? ['X-Content-Type-Options: nosniff'] : []),
  ]
  const hasBody = status !== 204 && status !== 304
  if (hasBody && bytes.length > oneBuffer) {
    socket.write(`${[...lines, 'Transfer-Encoding: chunked'].join('\r\n')}\r\n\r\n`)
    if (!isHead) socket.write(Buffer.concat([chunk(bytes), lastChunk]))
    return
  }
  if (hasBody) lines.push(`Content-Length: ${bytes.length}`)
  socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  if (hasBody && !isHead) socket.write(bytes)
}

/** The first lines of an answer whose body comes bit by bit, as chunks. */
export function startStream(socket: Socket, status: number, type: string | undefined): void {
  socket.write(`${[...head(status, type), 'Transfer-Encoding: chunked'].join('\r\n')}\r\n\r\n`)
}

export const chunk = (bytes: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')])

export const lastChunk = Buffer.from('0\r\n\r\n')

function head(status: number, type: string | undefined): string[] {
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    ...(type === undefined ? [] : [`Content-Type: ${type}`]),
    `Date: ${new Date().toUTCString()}`,
  ]
}
