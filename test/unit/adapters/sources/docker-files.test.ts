import { describe, expect, it } from 'vitest'
import { dockerConfigFolder, machineStore } from '../../../../src/adapters/sources/docker-files'
import { sshFolders } from '../../../../src/adapters/ssh/ssh-config'
import { aMachine } from './temporary-folder'

const home = String.raw`C:\Users\me`
const onWindows = (env: Readonly<Record<string, string>> = {}) => aMachine({ platform: 'win32', home, env })
const onMac = (env: Readonly<Record<string, string>> = {}) => aMachine({ platform: 'darwin', home: '/Users/me', env })

describe('Docker’s folders', () => {
  it('are where the docker command line and docker-machine have them, on each platform', () => {
    expect(dockerConfigFolder(onWindows())).toBe(String.raw`C:\Users\me\.docker`)
    expect(machineStore(onWindows())).toBe(String.raw`C:\Users\me\.docker\machine`)
    expect(dockerConfigFolder(onMac())).toBe('/Users/me/.docker')
    expect(machineStore(onMac())).toBe('/Users/me/.docker/machine')
  })

  it('are elsewhere where the environment says so; an empty variable says nothing', () => {
    const DOCKER_CONFIG = String.raw`D:\docker`
    expect(dockerConfigFolder(onWindows({ DOCKER_CONFIG }))).toBe(DOCKER_CONFIG)
    expect(dockerConfigFolder(onMac({ DOCKER_CONFIG: '~/cfg' }))).toBe('/Users/me/cfg')
    expect(dockerConfigFolder(onMac({ DOCKER_CONFIG: '' }))).toBe('/Users/me/.docker')
    expect(machineStore(onWindows({ MACHINE_STORAGE_PATH: String.raw`~\machines` }))).toBe(
      String.raw`C:\Users\me\machines`,
    )
    // docker-machine does not follow DOCKER_CONFIG (commands/mcndirs).
    expect(machineStore(onMac({ DOCKER_CONFIG: '/cfg' }))).toBe('/Users/me/.docker/machine')
  })

  it('of SSH are those of OpenSSH on each platform', () => {
    expect(sshFolders(onWindows({ PROGRAMDATA: String.raw`C:\ProgramData` }))).toMatchObject({
      user: String.raw`C:\Users\me\.ssh`,
      system: String.raw`C:\ProgramData\ssh`,
    })
    expect(sshFolders(onMac())).toMatchObject({ user: '/Users/me/.ssh', system: '/etc/ssh' })
  })
})
