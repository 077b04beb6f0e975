import type { Endpoint, Target } from '../../core/model/target'
import type { Disposable, SourceReading, TargetSource } from '../../core/ports/environment'
import { targetFromSetting } from '../../core/targets/target-from-setting'
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
      const { target, problem } = targetFromSetting(entry, index)
      if (problem !== undefined) {
        problems.push(problem)
      } else if (targets.has(target.id)) {
        problems.push(`swarmNetworks.hosts[${index}] is left out: another entry is named "${target.name}" already.`)
      } else {
        const { endpoint, relative } = this.#expand(target.endpoint)
        if (relative === undefined) targets.set(target.id, { ...target, endpoint })
        else problems.push(`swarmNetworks.hosts[${index}]: "${relative}" must be an absolute path or begin with ~/.`)
      }
    }
    return Promise.resolve({ targets: [...targets.values()], problems })
  }

  onDidChange(listener: () => void): Disposable {
    return this.#setting.onDidChange(listener)
  }

  /** Expands `~`. A relative path would depend on where the editor happened to be started. */
  #expand(endpoint: Endpoint): { readonly endpoint: Endpoint; readonly relative?: string } {
    const paths: string[] = []
    const expand = (path: string): string => {
      paths.push(path)
      return expandHome(path, this.#machine)
    }
    const expanded = expandFiles(endpoint, expand)
    const relative = paths.find((path) => !isAbsolutePath(expandHome(path, this.#machine), this.#machine))
    return { endpoint: expanded, ...(relative !== undefined && { relative }) }
  }
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
