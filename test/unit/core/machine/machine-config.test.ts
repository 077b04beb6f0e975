import { describe, expect, it } from 'vitest'
import { parseMachineConfig } from '../../../../src/core/machine/machine-config'
import { SwarmNetworksError } from '../../../../src/core/errors'
import { aConfigFile, aMaster } from './samples'

function failure(content: string): string {
  try {
    parseMachineConfig(content)
  } catch (error) {
    expect(SwarmNetworksError.is(error, 'invalid-input')).toBe(true)
    return (error as Error).message
  }
  throw new Error('It was read')
}

describe('parseMachineConfig', () => {
  it('reads what leads to the engine, and to its host', () => {
    expect(parseMachineConfig(aConfigFile())).toEqual({
      driver: 'generic',
      address: '10.98.0.21',
      enginePort: 2376,
      ssh: { user: 'root', port: 22, keyFile: '/home/user/.docker/machine/machines/master/id_rsa' },
      engineFlags: ['cluster-store=etcd://10.98.0.1:2379/dm'],
      engineLabels: ['site=master'],
    })
  })

  it('reads the swarm options of a master, not the driver’s own empty ones', () => {
    expect(parseMachineConfig(aConfigFile({ Swarm: aMaster })).swarm).toEqual({
      ...{ discovery: 'etcd://10.98.0.1:2379/dmswarm', isManager: true, isAgent: true },
      managerHost: 'tcp://0.0.0.0:3376',
    })
  })

  it('reads the URL of driver none, and of no other', () => {
    const Driver = {
      URL: 'tcp://10.98.0.11:2376',
      IPAddress: '10.98.0.11:2376',
      SSHUser: '',
      SSHPort: 0,
      EnginePort: 0,
    }
    expect(parseMachineConfig(aConfigFile({ driver: 'none', Driver }))).toMatchObject({ url: Driver.URL, ssh: {} })
    expect(parseMachineConfig(aConfigFile({ Driver })).url).toBeUndefined()
  })

  it('knows no address of a machine that has none yet', () => {
    expect(parseMachineConfig(aConfigFile({ Driver: { IPAddress: '' } })).address).toBeUndefined()
  })

  it.each([
    ['an empty file', '', 'it is empty'],
    ['a half-written file', aConfigFile().slice(0, 200), 'it is no complete JSON'],
    ['another JSON', '{"DriverName": "x"}', 'Driver is not what docker-machine writes there'],
    [
      'a wrong port',
      aConfigFile({ Driver: { SSHPort: '22' } }),
      'Driver.SSHPort is not what docker-machine writes there',
    ],
  ])('says what is wrong with %s, and repeats nothing of it', (_name, content, message) => {
    expect(failure(content)).toBe(message)
  })
})
