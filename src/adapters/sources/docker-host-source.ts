import { describeError } from '../../core/errors'
import type { Endpoint } from '../../core/model/target'
import type { Disposable, SourceReading, TargetSource } from '../../core/ports/environment'
import { parseHostUrl } from '../../core/targets/parse-host-url'
import { tlsFromEnvironment } from './docker-files'
import type { LocalMachine } from './local-machine'

/** The host that the environment names as the docker CLI reads it: `DOCKER_HOST`, `DOCKER_TLS_VERIFY`, `DOCKER_CERT_PATH`. */
export class DockerHostSource implements TargetSource {
  readonly id = 'environment'
  readonly #machine: LocalMachine

  constructor(machine: LocalMachine) {
    this.#machine = machine
  }

  async read(): Promise<SourceReading> {
    const url = this.#machine.env['DOCKER_HOST']?.trim() ?? ''
    if (url === '') return { targets: [], problems: [] }
    try {
      const endpoint = await parseWithEnvironment(url, this.#machine)
      const target = { id: 'environment:DOCKER_HOST', name: 'DOCKER_HOST', endpoint, isDisabled: false }
      return { targets: [{ ...target, source: 'environment' }], problems: [] }
    } catch (error) {
      return { targets: [], problems: [`The environment variable DOCKER_HOST: ${describeError(error)}`] }
    }
  }

  /** Never: the environment of a process stays as it is. */
  onDidChange(): Disposable {
    return { dispose: () => undefined }
  }
}

/** Reads a host URL with the TLS files that the environment adds to `tcp://`, as the docker CLI does for `--host` too. */
export async function parseWithEnvironment(url: string, machine: LocalMachine): Promise<Endpoint> {
  const isTcp = /^\s*tcp:/i.test(url)
  return parseHostUrl(url, isTcp ? await tlsFromEnvironment(machine) : undefined)
}
