import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { LocalMachine } from '../../../../src/adapters/sources/local-machine'
import { sshFolders } from '../../../../src/adapters/ssh/ssh-config'
import { resolveSshHost, type SshEndpoint } from '../../../../src/adapters/ssh/ssh-host'
import { aMachine, temporaryFolder, write } from '../sources/temporary-folder'

async function resolve(config: string, endpoint: Partial<SshEndpoint> = {}, machine: Partial<LocalMachine> = {}) {
  const home = await temporaryFolder()
  await write(join(home, '.ssh/config'), config)
  const folders = { machine: aMachine({ home, ...machine }), user: join(home, '.ssh'), system: join(home, 'etc') }
  const host = await resolveSshHost({ kind: 'ssh', host: 'tolkewitz', ...endpoint }, folders)
  return { ...host, home }
}

describe('resolveSshHost', () => {
  it('has SSH’s defaults', async () => {
    const { home, ...host } = await resolve('')
    expect(host).toEqual({
      alias: 'tolkewitz',
      hostName: 'tolkewitz',
      port: 22,
      user: 'me',
      identityFiles: ['id_rsa', 'id_ecdsa', 'id_ecdsa_sk', 'id_ed25519', 'id_ed25519_sk'].map((name) => ({
        path: join(home, '.ssh', name),
        from: 'default',
      })),
      identitiesOnly: false,
      userKnownHosts: [join(home, '.ssh/known_hosts'), join(home, '.ssh/known_hosts2')],
      systemKnownHosts: [join(home, 'etc/ssh_known_hosts'), join(home, 'etc/ssh_known_hosts2')],
      hashKnownHosts: false,
      strictHostKeyChecking: 'ask',
      loginMethods: ['publickey', 'keyboard-interactive', 'password'],
      jumps: [],
      notes: [],
    })
  })

  it('adds what the configuration says, with tokens, variables and the home folder', async () => {
    const config = `
Host tolkewitz
  HostName %h.lab.example
  Port 2222
  User root
  IdentityFile ~/.ssh/%r@%h-%p
  IdentityFile %d/keys/%n
  IdentityFile "\${KEYS}/with a blank"
  IdentitiesOnly yes
  UserKnownHostsFile ~/kh1 ~/kh2
  GlobalKnownHostsFile none
  HashKnownHosts yes
  HostKeyAlias lab
  StrictHostKeyChecking accept-new
`
    const { home, ...host } = await resolve(config, {}, { env: { KEYS: '/keys' } })
    expect(host).toMatchObject({
      hostName: 'tolkewitz.lab.example',
      port: 2222,
      user: 'root',
      identityFiles: [
        { path: join(home, '.ssh/root@tolkewitz.lab.example-2222'), from: 'config' },
        { path: join(home, 'keys/tolkewitz'), from: 'config' },
        { path: '/keys/with a blank', from: 'config' },
      ],
      identitiesOnly: true,
      userKnownHosts: [join(home, 'kh1'), join(home, 'kh2')],
      systemKnownHosts: [],
      hashKnownHosts: true,
      hostKeyAlias: 'lab',
      strictHostKeyChecking: 'accept-new',
    })
  })

  it('tries no key but the endpoint’s where the endpoint says so', async () => {
    const host = await resolve('IdentityFile /configured\nIdentitiesOnly no\n', {
      identityFiles: ['/named'],
      identitiesOnly: true,
    })
    expect(host).toMatchObject({ identityFiles: [{ path: '/named', from: 'endpoint' }], identitiesOnly: true })
  })

  it('has what the endpoint says first', async () => {
    const config = 'Host tolkewitz\n  User root\n  Port 2222\n  IdentityFile /configured\n'
    const host = await resolve(config, { user: 'admin', port: 22, identityFiles: ['/named'] })
    expect(host).toMatchObject({
      user: 'admin',
      port: 22,
      identityFiles: [
        { path: '/named', from: 'endpoint' },
        { path: '/configured', from: 'config' },
      ],
    })
  })

  it('uses no identity file where the configuration says none', async () => {
    expect((await resolve('IdentityFile none\n')).identityFiles).toEqual([])
  })

  it.each([
    ['yes', 'yes'],
    ['ask', 'ask'],
    ['accept-new', 'accept-new'],
    ['no', 'accept-new'],
    ['off', 'accept-new'],
  ])('takes StrictHostKeyChecking %s for %s', async (value, strictness) => {
    expect((await resolve(`StrictHostKeyChecking ${value}\n`)).strictHostKeyChecking).toBe(strictness)
  })

  it('finds the agent as OpenSSH does', async () => {
    const env = { SSH_AUTH_SOCK: '/session', OTHER: '/other' }
    const agent = async (config: string, machine: Partial<LocalMachine> = { env }) =>
      (await resolve(config, {}, machine)).agent
    expect(await agent('')).toBe('/session')
    expect(await agent('', { env: {} })).toBeUndefined()
    expect(await agent('', { env: {}, platform: 'win32' })).toBe(String.raw`\\.\pipe\openssh-ssh-agent`)
    expect(await agent('', { env, platform: 'win32' })).toBe('/session')
    expect(await agent('IdentityAgent none\n')).toBeUndefined()
    expect(await agent('IdentityAgent SSH_AUTH_SOCK\n')).toBe('/session')
    expect(await agent('IdentityAgent $OTHER\n')).toBe('/other')
    expect(await agent('IdentityAgent $UNSET\n')).toBeUndefined()
    expect(await agent('IdentityAgent "/a folder/agent.sock"\n')).toBe('/a folder/agent.sock')
  })

  it('reads the hosts to go through', async () => {
    expect((await resolve('ProxyJump root@a:2222, ssh://b\n')).jumps).toEqual([
      { kind: 'ssh', user: 'root', host: 'a', port: 2222 },
      { kind: 'ssh', host: 'b' },
    ])
    expect((await resolve('ProxyJump none\n')).jumps).toEqual([])
  })

  it('has the command that makes the way, as it stands there', async () => {
    const config = 'HostName inner\nProxyCommand ssh -o Tag="a b" -W [%h]:%p %r@jump # %% ${HOME}\n'
    expect((await resolve(config)).proxyCommand).toMatch(/^ssh -o Tag="a b" -W \[inner\]:22 me@jump/)
    expect(await resolve('ProxyCommand none\n')).not.toHaveProperty('proxyCommand')
    await expect(resolve('ProxyCommand nc %h\n', { host: 'a$(id)' })).rejects.toMatchObject({ code: 'invalid-input' })
  })

  it('puts names into ProxyJump', async () => {
    expect((await resolve('ProxyJump %r@jump-%n:2%p\n')).jumps).toEqual([
      { kind: 'ssh', user: 'me', host: 'jump-tolkewitz', port: 222 },
    ])
  })

  it.each([
    ['ServerAliveInterval 30', { intervalMs: 30_000, tries: 3 }],
    ['ServerAliveInterval 1m30s\nServerAliveCountMax 2', { intervalMs: 90_000, tries: 2 }],
    ['ServerAliveInterval 0', undefined],
    ['ServerAliveInterval soon', undefined],
  ])('asks for signs of life as %j says', async (config, expected) => {
    expect((await resolve(`${config}\n`)).keepAlive).toEqual(expected)
  })

  it.each([
    ['ConnectTimeout 4', 4_000],
    ['ConnectTimeout 1m', 60_000],
    ['ConnectTimeout 0', undefined],
    ['ConnectTimeout none', undefined],
  ])('waits for a host as long as %j says', async (config, expected) => {
    expect((await resolve(`${config}\n`)).connectTimeoutMs).toBe(expected)
  })

  it('names the revoked keys', async () => {
    expect(await resolve('RevokedHostKeys /etc/revoked\n')).toMatchObject({ revokedHostKeys: '/etc/revoked' })
    expect(await resolve('RevokedHostKeys none\n')).not.toHaveProperty('revokedHostKeys')
  })

  it('notes what it does not follow', async () => {
    const { notes } = await resolve('CertificateFile ~/.ssh/id-cert.pub\nForwardAgent yes\n')
    expect(notes).toEqual([expect.stringContaining('CertificateFile in ')])
  })

  it.each([
    ['Port 99999', 'Port "99999"'],
    ['ProxyJump a b', 'ProxyJump "a b"'],
    ['ProxyJump ssh://a/socket', 'names no SSH host'],
    ['IdentityFile /keys/%z', '"%z"'],
    ['IdentityFile ${UNSET}/k', '"${UNSET}"'],
  ])('says what is wrong with %s', async (config, part) => {
    await expect(resolve(`${config}\n`)).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining(part) as string,
    })
  })
})

describe('sshFolders', () => {
  it('follows the platform', () => {
    expect(sshFolders(aMachine())).toMatchObject({ user: '/home/me/.ssh', system: '/etc/ssh' })
    const env = { PROGRAMDATA: '/ProgramData' }
    expect(sshFolders(aMachine({ platform: 'win32', env })).system).toBe(String.raw`\ProgramData\ssh`)
  })
})
