import { isMissing } from '../is-missing'
import { readFile } from 'node:fs/promises'
import { utils, type ParsedKey } from 'ssh2'
import { keyType } from './known-hosts'
import { isEncryptedPkcs8, isPkcs8, parsePkcs8 } from './pkcs8-key'

/** What a file with a private key turned out to be. */
export type KeyFile =
  | { readonly kind: 'missing' }
  | { readonly kind: 'unusable'; readonly why: string }
  /** Only the public half: the agent may hold the other. */
  | { readonly kind: 'public'; readonly publicKey: ParsedKey }
  | { readonly kind: 'plain'; readonly publicKey: ParsedKey; readonly key: ParsedKey }
  /** Needs a passphrase. The public half may be readable all the same, so that it can be offered before asking. */
  | { readonly kind: 'encrypted'; readonly text: string; readonly publicKey?: ParsedKey }

/** Reads a key file in OpenSSH's, PKCS#8's or the older PEM format. */
export async function readKeyFile(path: string): Promise<KeyFile> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (isMissing(error)) return { kind: 'missing' }
    return { kind: 'unusable', why: error instanceof Error ? error.message : String(error) }
  }
  const type = openSshKeyType(text)
  if (type?.startsWith('sk-') === true)
    return { kind: 'unusable', why: `it belongs to a security key (${type}), and those are not supported` }
  if (isEncrypted(text)) {
    const publicKey = publicHalf(text) ?? (await readPublicFile(`${path}.pub`))
    return { kind: 'encrypted', text, ...(publicKey && { publicKey }) }
  }
  const key = parseKey(text)
  if (key instanceof Error) return { kind: 'unusable', why: `${key.message}; convert it with: ssh-keygen -p -f FILE` }
  return key.isPrivateKey() ? { kind: 'plain', publicKey: key, key } : { kind: 'public', publicKey: key }
}

/** The private key of an encrypted file's text, or an error where the passphrase does not open it. */
export function decryptKey(text: string, passphrase: string): ParsedKey | Error {
  return parseKey(text, passphrase)
}

function parseKey(text: string | Buffer, passphrase?: string): ParsedKey | Error {
  if (typeof text === 'string' && isPkcs8(text)) return parsePkcs8(text, passphrase)
  // The declaration leaves out that a file with several keys gives a list.
  const parsed = utils.parseKey(text, passphrase) as ParsedKey | Error | readonly ParsedKey[]
  if (parsed instanceof Error || 'type' in parsed) return parsed
  return parsed[0] ?? new Error('No key in it')
}

function isEncrypted(text: string): boolean {
  if (isEncryptedPkcs8(text)) return true
  const cipher = openSshParts(text)?.cipher
  return cipher === undefined ? /^Proc-Type: 4,ENCRYPTED/m.test(text) : cipher !== 'none'
}

/** The type that a key in OpenSSH's format names in its clear part. */
function openSshKeyType(text: string): string | undefined {
  const blob = openSshParts(text)?.publicKey
  return blob && keyType(blob)
}

function publicHalf(text: string): ParsedKey | undefined {
  const blob = openSshParts(text)?.publicKey
  const key = blob && parseKey(blob)
  return key instanceof Error ? undefined : key
}

/** The clear part of OpenSSH's format: magic, cipher, kdf, its options, number of keys, public key (PROTOCOL.key). */
function openSshParts(text: string): { readonly cipher: string; readonly publicKey: Buffer } | undefined {
  const base64 = /-----BEGIN OPENSSH PRIVATE KEY-----([\s\S]*?)-----END/.exec(text)?.[1]
  if (base64 === undefined) return undefined
  const data = Buffer.from(base64, 'base64')
  let offset = 'openssh-key-v1\0'.length
  const next = (): Buffer => {
    const end = offset + 4 + data.readUInt32BE(offset)
    const field = data.subarray(offset + 4, end)
    offset = end
    return field
  }
  try {
    const cipher = next().toString('latin1')
    next()
    next()
    offset += 4
    return { cipher, publicKey: next() }
  } catch {
    // Cut short: the parser that is asked next says what is wrong with it.
    return undefined
  }
}

async function readPublicFile(path: string): Promise<ParsedKey | undefined> {
  try {
    const key = parseKey(await readFile(path))
    return key instanceof Error ? undefined : key
  } catch {
    // It is only a help: without it the passphrase is asked for before the key is offered.
    return undefined
  }
}
