import { describe, expect, it } from 'vitest'
import { parseMachineConfig } from '../../../../src/core/machine/machine-config'
import { targetsOfMachine } from '../../../../src/core/machine/machine-targets'
import { aConfigFile, aMaster } from './samples'

const tls = { ca: '/s/ca.pem', cert: '/s/cert.pem', key: '/s/key.pem' }

function targets(over: Parameters<typeof aConfigFile>[0] = {}) {
  const config = parseMachineConfig(aConfigFile(over))
  return targetsOfMachine({ name: 'master', config, store: '/s', tls, sshKey: '/s/id_rsa' })
}

describe('targetsOfMachine', () => {
  it('tries TLS with the store’s certificates first, then SSH with the store’s key and no other', () => {
    const [target, ...more] = targets()
    expect(more).toEqual([])
    expect(target).toMatchObject({
      ...{ id: 'docker-machine:master', name: 'master', source: 'docker-machine', isDisabled: false },
      endpoint: { kind: 'tls', host: '10.98.0.21', port: 2376, files: tls },
      otherEndpoints: [
        { kind: 'ssh', host: '10.98.0.21', port: 22, user: 'root', identityFiles: ['/s/id_rsa'], identitiesOnly: true },
      ],
      machine: { name: 'master', driver: 'generic', store: '/s' },
    })
  })

  it('adds the manager of a classic Swarm: the same address and files on its own port', () => {
    const [, manager] = targets({ Swarm: aMaster })
    expect(manager).toMatchObject({
      ...{ id: 'docker-machine:master/swarm', name: 'master (swarm)' },
      endpoint: { kind: 'tls', host: '10.98.0.21', port: 3376, files: tls },
    })
    expect(manager?.otherEndpoints).toBeUndefined()
  })

  it('adds none for an agent, nor for a machine without Swarm, though its options name a port', () => {
    expect(targets({ Swarm: { ...aMaster, Master: false } })).toHaveLength(1)
    expect(targets({ Swarm: { Master: true } })).toHaveLength(1)
  })

  it('takes driver none by its URL: TLS but on the plain port, and without SSH', () => {
    const none = (URL: string) => targets({ driver: 'none', Driver: { URL, IPAddress: '10.98.0.11:2376' } })[0]
    expect(none('tcp://10.98.0.11:2376')?.endpoint).toEqual({ kind: 'tls', host: '10.98.0.11', port: 2376, files: tls })
    expect(none('tcp://10.98.0.11:2375')?.endpoint).toEqual({ kind: 'tcp', host: '10.98.0.11', port: 2375 })
    expect(none('tcp://10.98.0.11:2376')?.otherEndpoints).toBeUndefined()
    expect(none('nonsense')?.endpoint).toMatchObject({
      kind: 'none',
      reason: expect.stringMatching(/^The address of the machine master cannot be used/) as string,
    })
  })

  it('shows a machine without an address, with the reason and where to look', () => {
    expect(targets({ Driver: { IPAddress: '' } })[0]?.endpoint).toEqual({
      kind: 'none',
      reason: expect.stringMatching(
        /has no address of master \(driver generic\).*docker-machine status master/,
      ) as string,
    })
  })

  it('reaches VirtualBox’ machines by the port that it forwards', () => {
    const Driver = { IPAddress: '192.168.99.100', SSHPort: 51234, SSHUser: 'docker' }
    const [target] = targets({ driver: 'virtualbox', Driver })
    expect(target?.endpoint).toMatchObject({ host: '192.168.99.100' })
    expect(target?.otherEndpoints).toMatchObject([{ host: '127.0.0.1', port: 51234, user: 'docker' }])
  })

  it('leaves it to the user’s own keys where the machine has none', () => {
    const config = parseMachineConfig(aConfigFile())
    const [target] = targetsOfMachine({ name: 'master', config, store: '/s', tls })
    expect(target?.otherEndpoints).toEqual([{ kind: 'ssh', host: '10.98.0.21', port: 22, user: 'root' }])
  })
})
