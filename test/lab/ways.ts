import { createHash } from 'node:crypto'
import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DockerContextsSource } from '../../src/adapters/sources/docker-contexts-source'
import { DockerHostSource } from '../../src/adapters/sources/docker-host-source'
import { DockerMachineSource } from '../../src/adapters/sources/docker-machine-source'
import { thisMachine, type LocalMachine } from '../../src/adapters/sources/local-machine'
import { SettingsSource } from '../../src/adapters/sources/settings-source'
import { systemClock } from '../../src/adapters/system-clock'
import type { HostSetting } from '../../src/core/model/host-setting'
import type { TargetSource } from '../../src/core/ports/environment'
import { aConfigFile } from '../unit/core/machine/samples'
import { StandIn } from './classic/stand-in.js'
import { makeHome } from './home.js'
import type { Lab } from './lab.js'
import type { Machine } from './machines/machine.js'

/** A person's files: every way to name a host that there is, and every transport, to the lab's machines. */
export interface Ways extends AsyncDisposable {
  readonly machine: LocalMachine
  readonly home: string
  /** The sources as the editor has them, in its order; with hosts from the settings besides those that lead somewhere. */
  sources(settings?: readonly HostSetting[]): Promise<readonly TargetSource[]>
  /** The manager of a classic Swarm over one of the machines, which is a host of its own. */
  readonly managerUrl: string
  /** How the fleet writes each of the ways, with the machine that it leads to. */
  readonly urls: Readonly<Record<string, string>>
}

/** Where no engine of root's listens: what a rootless one's socket is like. */
const ownSocket = '/run/user/4711/docker.sock'

/** Aliases of the SSH configuration that leads to the machines. */
const aliases = { forwarding: 'forwarding', dialling: 'dialling', jumping: 'jumping', ownSocket: 'own-socket' } as const

/** Sets everything up: three machines, ten ways in. Disposing takes it away, on the machines too. */
export async function openWays(lab: Lab): Promise<Ways> {
  const [tolkewitz, lindenau, miltitz] = ['tolkewitz', 'lindenau', 'miltitz'].map((name) => lab.machine(name)) as [
    Machine,
    Machine,
    Machine,
  ]
  const home = await makeHome(lab)
  const env = {
    DOCKER_HOST: miltitz.description.tcpUrl,
    DOCKER_CONFIG: join(home, 'docker'),
    MACHINE_STORAGE_PATH: join(home, 'machines'),
  }
  const machine: LocalMachine = { ...thisMachine(), env, home }
  await writeSshConfig(lab, home)
  const tlsUrl = `tcp://${lindenau.address}:2376`
  await writeContext(env.DOCKER_CONFIG, 'by-tls', { host: tlsUrl, tls: lab.description.tls })
  await writeContext(env.DOCKER_CONFIG, 'by-ssh', { host: `ssh://docker-user@${lindenau.address}` })
  await writeMachine(lab, join(env.MACHINE_STORAGE_PATH, 'machines', 'by-machine'), tolkewitz)
  const undo = await forwardNothingForRoot(lindenau)
  const manager = await StandIn.start('1.2.9', { engines: [`${miltitz.address}:2375`] })
  const managerUrl = `tcp://127.0.0.1:${manager.port}`
  await tolkewitz.run(`mkdir -p $(dirname ${ownSocket}) && ln -sf /run/docker.sock ${ownSocket}`)
  return {
    machine,
    home,
    managerUrl,
    urls: {
      [`unix://${await miltitz.socket()}`]: 'miltitz',
      [`tcp://${miltitz.address}:2375`]: 'miltitz',
      [managerUrl]: 'miltitz',
      [`https://${lindenau.address}:2376`]: 'lindenau',
      [`ssh://docker-user@${lindenau.address}`]: 'lindenau',
      [`ssh://docker-user@${aliases.forwarding}`]: 'tolkewitz',
      [`ssh://${aliases.dialling}`]: 'lindenau',
      [`ssh://${aliases.jumping}`]: 'miltitz',
      [`ssh://docker-user@${aliases.ownSocket}${ownSocket}`]: 'tolkewitz',
      [`ssh://root@${tolkewitz.address}:22`]: 'tolkewitz',
    },
    sources: async (settings = []) => {
      const hosts: readonly HostSetting[] = [
        { name: 'forwarding', url: `ssh://docker-user@${aliases.forwarding}` },
        { name: 'dialling', url: `ssh://${aliases.dialling}` },
        { name: 'jumping', url: `ssh://${aliases.jumping}` },
        { name: 'own socket', url: `ssh://docker-user@${aliases.ownSocket}${ownSocket}` },
        { name: 'classic', url: managerUrl },
        { name: 'socket', url: `unix://${await miltitz.socket()}` },
        ...settings,
      ]
      return [
        new SettingsSource({ get: () => hosts, onDidChange: () => ({ dispose: () => undefined }) }, machine),
        new DockerHostSource(machine),
        new DockerContextsSource(machine, systemClock),
        new DockerMachineSource({ machine, clock: systemClock }),
      ]
    },
    [Symbol.asyncDispose]: async () => {
      await manager[Symbol.asyncDispose]()
      await undo()
      await tolkewitz.run('rm -rf /run/user/4711')
      await rm(home, { recursive: true })
    },
  }
}

async function writeSshConfig(lab: Lab, home: string): Promise<void> {
  const { forwarding, dialling, jumping, ownSocket: own } = aliases
  const at = (name: string) => lab.machine(name).address
  await mkdir(join(home, '.ssh/conf.d'))
  await writeFile(
    join(home, '.ssh/config'),
    `Include conf.d/*
Host ${forwarding} ${own}
  HostName ${at('tolkewitz')}
Host ${dialling}
  HostName ${at('lindenau')}
  User root
Host ${jumping}
  HostName ${at('miltitz')}
  User docker-user
  ProxyJump docker-user@${forwarding}
Host * !keyless
  User docker-user
  IdentityAgent none
  IdentityFile ${lab.description.sshKey}
`,
  )
}

/** A context as `docker context create` writes it. */
async function writeContext(
  config: string,
  name: string,
  { host, tls }: { readonly host: string; readonly tls?: string },
): Promise<void> {
  const id = createHash('sha256').update(name).digest('hex')
  const meta = join(config, 'contexts/meta', id)
  await mkdir(meta, { recursive: true })
  const endpoint = { Host: host, SkipTLSVerify: false }
  await writeFile(
    join(meta, 'meta.json'),
    JSON.stringify({ Name: name, Metadata: {}, Endpoints: { docker: endpoint } }),
  )
  if (tls === undefined) return
  const folder = join(config, 'contexts/tls', id, 'docker')
  await mkdir(folder, { recursive: true })
  for (const file of ['ca.pem', 'cert.pem', 'key.pem']) await cp(join(tls, file), join(folder, file))
}

/** A machine of docker-machine's, whose engine no longer listens on TLS: its key over SSH is what is left. */
async function writeMachine(lab: Lab, folder: string, { address }: Machine): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'config.json'), aConfigFile({ Driver: { IPAddress: address, SSHKeyPath: '' } }))
  await cp(lab.description.sshKey, join(folder, 'id_rsa'))
  for (const file of ['ca.pem', 'cert.pem', 'key.pem']) await cp(join(lab.description.tls, file), join(folder, file))
}

/** Makes a machine's SSH server refuse sockets to root, so that root's way goes through the docker command there. */
async function forwardNothingForRoot(machine: Machine): Promise<() => Promise<void>> {
  const file = '/etc/ssh/sshd_config.d/00-ways.conf'
  await machine.run(
    `printf 'Match User root\\n  AllowStreamLocalForwarding no\\n' > ${file}; systemctl reload ssh; sleep 0.3`,
  )
  return async () => {
    await machine.run(`rm -f ${file}; systemctl reload ssh`)
  }
}
