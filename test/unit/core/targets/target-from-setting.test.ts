import { describe, expect, it } from 'vitest'
import { targetFromSetting } from '../../../../src/core/targets/target-from-setting'

describe('targetFromSetting', () => {
  it('reads an SSH host with its key', () => {
    const setting = { name: 'tolkewitz', url: 'ssh://root@10.0.0.1', identityFile: '~/.ssh/lab' }
    expect(targetFromSetting(setting, 0).target).toEqual({
      id: 'settings:tolkewitz',
      name: 'tolkewitz',
      endpoint: { kind: 'ssh', user: 'root', host: '10.0.0.1', identityFiles: ['~/.ssh/lab'] },
      source: 'settings',
      isDisabled: false,
    })
  })

  it('reads a TLS host and one that is disabled', () => {
    const tls = { ca: '/c/ca.pem', cert: '/c/cert.pem', key: '/c/key.pem', skipVerify: true }
    expect(targetFromSetting({ name: 'a', url: 'tcp://a', tls }, 0).target?.endpoint).toEqual({
      kind: 'tls',
      host: 'a',
      port: 2376,
      files: tls,
    })
    expect(targetFromSetting({ name: 'a', url: 'tcp://a', isDisabled: true }, 0).target?.isDisabled).toBe(true)
  })

  it.each([
    [null, 'swarmNetworks.hosts[3] must be an object.'],
    ['ssh://h', 'swarmNetworks.hosts[3] must be an object.'],
    [{ url: 'ssh://h' }, 'swarmNetworks.hosts[3].name is missing.'],
    [{ name: ' ', url: 'ssh://h' }, 'swarmNetworks.hosts[3].name must not be empty.'],
    [{ name: 7, url: 'ssh://h' }, 'swarmNetworks.hosts[3].name must be a text.'],
    [{ name: 'a' }, 'swarmNetworks.hosts[3].url is missing.'],
    [{ name: 'a', url: 'ssh://h', isDisabled: 'no' }, 'swarmNetworks.hosts[3].isDisabled must be true or false.'],
    [{ name: 'a', url: 'ssh://h', password: 'x' }, 'swarmNetworks.hosts[3].password is not known: "password".'],
    [{ name: 'a', url: 'tcp://h', tls: true }, 'swarmNetworks.hosts[3].tls must be an object.'],
    [{ name: 'a', url: 'tcp://h', tls: { ca: 1 } }, 'swarmNetworks.hosts[3].tls.ca must be a text.'],
    [{ name: 'a', url: 'tcp://h', tls: { cert: '/c' } }, 'needs both "tls.cert" and "tls.key"'],
    [{ name: 'a', url: 'tcp://h', identityFile: '/k' }, 'which only ssh:// can use'],
    [{ name: 'a', url: 'ssh://h', tls: {} }, 'not with ssh://'],
    [{ name: 'a', url: 'ssh://h:x' }, 'swarmNetworks.hosts[3].url: The ssh:// URL cannot be used: the port "x"'],
  ])('says what is wrong with %j', (setting, problem) => {
    const reading = targetFromSetting(setting, 3)
    expect(reading.target).toBeUndefined()
    expect(reading.problem).toContain(problem)
  })
})
