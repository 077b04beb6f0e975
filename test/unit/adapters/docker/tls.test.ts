import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPrivateKey } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { describeError } from '../../../../src/core/errors'
import type { TlsFiles } from '../../../../src/core/model/target'
import { aConnector, ApiServer, aTarget, json } from './api-server'
import { issueCertificate, type CertificateOptions, type Identity } from './certificates'

const { signal } = new AbortController()
const long = (offset: number) => new Date(Date.now() + offset * 24 * 60 * 60 * 1000)

let folder: string
let authority: Identity
let stranger: Identity
let client: Identity
let server: ApiServer | undefined

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tls-'))
  authority = issueCertificate({ name: 'lab authority' })
  stranger = issueCertificate({ name: 'another authority' })
  client = issueCertificate({ name: 'lab client', issuer: authority })
  const expired = issueCertificate({ name: 'old client', issuer: authority, validFrom: long(-9), validTo: long(-2) })
  const other = issueCertificate({ name: 'stranger', issuer: stranger })
  const contents: Readonly<Record<string, string>> = {
    'ca.pem': authority.cert,
    'other-ca.pem': stranger.cert,
    'cert.pem': client.cert,
    'key.pem': client.key,
    'expired-cert.pem': expired.cert,
    'expired-key.pem': expired.key,
    'other-cert.pem': other.cert,
    'other-key.pem': other.key,
    'garbage.pem': 'not a certificate',
  }
  for (const [name, text] of Object.entries(contents)) writeFileSync(join(folder, name), text)
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await server?.close()
  server = undefined
})

afterAll(() => rmSync(folder, { recursive: true }))

/** An engine on TLS that wants a client certificate of the authority. */
async function serve(over: Partial<CertificateOptions> = {}): Promise<number> {
  const identity = issueCertificate({ name: 'tolkewitz', issuer: authority, names: ['127.0.0.1'], ...over })
  const { cert, key } = identity
  server = await new ApiServer({ cert, key, ca: authority.cert, requestCert: true, rejectUnauthorized: true }).listen(
    'port',
  )
  server.on('GET /info', json({ Name: 'tolkewitz' }))
  return server.port
}

function files(names: TlsFiles): TlsFiles {
  const path = (name: string | undefined) => (name === undefined ? undefined : join(folder, name))
  const { ca, cert, key } = names
  return JSON.parse(JSON.stringify({ ...names, ca: path(ca), cert: path(cert), key: path(key) })) as TlsFiles
}

function connect(port: number, names: TlsFiles) {
  return aConnector().connect(aTarget({ kind: 'tls', host: '127.0.0.1', port, files: files(names) }), signal)
}

/** The private half of `identity` behind the passphrase `rose`, in a file beside the others. */
function lock(name: string, identity: Identity): string {
  const pem = createPrivateKey(identity.key).export({
    type: 'pkcs8',
    format: 'pem',
    cipher: 'aes-256-cbc',
    passphrase: 'rose',
  })
  writeFileSync(join(folder, name), pem)
  return name
}

async function failure(port: number, names: TlsFiles): Promise<{ code: string; text: string }> {
  const error: unknown = await connect(port, names).then(
    () => new Error('connected'),
    (reason: unknown) => reason,
  )
  return { code: (error as { code: string }).code, text: describeError(error) }
}

const good = { ca: 'ca.pem', cert: 'cert.pem', key: 'key.pem' }

describe('TLS', () => {
  it('connects with a certificate of the same authority', async () => {
    const engine = await connect(await serve(), good)
    expect(await engine.system.info(signal)).toMatchObject({ hostName: 'tolkewitz' })
    engine.close()
  })

  it('names an expired certificate of the engine, its names and dates', async () => {
    const port = await serve({ validFrom: long(-30), validTo: long(-1) })
    const { code, text } = await failure(port, good)
    expect(code).toBe('certificate')
    expect(text).toContain("the engine's certificate, or its authority's, has expired")
    expect(text).toContain('CN=tolkewitz, issued by CN=lab authority, for IP Address:127.0.0.1')
    expect(text).toMatch(/it has expired on \w{3} +\d+ [\d:]+ \d{4} GMT/)
    expect(text).not.toContain('the authority')
  })

  it('names an expired certificate of the authority, and where it is', async () => {
    const expired = issueCertificate({ name: 'old authority', validFrom: long(-30), validTo: long(-1) })
    writeFileSync(join(folder, 'expired-ca.pem'), expired.cert)
    const { code, text } = await failure(await serve({ issuer: expired }), { ...good, ca: 'expired-ca.pem' })
    expect(code).toBe('certificate')
    expect(text).toMatch(/The certificate there is CN=tolkewitz, issued by CN=old authority, .*, valid from /)
    expect(text).toMatch(/the authority's CN=old authority, in .*expired-ca\.pem, has expired on \w{3} .* GMT/)
  })

  it('names the names of a certificate for another host', async () => {
    const { code, text } = await failure(await serve({ names: ['kaditz', '192.0.2.7'] }), good)
    expect(code).toBe('certificate')
    expect(text).toContain("the engine's certificate is for another name")
    expect(text).toContain('DNS:kaditz, IP Address:192.0.2.7')
  })

  it('tells an authority that is not ours', async () => {
    const { code, text } = await failure(await serve(), { ...good, ca: 'other-ca.pem' })
    expect(code).toBe('certificate')
    expect(text).toContain('is not trusted')
    expect(text).toContain('issued by CN=lab authority')
  })

  it('does not check the engine’s certificate where the context says so', async () => {
    const port = await serve({ validFrom: long(-30), validTo: long(-1) })
    const engine = await connect(port, { ...good, ca: 'other-ca.pem', skipVerify: true })
    engine.close()
  })

  it.each([
    ['that has expired', { ca: 'ca.pem', cert: 'expired-cert.pem', key: 'expired-key.pem' }, /it has expired on/],
    ['that is not given', { ca: 'ca.pem' }, /has no client certificate/],
  ])('names a client certificate %s', async (_, names, text) => {
    const refused = await failure(await serve(), names)
    expect(refused.code).toBe('unauthorized')
    expect(refused.text).toMatch(text)
  })

  it('does not blame an expired certificate where nothing listens', async () => {
    const port = await serve()
    await server?.close()
    const { code, text } = await failure(port, { ca: 'ca.pem', cert: 'expired-cert.pem', key: 'expired-key.pem' })
    expect(code).toBe('unreachable')
    expect(text).not.toContain('expired')
  })

  it('tells a port without TLS', async () => {
    server = await new ApiServer().listen('port')
    const { code, text } = await failure(server.port, good)
    expect(code).toBe('protocol')
    expect(text).toContain('take the TLS files out')
  })
})

describe('without a CA file', () => {
  const { cert, key } = good

  it('trusts what the system trusts', async () => {
    vi.stubEnv('SSL_CERT_FILE', join(folder, 'ca.pem'))
    const engine = await connect(await serve(), { cert, key })
    expect(engine.certificates?.map(({ role }) => role)).toEqual(['server', 'client', 'authority'])
    engine.close()
  })

  it('trusts what Node was told to trust', async () => {
    vi.stubEnv('SSL_CERT_FILE', join(folder, 'other-ca.pem'))
    vi.stubEnv('NODE_EXTRA_CA_CERTS', join(folder, 'ca.pem'))
    const engine = await connect(await serve(), { cert, key })
    engine.close()
  })

  it('trusts nobody else', async () => {
    vi.stubEnv('SSL_CERT_FILE', join(folder, 'other-ca.pem'))
    const { code, text } = await failure(await serve(), { cert, key })
    expect(code).toBe('certificate')
    expect(text).toContain('is not trusted')
  })
})

describe('a client key with a passphrase', () => {
  /** Connects with the answers that a person gives one after the other; counts the questions. */
  function asker(...answers: readonly (string | undefined)[]) {
    const questions: string[] = []
    const connector = aConnector(undefined, (path) => {
      questions.push(path)
      return Promise.resolve(answers[questions.length - 1])
    })
    const locked = files({ ...good, key: lock('locked.pem', client) })
    const connectTo = (port: number, abort = signal) =>
      connector.connect(aTarget({ kind: 'tls', host: '127.0.0.1', port, files: locked }), abort)
    return { questions, connectTo }
  }

  it('is opened with it, and asked for once, however many hosts use it', async () => {
    const port = await serve()
    const { questions, connectTo } = asker('rose')
    const engines = await Promise.all([connectTo(port), connectTo(port)])
    engines.push(await connectTo(port))
    expect(questions).toEqual([join(folder, 'locked.pem')])
    for (const engine of engines) engine.close()
  })

  it('asks again after a wrong one', async () => {
    const { questions, connectTo } = asker('lily', 'rose')
    const engine = await connectTo(await serve())
    expect(questions).toHaveLength(2)
    engine.close()
  })

  it('gives up after three wrong ones, and asks anew in the next attempt', async () => {
    const port = await serve()
    const { questions, connectTo } = asker('a', 'b', 'c', 'rose')
    await expect(connectTo(port)).rejects.toMatchObject({
      code: 'unauthorized',
      host: 'tolkewitz',
      message: expect.stringMatching(/The passphrase for the client key .*locked\.pem is wrong$/) as string,
    })
    expect(questions).toHaveLength(3)
    expect(server?.requests).toEqual([])
    const engine = await connectTo(port)
    engine.close()
  })

  it('ends without an answer', async () => {
    const { connectTo } = asker(undefined)
    await expect(connectTo(await serve())).rejects.toMatchObject({
      code: 'unauthorized',
      message: expect.stringMatching(/was not given$/) as string,
      remedy: 'Refresh the host to be asked again.',
    })
  })

  it('does not hold up one who goes away while the question is open', async () => {
    const connector = aConnector(undefined, () => new Promise(() => undefined))
    const locked = files({ ...good, key: lock('locked.pem', client) })
    const abort = new AbortController()
    const target = aTarget({ kind: 'tls', host: '127.0.0.1', port: await serve(), files: locked })
    const attempt = connector.connect(target, abort.signal)
    setTimeout(() => abort.abort(), 50)
    await expect(attempt).rejects.toMatchObject({ code: 'cancelled' })
  })
})

describe('the certificates that a connection depends on', () => {
  it('are told with their places and dates', async () => {
    const validTo = long(12)
    const engine = await connect(await serve({ validTo }), good)
    const at = (name: string) => join(folder, name)
    expect(engine.certificates).toEqual([
      {
        role: 'server',
        subject: 'CN=tolkewitz',
        issuer: 'CN=lab authority',
        validTo: Math.floor(validTo.getTime() / 1000) * 1000,
      },
      expect.objectContaining({ role: 'client', subject: 'CN=lab client', file: at('cert.pem') }),
      expect.objectContaining({ role: 'authority', subject: 'CN=lab authority', file: at('ca.pem') }),
    ])
    engine.close()
  })

  it('leave out the other authorities of a bundle', async () => {
    writeFileSync(join(folder, 'bundle.pem'), `${stranger.cert}\n# ours\n${authority.cert}`)
    const engine = await connect(await serve(), { ...good, ca: 'bundle.pem' })
    const authorities = engine.certificates?.filter(({ role }) => role === 'authority')
    expect(authorities?.map(({ subject }) => subject)).toEqual(['CN=lab authority'])
    engine.close()
  })

  it('include an expired one that nobody checks', async () => {
    const engine = await connect(await serve({ validFrom: long(-30), validTo: long(-1) }), {
      ...good,
      skipVerify: true,
    })
    expect(engine.certificates?.[0]?.validTo).toBeLessThan(Date.now())
    engine.close()
  })

  it('are none without TLS', async () => {
    server = await new ApiServer().listen()
    expect((await server.connect()).certificates).toEqual([])
  })
})

describe('a port with TLS', () => {
  it('is told to one who speaks plainly, in Go’s words', async () => {
    server = await new ApiServer().listen('port')
    server.on('GET /version', (response) =>
      response.writeHead(400).end('Client sent an HTTP request to an HTTPS server.\n'),
    )
    const target = aTarget({ kind: 'tcp', host: '127.0.0.1', port: server.port })
    await expect(aConnector().connect(target, signal)).rejects.toMatchObject({
      code: 'protocol',
      host: 'tolkewitz',
      remedy: expect.stringMatching(/TLS files/) as string,
    })
  })
})

describe('the TLS files', () => {
  it.each([
    ['one that does not exist', { ...good, ca: 'nowhere.pem' }, /The CA certificate .*nowhere\.pem does not exist/],
    ['a folder', { ...good, key: '.' }, /The client key .* cannot be read \(EISDIR\)/],
    ['one that holds something else', { ...good, cert: 'garbage.pem' }, /garbage\.pem cannot be used/],
    ['a key that is none', { ...good, key: 'garbage.pem' }, /The client key .*garbage\.pem cannot be used/],
    [
      'a key of another certificate',
      { ...good, key: 'other-key.pem' },
      /other-key\.pem does not belong to .*cert\.pem/,
    ],
    ['a key without its certificate', { ca: 'ca.pem', key: 'key.pem' }, /name a key but no cert/],
    ['a certificate without its key', { ca: 'ca.pem', cert: 'cert.pem' }, /name a cert but no key/],
  ])('with %s are refused before anything is sent', async (_, names, text) => {
    const port = await serve()
    const refused = await failure(port, names)
    expect(refused.code).toBe('invalid-input')
    expect(refused.text).toMatch(text)
    expect(server?.requests).toEqual([])
  })
})
