import type { Endpoint, Target } from '../../core/model/target'
import type { Disposable, SourceReading, TargetSource } from '../../core/ports/environment'
import { targetFromSetting, type SettingReading } from '../../core/targets/target-from-setting'
import { expandHome, isAbsolutePath, type LocalMachine } from './local-machine'

/** The setting `swarmNetworks.hosts`, wherever it is kept. */
export interface HostListSetting {
  /** Its value as it is, which anybody may have edited by hand. */
  get(): unknown
  onDidChange(listener: () => void): Disposable
}

/** The hosts that the user wrote down in the settings. */
export class SettingsSource implements TargetSource {
  readonly id = 'settings'
  readonly #setting: HostListSetting
  readonly #machine: LocalMachine

  constructor(setting: HostListSetting, machine: LocalMachine) {
    this.#setting = setting
    this.#machine = machine
  }

  read(): Promise<SourceReading> {
    const value = this.#setting.get() ?? []
    if (!Array.isArray(value))
      return Promise.resolve({ targets: [], problems: ['swarmNetworks.hosts must be a list of hosts.'] })
    const targets = new Map<string, Target>()
    const problems: string[] = []
    for (const [index, entry] of value.entries()) {
      const { target, problem } = readHostSetting(entry, index, this.#machine)
      if (problem !== undefined) problems.push(problem)
      else if (targets.has(target.id))
        problems.push(`swarmNetworks.hosts[${index}] is left out: another entry is named "${target.name}" already.`)
      else targets.set(target.id, target)
    }
    return Promise.resolve({ targets: [...targets.values()], problems })
  }

  onDidChange(listener: () => void): Disposable {
    return this.#setting.onDidChange(listener)
  }
}

/**
 * Reads one entry of the setting on this machine: `~` stands for the home folder. A relative path is a problem, since it
 * would depend on where the editor happened to be started.
 *
 * @param index its place in the list, from 0, for the problem's text
 */
export function readHostSetting(entry: unknown, index: number, machine: LocalMachine): SettingReading {
  const { target, problem } = targetFromSetting(entry, index)
  if (target === undefined) return { problem }
  const paths: string[] = []
  const endpoint = expandFiles(target.endpoint, (path) => {
    const expanded = expandHome(path, machine)
    if (!isAbsolutePath(expanded, machine)) paths.push(path)
    return expanded
  })
  const [relative] = paths
  return relative === undefined
    ? { target: { ...target, endpoint } }
    : { problem: `swarmNetworks.hosts[${index}]: "${relative}" must be an absolute path or begin with ~/.` }
}

function expandFiles(endpoint: Endpoint, expand: (path: string) => string): Endpoint {
  switch (endpoint.kind) {
    case 'tls': {
      const { ca, cert, key } = endpoint.files
      const files = {
        ...endpoint.files,
        ...(ca !== undefined && { ca: expand(ca) }),
        ...(cert !== undefined && { cert: expand(cert) }),
        ...(key !== undefined && { key: expand(key) }),
      }
      return { ...endpoint, files }
    }
    case 'ssh':
      return endpoint.identityFiles === undefined
        ? endpoint
        : { ...endpoint, identityFiles: endpoint.identityFiles.map(expand) }
    case 'unix':
    case 'npipe':
    case 'tcp':
    case 'none':
      return endpoint
  }
}
