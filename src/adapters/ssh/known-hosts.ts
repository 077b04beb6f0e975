import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { matchesPatternList } from './host-pattern'

/*
 * OpenSSH's known_hosts (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT), read and matched without touching a file. Own code: the
 * packages that exist parse the lines only; none matches hashed names, patterns, ports and markers, which is what counts.
 */

/** One usable line. */
export interface KnownHostEntry {
  readonly file: string
  /** From 1. */
  readonly line: number
  readonly marker?: 'revoked' | 'cert-authority'
  /** Names and patterns, or one hashed name. */
  readonly names: readonly string[]
  /** For instance `ssh-ed25519`. */
  readonly type: string
  /** The key's blob, as the server shows it. */
  readonly key: Buffer
}

/** What the known hosts say of a key that a host shows. */
export type HostKeyVerdict =
  | { readonly kind: 'known' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'changed' | 'revoked' | 'certificate-only'; readonly entry: KnownHostEntry }

/** Reads a file's lines. What is no entry (comments, version 1 keys, damage) is passed over, as OpenSSH does. */
export function parseKnownHosts(text: string, file: string): readonly KnownHostEntry[] {
  return text.split('\n').flatMap((line, index) => parseLine(line, { file, line: index + 1 }) ?? [])
}

function parseLine(text: string, at: { readonly file: string; readonly line: number }): KnownHostEntry | undefined {
  const words = text.trim().split(/[ \t]+/)
  const marker = words[0]?.startsWith('@') === true ? words.shift() : undefined
  const [names, type, blob] = words
  if (names === undefined || type === undefined || blob === undefined || names.startsWith('#')) return undefined
  const key = Buffer.from(blob, 'base64')
  if (keyType(key) !== type) return undefined
  const entry = { ...at, names: names.split(','), type, key }
  if (marker === undefined) return entry
  return marker === '@revoked' || marker === '@cert-authority'
    ? { ...entry, marker: marker === '@revoked' ? 'revoked' : 'cert-authority' }
    : undefined
}

/** The keys of a file that RevokedHostKeys names: public keys, one a line, which are revoked whoever shows them. */
export function parseRevokedKeys(text: string, file: string): readonly KnownHostEntry[] {
  return text
    .split('\n')
    .flatMap((line, index) => parseLine(`@revoked * ${line.trim()}`, { file, line: index + 1 }) ?? [])
}

/** The name under which a host is kept: the port is part of it unless it is 22. */
export function knownHostName(host: string, port: number): string {
  const name = host.toLowerCase()
  return port === 22 ? name : `[${name}]:${port}`
}

/** The entries for a host, in the files' order. */
export function entriesFor(entries: readonly KnownHostEntry[], name: string): readonly KnownHostEntry[] {
  return entries.filter(({ names }) =>
    names[0]?.startsWith('|1|') === true
      ? matchesHash(names[0], name)
      : matchesPatternList(
          names.map((pattern) => pattern.toLowerCase()),
          name,
        ),
  )
}

/** `|1|salt|hash`: HMAC-SHA1 of the name with the salt as the key (OpenSSH, hostfile.c). */
function matchesHash(hashed: string, name: string): boolean {
  const [, , salt = '', hash = ''] = hashed.split('|')
  const expected = Buffer.from(hash, 'base64')
  const actual = createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest()
  return expected.length === actual.length && timingSafeEqual(expected, actual)
}

/**
 * Judges the key that a host shows by the entries for that host.
 *
 * A host that is known by keys of other types only counts as changed: OpenSSH would ask, but whoever stands in the middle
 * only has to offer another type to get that question.
 */
export function judgeHostKey(entries: readonly KnownHostEntry[], key: Buffer): HostKeyVerdict {
  const same = entries.filter((entry) => entry.key.equals(key))
  const revoked = same.find(({ marker }) => marker === 'revoked')
  if (revoked) return { kind: 'revoked', entry: revoked }
  if (same.some(({ marker }) => marker === undefined)) return { kind: 'known' }
  const others = entries.filter(({ marker }) => marker === undefined)
  const changed = others.find(({ type }) => type === keyType(key)) ?? others[0]
  if (changed) return { kind: 'changed', entry: changed }
  const authority = entries.find(({ marker }) => marker === 'cert-authority')
  return authority ? { kind: 'certificate-only', entry: authority } : { kind: 'unknown' }
}

/** A line to append for a key that was confirmed. */
export function knownHostLine(name: string, key: Buffer, isHashed: boolean): string {
  return `${isHashed ? hashName(name) : name} ${keyType(key)} ${key.toString('base64')}`
}

function hashName(name: string): string {
  const salt = randomBytes(20)
  return `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`
}

/** The type that a key's blob begins with (RFC 4253, 6.6), or an empty text where it is damaged. */
export function keyType(key: Buffer): string {
  if (key.length < 4) return ''
  const length = key.readUInt32BE(0)
  return length > 0 && 4 + length <= key.length ? key.toString('latin1', 4, 4 + length) : ''
}

/** As OpenSSH prints it. */
export function fingerprint(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`
}
