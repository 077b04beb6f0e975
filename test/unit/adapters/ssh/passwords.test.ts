import { describe, expect, it } from 'vitest'
import { openSshConnection } from '../../../../src/adapters/ssh/handshake'
import { loginMethods } from '../../../../src/adapters/ssh/login-methods'
import { Passwords } from '../../../../src/adapters/ssh/passwords'
import type { SshHost } from '../../../../src/adapters/ssh/ssh-host'
import { UnlockedKeys } from '../../../../src/adapters/ssh/unlocked-keys'
import type { SwarmNetworksError } from '../../../../src/core/errors'
import { aHome, aLog, Prompts, startSshServer, type SshServer, type SshServerOptions } from './ssh-server'

/** One session: what it was told it knows until its end. */
async function aSession(server: SshServer, prompts: Prompts, host: Partial<SshHost> = {}) {
  const home = await aHome()
  await home.knows(server.port)
  const secrets = { unlocked: new UnlockedKeys(prompts), passwords: new Passwords(prompts) }
  const context = { prompts, ...secrets, log: aLog(), deadlineMs: 5_000 }
  return async (): Promise<SwarmNetworksError | undefined> => {
    try {
      const { signal } = new AbortController()
      ;(await openSshConnection(home.host(server.port, host), { context }, signal)).close()
      return undefined
    } catch (error) {
      return error as SwarmNetworksError
    }
  }
}

const byPassword: SshServerOptions = { methods: ['publickey', 'password'], authorized: [], password: 'rose' }
const hidden = { prompt: 'Password: ', echo: false }

describe('a password', () => {
  it('is asked for when no key lets in, once for the session', async () => {
    const server = await startSshServer(byPassword)
    const prompts = new Prompts({ passwords: ['rose'] })
    const connect = await aSession(server, prompts)
    expect([await connect(), await connect()]).toEqual([undefined, undefined])
    expect(prompts.asked).toEqual([{ user: 'me', host: 'tolkewitz', port: server.port }])
    expect(server.offeredKeys).toHaveLength(2)
  })

  it('is not asked for where a key lets in', async () => {
    const server = await startSshServer({ methods: ['publickey', 'password', 'keyboard-interactive'] })
    const prompts = new Prompts()
    expect(await (await aSession(server, prompts))()).toBeUndefined()
    expect(prompts.asked).toEqual([])
  })

  it('that is wrong is sent once, and forgotten', async () => {
    const server = await startSshServer(byPassword)
    const prompts = new Prompts({ passwords: ['lily', 'rose'] })
    const connect = await aSession(server, prompts)
    const error = await connect()
    expect(error).toMatchObject({ code: 'unauthorized', host: 'tolkewitz' })
    expect(error?.message).toContain('it refused the password')
    expect(error?.remedy).toContain('connect again')
    expect(server.passwords).toEqual(['lily'])
    expect(await connect()).toBeUndefined()
    expect(prompts.asked).toHaveLength(2)
  })

  it('that the host hangs up on is a refusal, so that nobody tries again by itself', async () => {
    const server = await startSshServer({ ...byPassword, hangsUp: true })
    const connect = await aSession(server, new Prompts({ passwords: ['lily', 'rose'] }))
    expect(await connect()).toMatchObject({ code: 'unauthorized' })
    expect(await connect()).toBeUndefined()
    expect(server.passwords).toEqual(['lily', 'rose'])
  })

  it('that is not given is not sent', async () => {
    const server = await startSshServer(byPassword)
    const error = await (await aSession(server, new Prompts()))()
    expect(error).toMatchObject({ code: 'unauthorized' })
    expect(error?.message).toContain('the password was not given')
    expect(server.passwords).toEqual([])
  })

  it('is not asked for where the SSH configuration forbids it', async () => {
    const server = await startSshServer(byPassword)
    const prompts = new Prompts({ passwords: ['rose'] })
    expect(await (await aSession(server, prompts, { loginMethods: ['publickey'] }))()).toMatchObject({
      code: 'unauthorized',
    })
    expect(prompts.asked).toEqual([])
  })
})

describe('questions of the host', () => {
  const methods = ['keyboard-interactive', 'password'] as const

  it('for the password are not asked twice, in one way and then in the other', async () => {
    const talk = [{ questions: [hidden], answers: ['rose'] }]
    const server = await startSshServer({ methods, talk, password: 'rose' })
    const prompts = new Prompts({ passwords: ['lily', 'rose'] })
    const connect = await aSession(server, prompts)
    expect((await connect())?.message).toContain('it refused the password')
    expect(server.passwords).toEqual([])
    expect([await connect(), await connect()]).toEqual([undefined, undefined])
    expect(prompts.asked).toHaveLength(2)
  })

  it('come in rounds, in the host’s own words but without its control characters', async () => {
    const code = { prompt: '\u001b[31mCode:', echo: true }
    const server = await startSshServer({
      methods,
      talk: [
        { questions: [hidden], answers: ['rose'] },
        { questions: [code, hidden], answers: ['123', '456'] },
      ],
    })
    const prompts = new Prompts({ passwords: ['rose'], answers: ['123', '456'] })
    expect(await (await aSession(server, prompts))()).toBeUndefined()
    expect(prompts.asked[1]).toEqual({
      user: 'me',
      host: 'tolkewitz',
      port: server.port,
      instructions: 'Two factors Have it at hand.',
      questions: [
        { text: 'Code:', isHidden: false },
        { text: 'Password:', isHidden: true },
      ],
    })
  })

  it('that nobody answers end the login at once', async () => {
    const server = await startSshServer({ methods, talk: [{ questions: [{ prompt: 'Code' }], answers: ['1'] }] })
    const started = performance.now()
    const error = await (await aSession(server, new Prompts({ passwords: ['rose'] })))()
    expect(error).toMatchObject({ code: 'unauthorized' })
    expect(error?.message).toContain('was not answered')
    expect(performance.now() - started).toBeLessThan(3_000)
    expect(server.passwords).toEqual([])
  })

  it('that are announced and never come leave the password', async () => {
    const server = await startSshServer({ methods, password: 'rose' })
    expect(await (await aSession(server, new Prompts({ passwords: ['rose'] })))()).toBeUndefined()
  })
})

describe('loginMethods', () => {
  const methods = (config: Readonly<Record<string, string>>) => loginMethods((keyword) => config[keyword])

  it.each([
    [{}, ['publickey', 'keyboard-interactive', 'password']],
    [{ batchmode: 'yes' }, ['publickey']],
    [{ passwordauthentication: 'no' }, ['publickey', 'keyboard-interactive']],
    [{ challengeresponseauthentication: 'no', passwordauthentication: 'No' }, ['publickey']],
    [{ pubkeyauthentication: 'no' }, ['keyboard-interactive', 'password']],
    [{ preferredauthentications: 'gssapi-with-mic,password,publickey' }, ['password', 'publickey']],
  ])('reads %j', (config, expected) => {
    expect(methods(config)).toEqual(expected)
  })
})
