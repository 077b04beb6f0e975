import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SwarmNetworksError, describeError } from '../../core/errors'
import { isMissing } from '../is-missing'
import { parseMachineConfig } from '../../core/machine/machine-config'
import { targetsOfMachine, type StoredMachine } from '../../core/machine/machine-targets'
import type { Target } from '../../core/model/target'
import type { Clock, Disposable, SourceReading, TargetSource } from '../../core/ports/environment'
import { firstExisting, machineStore } from './docker-files'
import { FolderWatch } from './folder-watch'
import { expandHome, type LocalMachine } from './local-machine'

export interface DockerMachineOptions {
  readonly machine: LocalMachine
  readonly clock: Clock
  /** The store's folder as a person types it; absent or empty: `MACHINE_STORAGE_PATH`, else docker-machine's own. */
  readonly store?: string | StoreSetting
}

/** A setting that names the store's folder, and may change. */
export interface StoreSetting {
  get(): string
  onDidChange(listener: () => void): Disposable
}

/**
 * The machines in docker-machine's store, and that of its forks: `machines/NAME/config.json` with keys and certificates
 * beside it (docker-machine, libmachine/persist/filestore.go). It is only read, and docker-machine itself is not needed.
 */
export class DockerMachineSource implements TargetSource {
  readonly id = 'docker-machine'
  readonly #options: DockerMachineOptions

  constructor(options: DockerMachineOptions) {
    this.#options = options
  }

  /** The folder of the store. */
  get store(): string {
    const { machine, store = '' } = this.#options
    const folder = (typeof store === 'string' ? store : store.get()).trim()
    return folder === '' ? machineStore(machine) : expandHome(folder, machine)
  }

  async read(signal: AbortSignal): Promise<SourceReading> {
    const { store } = this
    const folder = join(store, 'machines')
    let names: readonly string[]
    try {
      const entries = await readdir(folder, { withFileTypes: true })
      // As docker-machine lists them.
      names = entries.filter((e) => e.isDirectory() && !e.name.startsWith('.')).map((e) => e.name)
    } catch (error) {
      // Most people have no machines.
      if (isMissing(error)) return { targets: [], problems: [] }
      return { targets: [], problems: [`docker-machine's store in ${folder} cannot be read: ${describeError(error)}`] }
    }
    const targets: Target[] = []
    const problems: string[] = []
    for (const name of names.toSorted((a, b) => a.localeCompare(b, 'en'))) {
      try {
        targets.push(...targetsOfMachine(await readMachine(store, name, signal)))
      } catch (error) {
        if (signal.aborted) throw new SwarmNetworksError('cancelled', "Reading docker-machine's store was cancelled")
        problems.push(problemOf(name, { file: configFile(store, name), error }))
      }
    }
    return { targets, problems }
  }

  onDidChange(listener: () => void): StoreWatch {
    const watchStore = () => {
      const folders = [join(this.store, 'machines'), join(this.store, 'certs')]
      return new FolderWatch({ folders, depth: 1, clock: this.#options.clock, onChange: listener })
    }
    const { store } = this.#options
    let watch = watchStore()
    const subscription =
      typeof store === 'object'
        ? store.onDidChange(() => {
            watch.dispose()
            watch = watchStore()
            listener()
          })
        : undefined
    return {
      ready: () => watch.ready(),
      dispose: () => {
        subscription?.dispose()
        watch.dispose()
      },
    }
  }
}

/** A watch that can be waited for. */
export interface StoreWatch extends Disposable {
  /** Resolves when all that exists now is watched. */
  ready(): Promise<void>
}

async function readMachine(store: string, name: string, signal: AbortSignal): Promise<StoredMachine> {
  const file = configFile(store, name)
  const config = parseMachineConfig(await readFile(file, { encoding: 'utf8', signal }))
  const [ca, cert, key, sshKey] = await Promise.all([
    findPem(store, name, 'ca.pem'),
    findPem(store, name, 'cert.pem'),
    findPem(store, name, 'key.pem'),
    findSshKey(store, name, config.ssh.keyFile),
  ])
  return { name, config, store, tls: { ca, cert, key }, ...(sshKey !== undefined && { sshKey }) }
}

function configFile(store: string, name: string): string {
  return join(store, 'machines', name, 'config.json')
}

/**
 * A machine's copy, which `docker-machine config` prints, else the store's own, which is all that driver `none` has. The
 * paths in config.json are those of the place where the machine was made, and stores are moved.
 */
async function findPem(store: string, name: string, file: string): Promise<string> {
  const places = [join(store, 'machines', name, file), join(store, 'certs', file)] as const
  return (await firstExisting(places)) ?? places[0]
}

/** Undefined where no key was ever named: docker-machine then takes the user's own. A named one may be missing. */
async function findSshKey(store: string, name: string, named: string | undefined): Promise<string | undefined> {
  const own = join(store, 'machines', name, 'id_rsa')
  return (await firstExisting(named === undefined ? [own] : [named, own])) ?? named
}

function problemOf(name: string, { file, error }: { readonly file: string; readonly error: unknown }): string {
  const why = isMissing(error) ? 'there is no such file' : describeError(error).replace(/\.$/, '')
  return (
    `The machine "${name}" of docker-machine is left out, because ${file} cannot be used: ${why}. ` +
    'If it is not being made right now, restore the file, or remove the folder if the machine is gone.'
  )
}
