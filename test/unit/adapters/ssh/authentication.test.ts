import { execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openSshConnection } from '../../../../src/adapters/ssh/handshake'
import { readKeyFile } from '../../../../src/adapters/ssh/key-file'
import { parsePkcs8 } from '../../../../src/adapters/ssh/pkcs8-key'
import type { IdentityFile, SshHost } from '../../../../src/adapters/ssh/ssh-host'
import { Passwords } from '../../../../src/adapters/ssh/passwords'
import { UnlockedKeys } from '../../../../src/adapters/ssh/unlocked-keys'
import { SwarmNetworksError, describeError } from '../../../../src/core/errors'
import { temporaryFolder, write } from '../sources/temporary-folder'
import { listen, startAgent } from './ssh-agent'
import {
  aHome,
  aKeyPair,
  aLog,
  parsed,
  Prompts,
  startSshServer,
  userKey,
  type KeyPair,
  type SshServer,
} from './ssh-server'

const blob = (key: KeyPair) => parsed(key.public).getPublicSSH().toString('base64')

/** Logs in; gives the failure, or undefined where it worked. */
async function login(
  server: SshServer,
  host: Partial<SshHost>,
  {
    prompts = new Prompts(),
    unlocked = new UnlockedKeys(prompts),
    passwords = new Passwords(prompts),
    deadlineMs = 5_000,
  } = {},
): Promise<SwarmNetworksError | undefined> {
  const home = await aHome()
  await home.knows(server.port)
  const context = { prompts, unlocked, passwords, log: aLog(), deadlineMs }
  try {
    const signal = new AbortController().signal
    const connection = await openSshConnection(
      home.host(server.port, { identityFiles: [], ...host }),
      { context },
      signal,
    )
    connection.close()
    return undefined
  } catch (error) {
    if (error instanceof SwarmNetworksError) return error
    throw error
  }
}

async function keyFile(content: string, from: IdentityFile['from'] = 'config', name = 'key'): Promise<IdentityFile> {
  const path = join(await temporaryFolder(), name)
  await write(path, content, 0o600)
  return { path, from }
}

describe('keys from files', () => {
  it.each(['ed25519', 'ecdsa', 'rsa'] as const)('let in with %s', async (type) => {
    const key = aKeyPair(type)
    const server = await startSshServer({ authorized: [key.public] })
    expect(await login(server, { identityFiles: [await keyFile(key.private)] })).toBeUndefined()
  })

  it('are tried in order until one lets in', async () => {
    const server = await startSshServer()
    const [wrong, right] = [aKeyPair(), userKey]
    const identityFiles = [await keyFile(wrong.private), await keyFile(right.private)]
    expect(await login(server, { identityFiles })).toBeUndefined()
    expect(server.offeredKeys).toEqual([blob(wrong), blob(right)])
  })

  it('are named where none lets in, with what to do', async () => {
    const server = await startSshServer()
    const file = await keyFile(aKeyPair().private)
    const error = await login(server, { identityFiles: [file], user: 'root' })
    expect(error?.code).toBe('unauthorized')
    expect(error?.message).toContain(`authentication: it refused ${file.path}; it takes publickey`)
    expect(error?.remedy).toContain(`ssh-copy-id -p ${server.port} root@127.0.0.1`)
  })

  it('that are missing or broken are said so where somebody named them', async () => {
    const server = await startSshServer()
    const missing: IdentityFile = { path: '/no/such/key', from: 'endpoint' }
    const usual: IdentityFile = { path: '/no/such/default', from: 'default' }
    const broken = await keyFile('-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n')
    const error = await login(server, { identityFiles: [missing, usual, broken] })
    expect(error?.message).toContain('there is no key to offer')
    expect(error?.message).toContain('/no/such/key does not exist')
    expect(error?.message).toContain(`${broken.path} cannot be used: `)
    expect(error?.message).not.toContain('/no/such/default')
    expect(error?.remedy).toContain('ssh-add')
  })

  it('are no use where the host takes passwords only, which it says', async () => {
    const server = await startSshServer({ methods: ['password'] })
    const host = { identityFiles: [await keyFile(userKey.private)] }
    const error = await login(server, host)
    expect(error?.code).toBe('unauthorized')
    expect(error?.message).toContain('it takes password; the password was not given')
    expect(error?.remedy).toContain('to be asked again')
    const forbidden = await login(server, { ...host, loginMethods: ['publickey'] })
    expect(forbidden?.remedy).toContain('PubkeyAuthentication yes')
  })

  it('brings the notes on the configuration into the failure', async () => {
    const server = await startSshServer({ authorized: [] })
    const error = await login(server, { notes: ['CertificateFile in ~/.ssh/config is not followed'] })
    expect(error?.message).toContain('CertificateFile in ~/.ssh/config is not followed')
  })
})

describe('certificates', () => {
  it('beside a key are named where the key alone does not let in', async () => {
    const server = await startSshServer({ authorized: [] })
    const file = await keyFile(userKey.private)
    await write(`${file.path}-cert.pub`, 'ssh-ed25519-cert-v01@openssh.com AAAA')
    expect((await login(server, { identityFiles: [file] }))?.message).toContain(
      `${file.path}-cert.pub is not used: certificates are not supported`,
    )
  })
})

describe('keys in PKCS#8', () => {
  const kinds = { rsa: { modulusLength: 2048 }, ec: { namedCurve: 'prime256v1' }, ed25519: {} } as const
  const cipher = { cipher: 'aes-256-cbc', passphrase: 'open sesame' } as const

  /** The private key as a PEM, and the public one as SSH has it. */
  function pkcs8(kind: keyof typeof kinds, encryption: Partial<typeof cipher> = {}) {
    const { privateKey } = generateKeyPairSync(kind as 'rsa', kinds[kind] as { modulusLength: number })
    const plain = parsePkcs8(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
    if (plain instanceof Error) throw plain
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem', ...encryption }).toString()
    return { pem, public: `${plain.type} ${plain.getPublicSSH().toString('base64')}` }
  }

  it.each(['rsa', 'ec', 'ed25519'] as const)('let in with %s, plain and encrypted', async (kind) => {
    for (const encryption of [{}, cipher]) {
      const key = pkcs8(kind, encryption)
      const server = await startSshServer({ authorized: [key.public] })
      const prompts = new Prompts({ passphrase: 'open sesame' })
      expect(await login(server, { identityFiles: [await keyFile(key.pem)] }, { prompts })).toBeUndefined()
      expect(prompts.asked).toHaveLength('cipher' in encryption ? 1 : 0)
    }
  })

  it('are what openssl and ssh-keygen read them to be', async () => {
    const path = join(await temporaryFolder(), 'key')
    execFileSync('openssl', ['genpkey', '-algorithm', 'ed25519', '-out', path], { stdio: 'pipe' })
    const der = execFileSync('openssl', ['pkey', '-in', path, '-pubout', '-outform', 'DER'])
    const file = await readKeyFile(path)
    if (file.kind !== 'plain') throw new Error(file.kind)
    // The last 32 bytes of both are the public key.
    expect(file.publicKey.getPublicSSH().subarray(-32)).toEqual(der.subarray(-32))
  })

  it('say that the passphrase is wrong, and what kind is none of SSH’s', async () => {
    const key = pkcs8('rsa', cipher)
    const server = await startSshServer({ authorized: [key.public] })
    const prompts = new Prompts({ passphrase: 'wrong' })
    const error = await login(server, { identityFiles: [await keyFile(key.pem)] }, { prompts })
    expect(error?.message).toContain('is wrong')
    const { privateKey } = generateKeyPairSync('x25519')
    const other = await keyFile(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
    expect((await login(server, { identityFiles: [other] }))?.message).toContain('SSH has no keys of the type x25519')
  })
})

describe('security keys', () => {
  it('are refused by name where nothing else lets in', async () => {
    const field = (text: string | Buffer) => {
      const length = Buffer.alloc(4)
      length.writeUInt32BE(text.length)
      return Buffer.concat([length, Buffer.from(text)])
    }
    const publicKey = Buffer.concat([field('sk-ssh-ed25519@openssh.com'), field(Buffer.alloc(32)), field('ssh:')])
    const one = Buffer.from([0, 0, 0, 1])
    const blob = ['openssh-key-v1\0', field('none'), field('none'), field(''), one, field(publicKey), field('')]
    const base64 = Buffer.concat(blob.map((part) => Buffer.from(part))).toString('base64')
    const pem = `-----BEGIN OPENSSH PRIVATE KEY-----\n${base64}\n-----END OPENSSH PRIVATE KEY-----\n`
    const server = await startSshServer()
    const error = await login(server, { identityFiles: [await keyFile(pem, 'default', 'id_ed25519_sk')] })
    expect(error?.message).toContain(
      'id_ed25519_sk cannot be used: it belongs to a security key (sk-ssh-ed25519@openssh.com)',
    )
  })
})

describe('encrypted keys', () => {
  it.each(['ed25519', 'rsa'] as const)('are opened with a passphrase that is asked for once (%s)', async (type) => {
    const key = aKeyPair(type, 'open sesame')
    const server = await startSshServer({ authorized: [key.public] })
    const file = await keyFile(key.private)
    const prompts = new Prompts({ passphrase: 'open sesame' })
    const unlocked = new UnlockedKeys(prompts)
    expect(await login(server, { identityFiles: [file] }, { prompts, unlocked })).toBeUndefined()
    expect(await login(server, { identityFiles: [file] }, { prompts, unlocked })).toBeUndefined()
    expect(prompts.asked).toEqual([file.path])
  })

  it('are not asked for where the host would not take them', async () => {
    const server = await startSshServer()
    const prompts = new Prompts({ passphrase: 'open sesame' })
    const identityFiles = [await keyFile(aKeyPair('ed25519', 'open sesame').private), await keyFile(userKey.private)]
    expect(await login(server, { identityFiles }, { prompts })).toBeUndefined()
    expect(prompts.asked).toEqual([])
  })

  it('say that the passphrase is wrong, and are asked for again next time', async () => {
    const key = aKeyPair('ed25519', 'open sesame')
    const server = await startSshServer({ authorized: [key.public] })
    const file = await keyFile(key.private)
    const prompts = new Prompts({ passphrase: 'wrong' })
    const unlocked = new UnlockedKeys(prompts)
    const error = await login(server, { identityFiles: [file] }, { prompts, unlocked })
    expect(error?.code).toBe('unauthorized')
    expect(error?.message).toContain(`The passphrase for ${file.path} is wrong`)
    expect(prompts.asked).toHaveLength(1)
    await login(server, { identityFiles: [file] }, { prompts, unlocked })
    expect(prompts.asked).toHaveLength(2)
  })

  it('say that the passphrase was not given, and the next key is tried', async () => {
    const key = aKeyPair('ed25519', 'open sesame')
    const server = await startSshServer({ authorized: [key.public, userKey.public] })
    const [sealed, plain] = [await keyFile(key.private), await keyFile(userKey.private)]
    expect(await login(server, { identityFiles: [sealed, plain] })).toBeUndefined()
    const error = await login(server, { identityFiles: [sealed] })
    expect(error?.message).toContain('was not given')
  })

  it('in the older format are offered before asking where the public half lies beside them', async () => {
    const folder = await temporaryFolder()
    const path = join(folder, 'id_rsa')
    execFileSync('ssh-keygen', ['-q', '-t', 'rsa', '-b', '2048', '-m', 'PEM', '-N', 'open sesame', '-f', path])
    const server = await startSshServer()
    const prompts = new Prompts({ passphrase: 'open sesame' })
    const identityFiles: IdentityFile[] = [{ path, from: 'config' }]
    await login(server, { identityFiles }, { prompts })
    expect(server.offeredKeys).toHaveLength(1)
    expect(prompts.asked).toEqual([])
    // Without it there is no other way than to ask first.
    await rm(`${path}.pub`)
    const error = await login(server, { identityFiles }, { prompts })
    expect(error?.message).toContain(`it refused ${path}`)
    expect(server.offeredKeys).toHaveLength(2)
    expect(prompts.asked).toEqual([path])
    const sealed = await login(server, { identityFiles }, { prompts: new Prompts({ passphrase: 'wrong' }) })
    expect(sealed?.message).toContain(`The passphrase for ${path} is wrong`)
    expect(server.offeredKeys).toHaveLength(2)
  })

  it('wait for the person, not for the deadline, and ask once for all hosts at the same time', async () => {
    const key = aKeyPair('ed25519', 'open sesame')
    const servers = await Promise.all([1, 2, 3].map(() => startSshServer({ authorized: [key.public] })))
    const identityFiles = [await keyFile(key.private)]
    const prompts = new Prompts({
      passphrase: async () => {
        await new Promise((resolve) => setTimeout(resolve, 1_500))
        return 'open sesame'
      },
    })
    const unlocked = new UnlockedKeys(prompts)
    const results = await Promise.all(
      servers.map((server) => login(server, { identityFiles }, { prompts, unlocked, deadlineMs: 1_200 })),
    )
    expect(results).toEqual([undefined, undefined, undefined])
    expect(prompts.asked).toHaveLength(1)
  })
})

describe('the agent', () => {
  it.each(['ed25519', 'rsa'] as const)('lets in with a key of its own (%s)', async (type) => {
    const key = aKeyPair(type)
    const [server, agent] = [await startSshServer({ authorized: [key.public] }), await startAgent([aKeyPair(), key])]
    expect(await login(server, { agent: agent.path })).toBeUndefined()
    expect(agent.signed).toHaveLength(1)
  })

  it('comes before files, but a file that was named for the host comes before the agent', async () => {
    const [mine, other, named, configured] = [aKeyPair(), aKeyPair(), aKeyPair(), aKeyPair()]
    const [server, agent] = [await startSshServer({ authorized: [] }), await startAgent([other, mine])]
    const identityFiles = [
      await keyFile(named.private, 'endpoint'),
      await keyFile(configured.private, 'config'),
      await keyFile(mine.private, 'config'),
    ]
    await login(server, { agent: agent.path, identityFiles })
    expect(server.offeredKeys).toEqual([mine, named, other, configured].map(blob))
  })

  it('is asked only for the keys of the identity files where IdentitiesOnly says so', async () => {
    const [mine, other] = [aKeyPair(), aKeyPair()]
    const [server, agent] = [await startSshServer({ authorized: [] }), await startAgent([other, mine])]
    const publicFile = await keyFile(mine.public)
    await login(server, { agent: agent.path, identitiesOnly: true, identityFiles: [publicFile] })
    expect(server.offeredKeys).toEqual([blob(mine)])
  })

  it('spares the passphrase of a file whose key it holds', async () => {
    const key = aKeyPair()
    const agent = await startAgent([key])
    const folder = await temporaryFolder()
    await write(join(folder, 'id'), key.private, 0o600)
    execFileSync('ssh-keygen', ['-q', '-p', '-P', '', '-N', 'open sesame', '-f', join(folder, 'id')])
    const server = await startSshServer({ authorized: [key.public] })
    const prompts = new Prompts({ passphrase: 'open sesame' })
    const identityFiles: IdentityFile[] = [{ path: join(folder, 'id'), from: 'endpoint' }]
    expect(await login(server, { agent: agent.path, identityFiles }, { prompts })).toBeUndefined()
    expect(prompts.asked).toEqual([])
  })

  it('may refuse to sign: the next key is tried, and the failure says so', async () => {
    const [held, file] = [aKeyPair(), await keyFile(userKey.private)]
    const server = await startSshServer({ authorized: [held.public, userKey.public] })
    const agent = await startAgent([held], { refusesToSign: true })
    expect(await login(server, { agent: agent.path, identityFiles: [file] })).toBeUndefined()
    expect((await login(server, { agent: agent.path }))?.message).toContain('The agent did not sign')
  })

  it('may take its time to sign, for it asks its owner', async () => {
    const server = await startSshServer()
    const agent = await startAgent([userKey], { signsAfterMs: 1_000 })
    expect(await login(server, { agent: agent.path }, { deadlineMs: 800 })).toBeUndefined()
  })

  it('that holds no keys says so', async () => {
    const [server, agent] = [await startSshServer(), await startAgent([])]
    expect((await login(server, { agent: agent.path }))?.message).toContain(`the agent at ${agent.path} holds no keys`)
  })

  it('that holds keys which are not supported has them named', async () => {
    const path = join(await temporaryFolder(), 'agent.sock')
    const field = (text: string) => {
      const length = Buffer.alloc(4)
      length.writeUInt32BE(text.length)
      return Buffer.concat([length, Buffer.from(text)])
    }
    const blobs = ['sk-ssh-ed25519@openssh.com', 'ssh-ed25519-cert-v01@openssh.com'].map((type) => field(type))
    const list = blobs.flatMap((key) => [field(key.toString('latin1')), field('a comment')])
    const answer = field(Buffer.concat([Buffer.from([12, 0, 0, 0, 2]), ...list]).toString('latin1'))
    await listen(path, (socket) => socket.on('data', () => socket.write(answer)))
    const error = await login(await startSshServer(), { agent: path })
    expect(error?.message).toContain(
      'the agent holds keys of types that are not supported (sk-ssh-ed25519@openssh.com, ssh-ed25519-cert-v01@openssh.com)',
    )
  })

  it('that is gone costs nothing but a word', async () => {
    const server = await startSshServer()
    expect(await login(server, { agent: '/no/agent', identityFiles: [await keyFile(userKey.private)] })).toBeUndefined()
    const error = await login(server, { agent: '/no/agent' })
    expect(describeError(error)).toContain('the agent at /no/agent does not answer')
  })

  it('that never answers costs a wait, not the connection', async () => {
    const path = join(await temporaryFolder(), 'agent.sock')
    await listen(path, () => undefined)
    const server = await startSshServer()
    const identityFiles = [await keyFile(userKey.private)]
    expect(await login(server, { agent: path, identityFiles }, { deadlineMs: 2_000 })).toBeUndefined()
  }, 15_000)
})
