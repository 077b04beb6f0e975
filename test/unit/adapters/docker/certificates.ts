import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'

/** A certificate and its key, as PEM. */
export interface Identity {
  readonly cert: string
  readonly key: string
  readonly name: string
  readonly privateKey: KeyObject
}

export interface CertificateOptions {
  readonly name: string
  /** Absent: signed by itself, as an authority. */
  readonly issuer?: Identity
  /** IPv4 addresses; names begin with a letter. */
  readonly names?: readonly string[]
  readonly validFrom?: Date
  readonly validTo?: Date
}

const day = 24 * 60 * 60 * 1000

/**
 * Makes an X.509 certificate (RFC 5280) with a P-256 key. Node can only read them, and tests need expired ones at any
 * time, on machines without OpenSSL's command line too.
 */
export function issueCertificate(options: CertificateOptions): Identity {
  const { name, issuer, names = [] } = options
  const { validFrom = new Date(Date.now() - day), validTo = new Date(Date.now() + day) } = options
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const algorithm = sequence(objectId('2a8648ce3d040302'))
  const basic = extension('551d13', sequence(...(issuer ? [] : [der(0x01, Buffer.of(0xff))])))
  const alternatives = extension('551d11', sequence(...names.map(alternativeName)))
  const body = sequence(
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, Buffer.concat([Buffer.of(1), randomBytes(8)])),
    algorithm,
    commonName(issuer?.name ?? name),
    sequence(time(validFrom), time(validTo)),
    commonName(name),
    publicKey.export({ format: 'der', type: 'spki' }),
    der(0xa3, sequence(basic, ...(names.length > 0 ? [alternatives] : []))),
  )
  const signature = sign('sha256', body, issuer?.privateKey ?? privateKey)
  const certificate = sequence(body, algorithm, der(0x03, Buffer.concat([Buffer.of(0), signature])))
  return {
    name,
    privateKey,
    cert: pem('CERTIFICATE', certificate),
    key: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  }
}

function der(tag: number, content: Uint8Array): Buffer {
  const { length } = content
  const header = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.of(tag, ...header), content])
}

function sequence(...parts: readonly Uint8Array[]): Buffer {
  return der(0x30, Buffer.concat(parts))
}

function objectId(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'))
}

function commonName(name: string): Buffer {
  return sequence(der(0x31, sequence(objectId('550403'), der(0x0c, Buffer.from(name)))))
}

function time(date: Date): Buffer {
  return der(0x18, Buffer.from(date.toISOString().replace(/[-:T]|\.\d+/g, '')))
}

function extension(id: string, value: Buffer): Buffer {
  return sequence(objectId(id), der(0x04, value))
}

function alternativeName(name: string): Buffer {
  return /^[a-z]/i.test(name) ? der(0x82, Buffer.from(name)) : der(0x87, Buffer.from(name.split('.').map(Number)))
}

function pem(label: string, content: Buffer): string {
  const lines = (content.toString('base64').match(/.{1,64}/g) ?? []).join('\n')
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`
}
