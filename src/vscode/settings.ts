import { ConfigurationTarget, workspace, type Disposable } from 'vscode'
import type { HelperOptions } from '../app/connectivity/helper'
import type { CommandSettings } from '../app/commands/command'
import { SwarmNetworksError } from '../core/errors'
import type { HostSetting } from '../core/model/host-setting'
import { targetFromSetting } from '../core/targets/target-from-setting'

const section = 'swarmNetworks'

/** Every setting with its type; package.json has the same names, defaults and descriptions. */
interface SettingTypes {
  readonly hosts: unknown
  readonly hiddenHosts: readonly string[]
  readonly 'sources.dockerContexts': boolean
  readonly 'sources.environment': boolean
  readonly 'sources.dockerMachine': boolean
  readonly 'sources.dockerMachineStore': string
  readonly dockerMachinePath: string
  readonly 'sources.localSocket': boolean
  readonly 'terminal.shells': readonly string[]
  readonly 'terminal.detachKeys': string
  readonly 'logs.tail': number
  readonly 'test.useHelper': boolean
  readonly 'test.helperImage': string
}

export type SettingName = keyof SettingTypes

/** Settings that turn a source of hosts on and off. */
type SourceSwitch = Exclude<Extract<SettingName, `sources.${string}`>, 'sources.dockerMachineStore'>

/** The user's settings, read anew at each use. */
export class Settings implements CommandSettings {
  get detachKeys(): string {
    return read('terminal.detachKeys')
  }

  get shells(): readonly string[] {
    return read('terminal.shells')
  }

  get logTail(): number {
    return read('logs.tail')
  }

  get helper(): HelperOptions | undefined {
    if (!read('test.useHelper')) return undefined
    const image = read('test.helperImage').trim()
    return image === '' ? {} : { image }
  }

  get dockerMachinePath(): string {
    return read('dockerMachinePath').trim() || 'docker-machine'
  }

  /** The setting as it is, which anybody may have edited by hand. */
  writtenHosts(): unknown {
    return read('hosts')
  }

  hosts(): readonly HostSetting[] {
    return this.#entries().filter(isHostSetting)
  }

  /** Broken entries stay as they are: their author has not finished them. */
  async addHost(host: HostSetting): Promise<void> {
    await this.#writeHosts([...this.#entries(), host])
  }

  async removeHost(name: string): Promise<void> {
    await this.#writeHosts(this.#entries().filter((host, index) => !isHostSetting(host, index) || host.name !== name))
  }

  async replaceHost(name: string, host: HostSetting): Promise<void> {
    const isIt = (entry: unknown, index: number) => isHostSetting(entry, index) && entry.name === name
    const entries = this.#entries()
    if (!entries.some(isIt))
      throw new SwarmNetworksError('not-found', `There is no host "${name}" in the settings any more`)
    await this.#writeHosts(entries.map((entry, index) => (isIt(entry, index) ? host : entry)))
  }

  /** The IDs of targets that are left out. */
  hiddenHosts(): readonly string[] {
    const ids: unknown = read('hiddenHosts')
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : []
  }

  async hideHosts(ids: readonly string[]): Promise<void> {
    await write('hiddenHosts', [...new Set([...this.hiddenHosts(), ...ids])])
  }

  async showHosts(ids: readonly string[]): Promise<void> {
    await write(
      'hiddenHosts',
      this.hiddenHosts().filter((id) => !ids.includes(id)),
    )
  }

  /** The folder of docker-machine's store; empty: where docker-machine itself would look. */
  get machineStore(): string {
    return read('sources.dockerMachineStore')
  }

  isEnabled(source: SourceSwitch): boolean {
    return read(source)
  }

  /**
   * Calls `listener` when one of `names` has another value than before. The values are compared: in a remote window a
   * user's machine setting may arrive after the extension started, with an event that says it is not affected
   * (seen in VS Code 1.139).
   */
  onDidChange(names: readonly SettingName[], listener: () => void): Disposable {
    const current = () => JSON.stringify(names.map((name) => read(name)))
    let last = current()
    return workspace.onDidChangeConfiguration(() => {
      const now = current()
      if (now === last) return
      last = now
      listener()
    })
  }

  #entries(): readonly unknown[] {
    const hosts = this.writtenHosts()
    if (Array.isArray(hosts)) return hosts as readonly unknown[]
    throw new SwarmNetworksError('invalid-input', 'The setting swarmNetworks.hosts is not a list', {
      remedy: 'Repair it in the settings.',
    })
  }

  async #writeHosts(hosts: readonly unknown[]): Promise<void> {
    await write('hosts', hosts)
  }
}

/** A machine's setting: in a remote window that is the remote machine, where the engines' sockets and keys are. */
async function write(name: Extract<SettingName, 'hosts' | 'hiddenHosts'>, value: readonly unknown[]): Promise<void> {
  await workspace.getConfiguration(section).update(name, value, ConfigurationTarget.Global)
}

function read<N extends SettingName>(name: N): SettingTypes[N] {
  const value = workspace.getConfiguration(section).get<SettingTypes[N]>(name)
  if (value === undefined) throw new Error(`package.json contributes no setting ${section}.${name}`)
  return value
}

function isHostSetting(entry: unknown, index: number): entry is HostSetting {
  return targetFromSetting(entry, index).target !== undefined
}
