import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SwarmNetworksError, describeError } from '../../core/errors'
import { isMissing } from '../is-missing'
import { parseMachineConfig } from '../../core/machine/machine-config'
import { targetsOfMachine, type StoredMachine } from '../../core/machine/machine-targets'
import type { Target } from '../../core/model/target'
import type { Clock, SourceReading, TargetSource } from '../../core/ports/environment'
import { firstExisting, machineStore } from './docker-files'
import { FolderWatch } from './folder-watch'
import { expandHome, type LocalMachine } from './local-machine'

export interface DockerMachineOptions {
  readonly machine: LocalMachine
  readonly clock: Clock
  /** The store's folder as a person types it; absent: `MACHINE_STORAGE_PATH`, else docker-machine's own. */
  readonly store?: string
}

/**
 * The machines in docker-machine's store, and that of its forks: `machines/NAME/config.json` with keys and certificates
 * beside it (docker-machine, libmachine/persist/filestore.go). It is only read, and docker-machine itself is not needed.
 */
export class DockerMachineSource implements TargetSource {
  readonly id = 'docker-machine'
  readonly #store: string
  readonly #clock: Clock

  constructor({ machine, clock, store }: DockerMachineOptions) {
    this.#store = store === undefined ? machineStore(machine) : expandHome(store, machine)
    this.#clock = clock
  }

  /** The folder of the store. */
  get store(): string {
    return this.#store
  }

  async read(signal: AbortSignal): Promise<SourceReading> {
    const folder = join(this.#store, 'machines')
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
      const file = join(folder, name, 'config.json')
      try {
        targets.push(...targetsOfMachine(await this.#readMachine(name, { file, signal })))
      } catch (error) {
        if (signal.aborted) throw new SwarmNetworksError('cancelled', "Reading docker-machine's store was cancelled")
        problems.push(problemOf(name, { file, error }))
      }
    }
    return { targets, problems }
  }

  onDidChange(listener: () => void): FolderWatch {
    const folders = [join(this.#store, 'machines'), join(this.#store, 'certs')]
    return new FolderWatch({ folders, depth: 1, clock: this.#clock, onChange: listener })
  }

  async #readMachine(
    name: string,
    { file, signal }: { readonly file: string; readonly signal: AbortSignal },
  ): Promise<StoredMachine> {
    const config = parseMachineConfig(await readFile(file, { encoding: 'utf8', signal }))
    const [ca, cert, key, sshKey] = await Promise.all([
      this.#pem(name, 'ca.pem'),
      this.#pem(name, 'cert.pem'),
      this.#pem(name, 'key.pem'),
      this.#sshKey(name, config.ssh.keyFile),
    ])
    return { name, config, store: this.#store, tls: { ca, cert, key }, ...(sshKey !== undefined && { sshKey }) }
  }

  /**
   * A machine's copy, which `docker-machine config` prints, else the store's own, which is all that driver `none` has. The
   * paths in config.json are those of the place where the machine was made, and stores are moved.
   */
  async #pem(name: string, file: string): Promise<string> {
    const places = [join(this.#store, 'machines', name, file), join(this.#store, 'certs', file)] as const
    return (await firstExisting(places)) ?? places[0]
  }

  /** Undefined where no key was ever named: docker-machine then takes the user's own. A named one may be missing. */
  async #sshKey(name: string, named: string | undefined): Promise<string | undefined> {
    const own = join(this.#store, 'machines', name, 'id_rsa')
    return (await firstExisting(named === undefined ? [own] : [named, own])) ?? named
  }
}

function problemOf(name: string, { file, error }: { readonly file: string; readonly error: unknown }): string {
  const why = isMissing(error) ? 'there is no such file' : describeError(error).replace(/\.$/, '')
  return (
    `The machine "${name}" of docker-machine is left out, because ${file} cannot be used: ${why}. ` +
    'If it is not being made right now, restore the file, or remove the folder if the machine is gone.'
  )
}
