import { describe, expect, it } from 'vitest'
import { httpCheck } from '../../../../../src/core/connectivity/checks/http-check'

const check = (status: number, text: string) => httpCheck({ kind: 'http', index: 0, port: 80, status, ms: 20, text })

describe('httpCheck', () => {
  it.each([
    ['200 OK', 'HTTP/1.1 200 OK\r Date: Mon, 23 Nov 2026 13:47:30 GMT\r Connection: close\r \r hello'],
    ['404 Not Found', 'HTTP/1.0 404 Not Found Server: BaseHTTP/0.6 Python/3.11.7 hello there'],
    ['200', 'HTTP/2 200 server: nginx'],
    [
      '404 Not Found',
      'Connecting to 127.0.0.1:80 (127.0.0.1:80) HTTP/1.0 404 Not Found wget: server returned error: HTTP/1.0 404',
    ],
  ])('reads the status %s', (status, text) => {
    expect(check(0, text)).toMatchObject({
      result: 'pass',
      observation: 'ok',
      ms: 20,
      port: 80,
      detail: `HTTP on port 80: ${status}`,
      httpStatus: Number(status.slice(0, 3)),
    })
  })

  it.each([
    ['no-answer', 137, ''],
    ['no-answer', 0, '\u0000'],
    ['no-answer', 137, 'Connecting to 127.0.0.1:80 (127.0.0.1:80)'],
    ['unreadable', 0, 'SSH-2.0-OpenSSH_9.2p1 Debian-2'],
    ['no-tool', 127, ''],
  ])('is not tested, never failed, with the observation %s', (observation, status, text) => {
    expect(check(status, text)).toMatchObject({ result: 'not-tested', observation })
  })

  it('shows the first bytes of another protocol without its control characters', () => {
    expect(check(0, '\u001b]0;title\u0007SSH-2.0').detail).toBe('Port 80 does not speak HTTP: “SSH-2.0”')
  })
})
