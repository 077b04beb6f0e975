import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createConnector } from '../../src/adapters/create-connector'
import { DockerMachineSource } from '../../src/adapters/sources/docker-machine-source'
import { thisMachine } from '../../src/adapters/sources/local-machine'
import { systemClock } from '../../src/adapters/system-clock'
import { FleetService } from '../../src/app/fleet-service'
import type { Host } from '../../src/core/model/host'
import { noPrompts } from '../no-prompts'
import { aConfigFile } from '../unit/core/machine/samples'
import { makeHome } from './home'
import { openLab, type Lab } from './lab'

const quiet = () => undefined
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet }
const live = () => AbortSignal.timeout(40_000)

let lab: Lab
let store: string
let home: string
let service: FleetService
let connector: ReturnType<typeof createConnector>

/** A machine as docker-machine's driver `generic` writes it down. */
async function writeMachine(name: string): Promise<void> {
  const folder = join(store, 'machines', name)
  await mkdir(folder, { recursive: true })
  const { address } = lab.machine(name)
  await writeFile(join(folder, 'config.json'), aConfigFile({ Driver: { IPAddress: address, SSHKeyPath: '' } }))
  await cp(lab.description.sshKey, join(folder, 'id_rsa'))
  await chmod(join(folder, 'id_rsa'), 0o600)
  for (const file of ['ca.pem', 'cert.pem', 'key.pem']) await cp(join(lab.description.tls, file), join(folder, file))
}

const host = (name: string): Host | undefined => service.fleet.hosts.find(({ target }) => target?.name === name)

beforeAll(async () => {
  lab = await openLab()
  await lab.heal()
  store = await mkdtemp(join(tmpdir(), 'machine-store-'))
  home = await makeHome(lab)
  for (const name of ['lindenau', 'miltitz']) await writeMachine(name)
  await mkdir(join(store, 'machines/broken'))
  const machine = { ...thisMachine(), env: { MACHINE_STORAGE_PATH: store }, home }
  connector = createConnector({ machine, clock: systemClock, log, prompts: noPrompts })
  const sources = [new DockerMachineSource({ machine, clock: systemClock })]
  service = new FleetService({ connector, sources, clock: systemClock, log })
  service.start()
  await service.settled(live())
})

afterAll(async () => {
  service.dispose()
  connector.dispose()
  await lab.heal()
  await Promise.all([store, home].map((folder) => rm(folder, { recursive: true })))
})

describe('a store of docker-machine, without docker-machine', () => {
  it('leads over TLS with its certificates where the engine takes them', () => {
    expect(host('lindenau')).toMatchObject({
      name: 'lindenau',
      state: 'ready',
      via: expect.stringMatching(/^https:/) as string,
    })
    expect(host('lindenau')?.findings?.map(({ cause }) => cause) ?? []).not.toContain('other-way-used')
  })

  it('leads over SSH with its key where the engine does not listen on TLS, and says why the first way failed', () => {
    expect(host('miltitz')).toMatchObject({
      ...{ name: 'miltitz', state: 'ready', via: `ssh://root@${lab.machine('miltitz').address}:22` },
      findings: [
        {
          cause: 'other-way-used',
          evidence: [expect.stringMatching(/^https:\/\/.*:2376: .*nothing listens there/) as string],
        },
      ],
    })
  })

  it('says which machine is broken', () => {
    expect(service.problems).toEqual([expect.stringMatching(/"broken".*there is no such file/)])
  })

  it('finds a stopped engine over SSH, does not wake it, and is back when it is started', async () => {
    const start = await lab.machine('miltitz').faults.stopDockerService()
    await expect.poll(() => host('miltitz')?.state, { timeout: 10_000 }).toBe('unreachable')
    await start()
    await expect.poll(() => host('miltitz')?.state, { timeout: 25_000 }).toBe('ready')
  }, 60_000)
})
