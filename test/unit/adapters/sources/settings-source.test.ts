import { describe, expect, it } from 'vitest'
import { SettingsSource, readHostSetting } from '../../../../src/adapters/sources/settings-source'
import { aMachine } from './temporary-folder'

const sourceOf = (value: unknown, machine = aMachine()) =>
  new SettingsSource({ get: () => value, onDidChange: () => ({ dispose: () => undefined }) }, machine)

describe('SettingsSource', () => {
  it('reads hosts in order and expands the home folder', async () => {
    const reading = await sourceOf([
      { name: 'a', url: 'ssh://root@a', identityFile: '~/.ssh/lab' },
      { name: 'b', url: 'tcp://b', tls: { ca: '~/b/ca.pem', cert: '/b/cert.pem', key: '~/b/key.pem' } },
      { name: 'c', url: 'unix:///c.sock', isDisabled: true },
    ]).read()
    expect(reading.problems).toEqual([])
    expect(reading.targets.map(({ endpoint }) => endpoint)).toEqual([
      { kind: 'ssh', user: 'root', host: 'a', identityFiles: ['/home/me/.ssh/lab'] },
      {
        kind: 'tls',
        host: 'b',
        port: 2376,
        files: { ca: '/home/me/b/ca.pem', cert: '/b/cert.pem', key: '/home/me/b/key.pem' },
      },
      { kind: 'unix', path: '/c.sock' },
    ])
    expect(reading.targets.map(({ isDisabled }) => isDisabled)).toEqual([false, false, true])
  })

  it('takes Windows paths on Windows', async () => {
    const identityFile = String.raw`C:\keys\lab`
    const setting = [{ name: 'a', url: 'ssh://a', identityFile }]
    const windows = aMachine({ platform: 'win32', home: String.raw`C:\Users\me` })
    const [target] = (await sourceOf(setting, windows).read()).targets
    expect(target?.endpoint).toEqual({ kind: 'ssh', host: 'a', identityFiles: [identityFile] })
    expect((await sourceOf(setting).read()).problems[0]).toContain('must be an absolute path')
  })

  it('keeps the good entries beside the bad ones, and says what is wrong with each', async () => {
    const reading = await sourceOf([
      'x',
      { name: 'a', url: 'tcp://a' },
      { name: 'a', url: 'tcp://other' },
      { name: 'k', url: 'ssh://k', identityFile: 'id_rsa' },
      { name: 'b', url: 'tcp://b' },
    ]).read()
    expect(reading.targets.map(({ name }) => name)).toEqual(['a', 'b'])
    expect(reading.problems).toEqual([
      'swarmNetworks.hosts[0] must be an object.',
      'swarmNetworks.hosts[2] is left out: another entry is named "a" already.',
      'swarmNetworks.hosts[3]: "id_rsa" must be an absolute path or begin with ~/.',
    ])
  })

  it('is empty without a value, and complains about one that is no list', async () => {
    expect(await sourceOf(undefined).read()).toEqual({ targets: [], problems: [] })
    expect((await sourceOf({ a: 1 }).read()).problems).toHaveLength(1)
  })

  it('passes changes on until it is let go', () => {
    const listeners = new Set<() => void>()
    const setting = {
      get: () => [],
      onDidChange: (listener: () => void) => {
        listeners.add(listener)
        return { dispose: () => void listeners.delete(listener) }
      },
    }
    let changes = 0
    const subscription = new SettingsSource(setting, aMachine()).onDidChange(() => changes++)
    for (const listener of listeners) listener()
    subscription.dispose()
    for (const listener of listeners) listener()
    expect(changes).toBe(1)
  })
})

describe('readHostSetting', () => {
  it('reads an entry before it is saved as it will be read afterwards', () => {
    const entry = { name: 'a', url: 'ssh://a', identityFile: '~/.ssh/a' }
    expect(readHostSetting(entry, 0, aMachine()).target?.endpoint).toMatchObject({
      identityFiles: [`${aMachine().home}/.ssh/a`],
    })
    expect(readHostSetting({ ...entry, identityFile: 'keys/a' }, 3, aMachine())).toEqual({
      problem: 'swarmNetworks.hosts[3]: "keys/a" must be an absolute path or begin with ~/.',
    })
  })

  it('refuses a password in a URL and does not repeat it', () => {
    const { target, problem } = readHostSetting({ name: 'a', url: 'ssh://me:hunter2@a' }, 0, aMachine())
    expect(target).toBeUndefined()
    expect(problem).toContain('password')
    expect(problem).not.toContain('hunter2')
  })
})
