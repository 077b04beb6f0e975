import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { DockerMachineSource } from '../../../../src/adapters/sources/docker-machine-source'
import { aConfigFile, aMaster } from '../../core/machine/samples'
import { aMachine, realClock, temporaryFolder, write } from './temporary-folder'

const live = () => new AbortController().signal

async function aStore() {
  const store = await temporaryFolder()
  const machine = aMachine({ home: '/nowhere', env: { MACHINE_STORAGE_PATH: store } })
  const source = new DockerMachineSource({ machine, clock: realClock })
  const add = async (name: string, config: string, files: readonly string[] = []) => {
    await write(join(store, 'machines', name, 'config.json'), config)
    for (const file of files) await write(join(store, 'machines', name, file), 'PEM')
  }
  return { store, source, add }
}

describe('DockerMachineSource', () => {
  it('reads every machine and the manager of a classic Swarm, by name', async () => {
    const { source, add } = await aStore()
    await add('master', aConfigFile({ Swarm: aMaster }))
    await add('agent', aConfigFile())
    const { targets, problems } = await source.read(live())
    expect(problems).toEqual([])
    expect(targets.map(({ id }) => id)).toEqual([
      'docker-machine:agent',
      'docker-machine:master',
      'docker-machine:master/swarm',
    ])
  })

  it('takes a machine’s own files, and the store’s where it has none, wherever the store was moved to', async () => {
    const { store, source, add } = await aStore()
    await add('master', aConfigFile(), ['ca.pem', 'cert.pem', 'id_rsa'])
    await write(join(store, 'certs/key.pem'), 'PEM')
    const own = (name: string) => join(store, 'machines/master', name)
    const [target] = (await source.read(live())).targets
    expect(target?.endpoint).toMatchObject({
      files: { ca: own('ca.pem'), cert: own('cert.pem'), key: join(store, 'certs/key.pem') },
    })
    expect(target?.otherEndpoints).toMatchObject([{ identityFiles: [own('id_rsa')] }])
  })

  it('gives the others where one is broken, and says which, in which file and why', async () => {
    const { store, source, add } = await aStore()
    await add('agent', aConfigFile())
    await add('half', aConfigFile().slice(0, 100))
    await mkdir(join(store, 'machines/empty'))
    await mkdir(join(store, 'machines/.hidden'))
    const { targets, problems } = await source.read(live())
    expect(targets.map(({ name }) => name)).toEqual(['agent'])
    expect(problems).toEqual([
      expect.stringMatching(/"empty".*machines.empty.config\.json cannot be used: there is no such file/),
      expect.stringMatching(/"half".*it is no complete JSON/),
    ])
  })

  it('is empty without a store', async () => {
    const machine = aMachine({ home: '/nowhere' })
    const source = new DockerMachineSource({ machine, clock: realClock })
    expect(source.store).toBe(join('/nowhere', '.docker/machine'))
    expect(await source.read(live())).toEqual({ targets: [], problems: [] })
  })

  it('notices a machine that is made and one that is removed', async () => {
    const { store, source, add } = await aStore()
    const listener = vi.fn()
    const watch = source.onDidChange(listener)
    await watch.ready()
    await add('agent', aConfigFile())
    await vi.waitFor(() => expect(listener).toHaveBeenCalled(), 5_000)
    listener.mockClear()
    await rm(join(store, 'machines/agent'), { recursive: true })
    await vi.waitFor(() => expect(listener).toHaveBeenCalled(), 5_000)
    watch.dispose()
  })

  it('takes the folder that a setting names, before the environment, and follows the setting', async () => {
    const other = await temporaryFolder()
    await write(join(other, 'machines/agent/config.json'), aConfigFile())
    let folder = ''
    let change: () => void = () => undefined
    const setting = {
      get: () => folder,
      onDidChange: (listener: () => void) => {
        change = listener
        return { dispose: () => (change = () => undefined) }
      },
    }
    const machine = aMachine({ home: other, env: { MACHINE_STORAGE_PATH: '/nowhere' } })
    const source = new DockerMachineSource({ machine, clock: realClock, store: setting })
    const listener = vi.fn()
    const watch = source.onDidChange(listener)
    expect((await source.read(live())).targets).toEqual([])
    folder = '~/'
    change()
    expect(listener).toHaveBeenCalledOnce()
    expect((await source.read(live())).targets.map(({ name }) => name)).toEqual(['agent'])
    // What is watched is the new folder now.
    await watch.ready()
    await write(join(other, 'machines/second/config.json'), aConfigFile())
    await vi.waitFor(() => expect(listener).toHaveBeenCalledTimes(2), 5_000)
    watch.dispose()
    change()
    expect(listener).toHaveBeenCalledTimes(2)
  })
})
