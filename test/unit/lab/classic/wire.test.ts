import { describe, expect, it } from 'vitest'
import { parseRequest } from '../../../lab/classic/wire'

const parse = (text: string) => parseRequest(Buffer.from(text))

describe('a request on the wire', () => {
  it('waits until it is all there', () => {
    expect(parse('GET /info HTTP/1.1\r\nHost: x\r\n')).toBeUndefined()
    expect(parse('POST /x HTTP/1.1\r\nContent-Length: 3\r\n\r\nab')).toBeUndefined()
    expect(parse('POST /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n')).toBeUndefined()
  })

  it('ends where its length or its last chunk says', () => {
    const fixed = parse('POST /x?y=1 HTTP/1.1\r\nContent-Length: 2\r\n\r\nabGET')
    expect(fixed).toMatchObject({ method: 'POST', target: '/x?y=1', body: Buffer.from('ab'), length: 45 })
    const chunked = parse('POST /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\nrest')
    expect(chunked).toMatchObject({ body: Buffer.from('abc') })
  })

  it('is refused where it is none', () => {
    expect(parse('\u0016\u0003 hello\r\n\r\n')).toBe('broken')
  })
})
