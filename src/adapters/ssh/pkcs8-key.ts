import { createPrivateKey, type KeyObject } from 'node:crypto'
import { utils, type ParsedKey } from 'ssh2'

/** `openssl genpkey` and most tools of today write this format (RFC 7468, 10 and 11); ssh2 does not read it. */
export function isPkcs8(text: string): boolean {
  return /^-----BEGIN (ENCRYPTED )?PRIVATE KEY-----/m.test(text)
}

export function isEncryptedPkcs8(text: string): boolean {
  return text.includes('-----BEGIN ENCRYPTED PRIVATE KEY-----')
}

/** The key of such a text, in a form that ssh2 reads; or an error where it is damaged, of a kind that SSH has not, or locked. */
export function parsePkcs8(text: string, passphrase?: string): ParsedKey | Error {
  try {
    const key = createPrivateKey({ key: text, format: 'pem', ...(passphrase !== undefined && { passphrase }) })
    return utils.parseKey(toReadable(key))
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

function toReadable(key: KeyObject): string {
  switch (key.asymmetricKeyType) {
    case 'rsa':
      return key.export({ format: 'pem', type: 'pkcs1' }).toString()
    case 'ec':
      return key.export({ format: 'pem', type: 'sec1' }).toString()
    case 'ed25519':
      return ed25519ToOpenSsh(key)
    default:
      throw new Error(`SSH has no keys of the type ${key.asymmetricKeyType ?? 'unknown'}`)
  }
}

/** OpenSSH's own format (PROTOCOL.key), without a passphrase: the only one that has a place for Ed25519. */
function ed25519ToOpenSsh(key: KeyObject): string {
  const { x = '', d = '' } = key.export({ format: 'jwk' })
  const [publicKey, seed] = [Buffer.from(x, 'base64url'), Buffer.from(d, 'base64url')]
  const type = 'ssh-ed25519'
  // Any number that stands there twice will do.
  const check = uint32(0x5357_4152)
  const fields = [check, check, string(type), string(publicKey), string(Buffer.concat([seed, publicKey])), string('')]
  const secret = Buffer.concat(fields)
  const padding = Buffer.from(Array.from({ length: (8 - (secret.length % 8)) % 8 }, (_, i) => i + 1))
  const blob = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    string('none'),
    string('none'),
    string(''),
    uint32(1),
    string(Buffer.concat([string(type), string(publicKey)])),
    string(Buffer.concat([secret, padding])),
  ])
  const lines = blob.toString('base64').match(/.{1,70}/g) ?? []
  return ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----', ''].join('\n')
}

function uint32(value: number): Buffer {
  const buffer = Buffer.alloc(4)
  buffer.writeUInt32BE(value)
  return buffer
}

/** SSH's string: its length, then its bytes (RFC 4251, 5). */
function string(value: string | Buffer): Buffer {
  const bytes = Buffer.from(value)
  return Buffer.concat([uint32(bytes.length), bytes])
}
