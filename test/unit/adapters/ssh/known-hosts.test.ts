import { describe, expect, it } from 'vitest'
import {
  entriesFor,
  fingerprint,
  judgeHostKey,
  keyType,
  knownHostLine,
  knownHostName,
  parseKnownHosts,
} from '../../../../src/adapters/ssh/known-hosts'

/** A public key, and lines and fingerprint that OpenSSH 9.2's ssh-keygen made for it (`-H`, `-l`). */
const blob = 'AAAAC3NzaC1lZDI1NTE5AAAAIDSD5HVKmpIOPfZpsSRwiOEsYzBLEXXaBAK3sGWiDIU2'
const key = Buffer.from(blob, 'base64')
const line = `ssh-ed25519 ${blob}`
const hashedHost = '|1|ExdIkmrB6wrNAUfOApN29qu7OCA=|2q58sg/L7W5CPsi7qBYkUFL4pN4='
const hashedHostAndPort = '|1|W9PBpofXjd2xDH0x+/1LGkDGEO8=|1tmJZsaBNe6idUa7DUemFQG5/Hw='

/** A blob of a type; what follows the type does not matter to known_hosts. */
function aKey(type: string, content = 'key'): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(type.length)
  return Buffer.concat([length, Buffer.from(type), Buffer.from(content)])
}

const aLine = (names: string, type: string, content?: string) =>
  `${names} ${type} ${aKey(type, content).toString('base64')}`

const judge = (text: string, name: string, shown: Buffer) =>
  judgeHostKey(entriesFor(parseKnownHosts(text, '/kh'), name), shown)

describe('parseKnownHosts', () => {
  it('takes names, markers, types and line numbers, and passes over the rest', () => {
    const text = [
      '# a comment',
      '',
      `tolkewitz,10.0.0.1 ${line} a comment`,
      `  @revoked\t* ${line}`,
      `@cert-authority *.example ${line}`,
      `@unheard-of x ${line}`,
      'old 1024 35 1234567890',
      `damaged ssh-ed25519 AAAA`,
      `mismatch ssh-rsa ${blob}`,
      'short',
    ].join('\n')
    const entries = parseKnownHosts(text, '/kh')
    expect(entries.map(({ line: at, marker, names }) => [at, marker, names])).toEqual([
      [3, undefined, ['tolkewitz', '10.0.0.1']],
      [4, 'revoked', ['*']],
      [5, 'cert-authority', ['*.example']],
    ])
    expect(entries[0]).toMatchObject({ file: '/kh', type: 'ssh-ed25519', key })
  })

  it('reads files with the line ends of Windows', () => {
    expect(parseKnownHosts(`a ${line}\r\nb ${line}\r\n`, '/kh')).toHaveLength(2)
  })
})

describe('entriesFor', () => {
  const found = (text: string, host: string, port = 22) =>
    entriesFor(parseKnownHosts(text, '/kh'), knownHostName(host, port)).length > 0

  it('matches plain names, any case, and ports', () => {
    expect(found(`tolkewitz,10.0.0.1 ${line}`, '10.0.0.1')).toBe(true)
    expect(found(`Tolkewitz ${line}`, 'tolkeWITZ')).toBe(true)
    expect(found(`tolkewitz ${line}`, 'tolkewitz', 2222)).toBe(false)
    expect(found(`[tolkewitz]:2222 ${line}`, 'tolkewitz', 2222)).toBe(true)
    expect(found(`[tolkewitz]:2222 ${line}`, 'tolkewitz')).toBe(false)
    expect(found(`2001:db8::1 ${line}`, '2001:db8::1')).toBe(true)
  })

  it('matches wildcards and negation', () => {
    expect(found(`*.lab,!bad.lab ${line}`, 'good.lab')).toBe(true)
    expect(found(`*.lab,!bad.lab ${line}`, 'bad.lab')).toBe(false)
  })

  it('matches hashed names as OpenSSH writes them', () => {
    expect(found(`${hashedHost} ${line}`, 'tolkewitz')).toBe(true)
    expect(found(`${hashedHost} ${line}`, 'lindenau')).toBe(false)
    expect(found(`${hashedHostAndPort} ${line}`, 'tolkewitz', 2222)).toBe(true)
    expect(found(`${hashedHostAndPort} ${line}`, 'tolkewitz')).toBe(false)
    expect(found(`|1|broken ${line}`, 'tolkewitz')).toBe(false)
  })
})

describe('judgeHostKey', () => {
  const ed = aKey('ssh-ed25519')

  it('knows a key that one of several entries has', () => {
    const text = [aLine('h', 'ssh-rsa'), aLine('h', 'ssh-ed25519', 'old'), aLine('h', 'ssh-ed25519')].join('\n')
    expect(judge(text, 'h', ed)).toEqual({ kind: 'known' })
  })

  it('does not know a host without entries', () => {
    expect(judge(aLine('other', 'ssh-ed25519'), 'h', ed)).toEqual({ kind: 'unknown' })
    expect(judge('', 'h', ed)).toEqual({ kind: 'unknown' })
  })

  it('names the entry of the same type where the key changed', () => {
    const text = [aLine('h', 'ssh-rsa'), aLine('h', 'ssh-ed25519', 'other')].join('\n')
    expect(judge(text, 'h', ed)).toMatchObject({ kind: 'changed', entry: { file: '/kh', line: 2 } })
  })

  it('holds a key of another type than the known ones for changed', () => {
    expect(judge(aLine('h', 'ssh-rsa'), 'h', ed)).toMatchObject({ kind: 'changed', entry: { line: 1 } })
  })

  it('refuses a revoked key, also where another line has it', () => {
    const text = [aLine('h', 'ssh-ed25519'), `@revoked ${aLine('*', 'ssh-ed25519')}`].join('\n')
    expect(judge(text, 'h', ed)).toMatchObject({ kind: 'revoked', entry: { line: 2 } })
    expect(judge(text, 'h', aKey('ssh-ed25519', 'x'))).toMatchObject({ kind: 'changed' })
  })

  it('does not hold a host for known by a revoked key alone', () => {
    expect(judge(`@revoked ${aLine('h', 'ssh-ed25519', 'x')}`, 'h', ed)).toEqual({ kind: 'unknown' })
  })

  it('says that only a certificate authority is known, unless a key is', () => {
    const authority = `@cert-authority ${aLine('*', 'ssh-ed25519', 'ca')}`
    expect(judge(authority, 'h', ed)).toMatchObject({ kind: 'certificate-only', entry: { line: 1 } })
    expect(judge(`${authority}\n${aLine('h', 'ssh-ed25519')}`, 'h', ed)).toEqual({ kind: 'known' })
    expect(judge(`@cert-authority ${aLine('h', 'ssh-ed25519')}`, 'h', ed)).toMatchObject({ kind: 'certificate-only' })
  })
})

describe('knownHostLine', () => {
  it.each([false, true])('writes what it reads again (hashed: %s)', (isHashed) => {
    const text = knownHostLine(knownHostName('tolkewitz', 2222), key, isHashed)
    expect(text.includes('tolkewitz')).toBe(!isHashed)
    expect(judge(text, '[tolkewitz]:2222', key)).toEqual({ kind: 'known' })
    expect(judge(text, 'tolkewitz', key)).toEqual({ kind: 'unknown' })
  })
})

describe('fingerprint and keyType', () => {
  it('are those that ssh-keygen prints', () => {
    expect(fingerprint(key)).toBe('SHA256:aRqnORXoUerlbsTeQcIl1qm6OtVnax/CAuUNXu6owo4')
    expect(keyType(key)).toBe('ssh-ed25519')
  })

  it('survives damage', () => {
    for (const damaged of [Buffer.alloc(0), Buffer.from([0, 0, 0, 9, 65]), Buffer.from([0, 0, 0, 0])])
      expect(keyType(damaged)).toBe('')
  })
})
