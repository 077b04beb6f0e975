import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeHome } from '../../lab/home'
import { openLab, type Lab } from '../../lab/lab'
import { aConfigFile } from '../../unit/core/machine/samples'
import { vsixPath } from '../harness/artifacts'
import { useWorkbench } from '../harness/scenario'
import type { Workbench } from '../harness/workbench'

const host = 'lindenau'
const standIn = join(import.meta.dirname, '../../fixtures/docker-machine/stand-in.sh')
const inTheWay = 'A container of an earlier provisioning is in the way'

let lab: Lab
let home: string
let store: string

/** The machine as docker-machine's driver `generic` writes it down, an agent of a classic Swarm. */
async function writeMachine(): Promise<void> {
  const folder = join(store, 'machines', host)
  await mkdir(folder, { recursive: true })
  const Swarm = { IsSwarm: true, Discovery: 'etcd://198.18.7.98:2379/swarm', Agent: true }
  await writeFile(
    join(folder, 'config.json'),
    aConfigFile({ Driver: { IPAddress: lab.machine(host).address, SSHKeyPath: '' }, Swarm }),
  )
  await cp(lab.description.sshKey, join(folder, 'id_rsa'))
  await chmod(join(folder, 'id_rsa'), 0o600)
  for (const file of ['ca.pem', 'cert.pem', 'key.pem']) await cp(join(lab.description.tls, file), join(folder, file))
}

beforeAll(async () => {
  lab = await openLab()
  await lab.heal()
  await lab.cleanup()
  home = await makeHome(lab)
  store = await mkdtemp(join(tmpdir(), 'machine-store-'))
  await writeMachine()
  await writeFile(join(store, 'calls'), '')
  await lab.machine(host).run(`
    docker tag alpine swarm:latest
    docker create --name swarm-agent --restart always swarm:latest join --advertise 198.18.7.99:2376 etcd://198.18.7.98:2379`)
})

afterAll(async () => {
  await lab.machine(host).run('rm -rf /var/lib/swarm-networks')
  await lab.cleanup()
  await Promise.all([home, store].map((folder) => rm(folder, { recursive: true, force: true })))
})

describe('a machine of docker-machine’s store', () => {
  const scenario = useWorkbench(() => ({
    vsix: vsixPath,
    home,
    settings: { 'swarmNetworks.sources.localSocket': false, 'swarmNetworks.dockerMachinePath': standIn },
    env: {
      MACHINE_STORAGE_PATH: store,
      MACHINE_CALLS: join(store, 'calls'),
      MACHINE_REPLAY: 'provision-again-409.txt:1 regenerate-certs.txt:0',
    },
  }))
  const step = (name: string, work: (workbench: Workbench) => Promise<void>) => {
    it(name, () => work(scenario.workbench))
  }

  step('is provisioned from its menu, in a terminal; a failure that is known is a finding', async (workbench) => {
    await workbench.activityBar.open('Swarm Networks')
    const hosts = workbench.tree('Hosts')
    await hosts.waitFor([host], { timeout: 30_000 })
    await hosts.chooseFromMenu([host], 'Provision…')
    expect(await workbench.dialog.waitFor(`Provision ${host}?`)).toContain(`provision ${host}`)
    await workbench.dialog.press('Provision')
    await workbench.terminals.waitForTitle(`docker-machine: ${host}`)
    await workbench.terminals.waitForText('409 Conflict', { timeout: 20_000 })
    await workbench.notifications.waitFor(inTheWay)
    await workbench.tree('Findings').waitFor([host, `docker-machine provision: ${inTheWay}`])
    await workbench.screenshot('m1-conflict')
  })

  step('has its agents removed by a plan, and is then provisioned when that is offered again', async (workbench) => {
    await workbench.notifications.press(inTheWay, 'Remove Agents…')
    await workbench.dialog.waitFor('Stop and remove swarm-agent')
    await workbench.dialog.press('Repair')
    await workbench.dialog.waitFor(`Provision ${host}?`)
    await workbench.screenshot('m2-offered-again')
    await workbench.dialog.press('Provision')
    await workbench.notifications.waitFor(`docker-machine provision ${host}: done.`, { timeout: 20_000 })
    const calls = (await readFile(join(store, 'calls'), 'utf8')).trim().split('\n')
    expect(calls).toEqual(Array.from({ length: 2 }, () => `--storage-path ${store} provision ${host}`))
    expect(await lab.machine(host).run("docker ps -a --format '{{.Names}}'")).not.toContain('swarm-agent')
    await workbench.screenshot('m3-provisioned')
  })
})
