import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readSshConfig } from '../../../../src/adapters/ssh/ssh-config'
import { aMachine, temporaryFolder, write } from '../sources/temporary-folder'

/** Reads `config` (and further files, by their path below the home folder) for a host. */
async function read(config: string, query: { alias: string; user?: string }, files: Record<string, string> = {}) {
  const home = await temporaryFolder()
  const folders = { machine: aMachine({ home }), user: join(home, '.ssh'), system: join(home, 'etc') }
  for (const [path, text] of Object.entries({ '.ssh/config': config, ...files }))
    await write(join(home, path), text.replaceAll('HOME', home))
  const { values, notes } = await readSshConfig(query, folders)
  const flat = Object.fromEntries([...values].map(([k, list]) => [k, list.flatMap(({ args }) => args).join(' ')]))
  return { flat, notes, home }
}

describe('readSshConfig', () => {
  it('takes the first value obtained, in any case of letters, and gathers identity files', async () => {
    const config = `
HOST tolkewitz
  hostname 10.0.0.1
  IdentityFile ~/.ssh/one
  Port 2222
Host *.lab tolke*
  HostName 10.0.0.9
  User root
  IdentityFile ~/.ssh/two
  Port=22
Host * !tolkewitz
  User nobody
`
    const { flat } = await read(config, { alias: 'tolkewitz' })
    expect(flat).toEqual({ hostname: '10.0.0.1', identityfile: '~/.ssh/one ~/.ssh/two', port: '2222', user: 'root' })
    expect((await read(config, { alias: 'web' })).flat).toEqual({ user: 'nobody' })
  })

  it('matches the name as it was given, not the address behind it', async () => {
    const config = 'Host 10.*\n  User inner\nHost tolkewitz\n  HostName 10.0.0.1\n'
    expect((await read(config, { alias: 'tolkewitz' })).flat).toEqual({ hostname: '10.0.0.1' })
  })

  it('has the user’s file before the system’s', async () => {
    const files = { 'etc/ssh_config': 'Host *\n  User system\n  Port 2022\n' }
    expect((await read('Host *\n  User mine\n', { alias: 'h' }, files)).flat).toEqual({ user: 'mine', port: '2022' })
  })

  it('follows Include: at the top, below a Host, relative, absolute, with wildcards, nested', async () => {
    const config = `
Include conf.d/*.conf missing.conf
Include HOME/elsewhere/?.conf
Host web
  Include web-only
Host *
  User last
`
    const files = {
      '.ssh/conf.d/20.conf': 'Host tolkewitz\n  User included\n  Port 20\n',
      '.ssh/conf.d/10.conf': 'Host tolkewitz\n  Port 10\n',
      '.ssh/conf.d/.hidden.conf': 'Host *\n  Port 1\n',
      '.ssh/conf.d/30.txt': 'Host *\n  Port 2\n',
      '.ssh/web-only': 'User web\nHost other\n  User wrong\n',
      'elsewhere/a.conf': 'Include nested\n',
      '.ssh/nested': 'Host tolkewitz\n  HostName nested\n',
    }
    const { flat } = await read(config, { alias: 'tolkewitz' }, files)
    expect(flat).toEqual({ port: '10', user: 'included', hostname: 'nested' })
    expect((await read(config, { alias: 'web' }, files)).flat).toEqual({ user: 'web' })
    expect((await read(config, { alias: 'other' }, files)).flat).toEqual({ user: 'last' })
  })

  it('ends where files include each other', async () => {
    await expect(read('Include config\n', { alias: 'h' })).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('include each other') as string,
    })
  })

  it('judges Match by host, originalhost, user and localuser', async () => {
    const config = `
Host tolkewitz
  HostName 10.0.0.1
Match host 10.0.0.* user root
  Port 1
Match originalhost tolkewitz localuser me
  IdentityFile a
Match !host 10.*
  IdentityFile b
Match all
  IdentityFile c
`
    expect((await read(config, { alias: 'tolkewitz', user: 'root' })).flat).toMatchObject({
      port: '1',
      identityfile: 'a c',
    })
    const other = await read(config, { alias: 'web' })
    expect(other.flat).toEqual({ identityfile: 'b c' })
    expect(other.notes).toEqual([])
  })

  it('runs the command of Match exec, where what stands before it is met', async () => {
    const config = `
Match host web exec "touch HOME/ran && test %n-%h-%p-%r = web-web-22-me"
  User a
Match !exec "exit 1"
  Port 1
Match exec "exit 1"
  Port 2
`
    const { notes, flat, home } = await read(config, { alias: 'web' })
    expect(flat).toEqual({ user: 'a', port: '1' })
    expect(notes).toEqual([])
    expect(existsSync(join(home, 'ran'))).toBe(true)
    const other = await read(config, { alias: 'other' })
    expect(other.flat).toEqual({ port: '1' })
    expect(existsSync(join(other.home, 'ran'))).toBe(false)
  })

  it('puts no name into a command that is more than a name', async () => {
    const config = 'Match exec "test %h"\n  User a\n'
    for (const alias of ['a;id', '$(id)', '-oX', 'a b', 'a`id`'])
      await expect(read(config, { alias })).rejects.toMatchObject({ code: 'invalid-input' })
  })

  it('notes the criteria that it cannot judge, only where they would decide', async () => {
    const config = 'Match host web localnetwork 10.0.0.0/8\n  User a\nMatch !localnetwork 10.0.0.0/8\n  User b\n'
    const { notes, flat, home } = await read(config, { alias: 'web' })
    expect(flat).toEqual({})
    expect(notes).toEqual([
      `Match localnetwork in ${home}/.ssh/config is passed over`,
      `Match !localnetwork in ${home}/.ssh/config is passed over`,
    ])
    expect((await read(config, { alias: 'other' })).notes).toHaveLength(1)
  })

  it('reads again for Match final, with the name that was found', async () => {
    const config = `
Match final host inner
  Port 4
Host web
  HostName inner
  IdentityFile a
Match canonical all
  Port 5
`
    const { flat, notes } = await read(config, { alias: 'web' })
    expect(flat).toEqual({ hostname: 'inner', identityfile: 'a', port: '4' })
    expect(notes).toEqual([])
  })

  it('judges a Match by tag', async () => {
    const { flat } = await read('Host web\n  Tag far\nMatch tagged far\n  Port 4\n', { alias: 'web' })
    expect(flat).toMatchObject({ port: '4' })
  })

  it('lets the first of ProxyJump and ProxyCommand win', async () => {
    const jumpFirst = await read('ProxyJump a\nProxyCommand nc %h %p\n', { alias: 'h' })
    expect(jumpFirst.flat).toEqual({ proxyjump: 'a' })
    const commandFirst = await read('ProxyCommand none\nProxyJump a\n', { alias: 'h' })
    expect(commandFirst.flat).toEqual({ proxycommand: 'none' })
  })

  it('names a file that is not understood', async () => {
    await expect(read('Host "h\n  User a\n', { alias: 'h' })).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('.ssh/config is not understood') as string,
    })
  })

  it('is empty without files', async () => {
    const home = await temporaryFolder()
    const folders = { machine: aMachine({ home }), user: join(home, '.ssh'), system: join(home, 'etc') }
    const { values, notes } = await readSshConfig({ alias: 'h' }, folders)
    expect([...values]).toEqual([])
    expect(notes).toEqual([])
  })

  it('notes a file that cannot be read', async () => {
    const { notes } = await read('', { alias: 'h' }, { 'etc/ssh_config/is-a-folder': '' })
    expect(notes[0]).toMatch(/ssh_config cannot be read/)
  })
})
