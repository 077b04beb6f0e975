import { SwarmNetworksError } from '../../core/errors'
import type { Endpoint, Target } from '../../core/model/target'
import type { Disposable, SourceReading, TargetSource } from '../../core/ports/environment'
import { formatEndpoint } from '../../core/targets/format-endpoint'
import { parseHostUrl } from '../../core/targets/parse-host-url'
import { dedupeTargets } from '../../core/targets/dedupe-targets'
import { parseWithEnvironment } from './docker-host-source'
import { tlsFilesIn } from './docker-files'
import { expandHome, type LocalMachine } from './local-machine'

/** What was given on a command line; files as they were typed. */
export interface CommandLineHosts {
  /** Host URLs. */
  readonly hosts: readonly string[]
  /** Names of Docker contexts. */
  readonly contexts: readonly string[]
  /** Names of docker-machine's machines; `NAME/swarm` for the classic Swarm manager of one. */
  readonly machines: readonly string[]
  /** A private key file for the hosts that are reached over SSH. */
  readonly identityFile?: string
  /** A folder with `ca.pem`, `cert.pem` and `key.pem` for the `tcp://` hosts. */
  readonly tlsFolder?: string
}

/** Where names are looked up. */
export interface NamedSources {
  readonly contexts: TargetSource
  readonly machines: TargetSource
  /** What the context `default` stands for, as in the docker CLI: DOCKER_HOST, else the local socket. */
  readonly defaults: readonly TargetSource[]
}

/**
 * The hosts of a command line. Here a wrong entry is no problem beside others, but the end of the command: `read` throws
 * `invalid-input`, and for a context or a machine that is not known it names those that are.
 */
export class CommandLineSource implements TargetSource {
  readonly id = 'command-line'
  readonly #given: CommandLineHosts
  readonly #sources: NamedSources
  readonly #machine: LocalMachine

  constructor(given: CommandLineHosts, sources: NamedSources, machine: LocalMachine) {
    this.#given = given
    this.#sources = sources
    this.#machine = machine
  }

  async read(signal: AbortSignal): Promise<SourceReading> {
    const hosts = await Promise.all(this.#given.hosts.map((url) => this.#parseHost(url)))
    const named: Target[] = []
    for (const name of this.#given.contexts) named.push(await this.#findContext(name, signal))
    for (const name of this.#given.machines) named.push(await this.#findMachine(name, signal))
    return { targets: dedupeTargets([...hosts, ...named]), problems: [] }
  }

  /** Never: a command line stays as it is. */
  onDidChange(): Disposable {
    return { dispose: () => undefined }
  }

  async #parseHost(url: string): Promise<Target> {
    const endpoint = await this.#parseEndpoint(url)
    const via = formatEndpoint(endpoint)
    const name = 'host' in endpoint ? endpoint.host : via
    return { id: `command-line:${via}`, name, endpoint, source: 'command-line', isDisabled: false }
  }

  async #parseEndpoint(url: string): Promise<Endpoint> {
    const { tlsFolder } = this.#given
    if (tlsFolder !== undefined && /^\s*(tcp|https):/i.test(url))
      return parseHostUrl(url, await readTlsFolder(expandHome(tlsFolder, this.#machine)))
    return this.#withIdentity(await parseWithEnvironment(url, this.#machine))
  }

  #withIdentity(endpoint: Endpoint): Endpoint {
    const { identityFile } = this.#given
    return endpoint.kind === 'ssh' && identityFile !== undefined
      ? { ...endpoint, identityFiles: [expandHome(identityFile, this.#machine)] }
      : endpoint
  }

  async #findMachine(name: string, signal: AbortSignal): Promise<Target> {
    const { targets, problems } = await this.#sources.machines.read(signal)
    const nameOf = ({ id }: Target) => id.slice(id.indexOf(':') + 1)
    const target = targets.find((candidate) => nameOf(candidate) === name)
    if (!target) throw notKnown(`docker-machine knows no machine "${name}"`, targets.map(nameOf), problems)
    const { endpoint, otherEndpoints } = target
    return {
      ...target,
      endpoint: this.#withIdentity(endpoint),
      ...(otherEndpoints && { otherEndpoints: otherEndpoints.map((other) => this.#withIdentity(other)) }),
    }
  }

  async #findContext(name: string, signal: AbortSignal): Promise<Target> {
    const { contexts, defaults } = this.#sources
    if (name === 'default') {
      for (const source of defaults) {
        const [target] = (await source.read(signal)).targets
        if (target) return { ...target, id: 'command-line:default', endpoint: this.#withIdentity(target.endpoint) }
      }
      throw new SwarmNetworksError('invalid-input', 'The context "default" leads nowhere: no engine listens here', {
        remedy: 'Set DOCKER_HOST, or name a host with --host.',
      })
    }
    const { targets, problems } = await contexts.read(signal)
    const target = targets.find((candidate) => candidate.name === name)
    if (target) return { ...target, endpoint: this.#withIdentity(target.endpoint) }
    const known = ['default', ...targets.map((candidate) => candidate.name)]
    throw notKnown(`There is no Docker context "${name}"`, known, problems)
  }
}

function notKnown(what: string, known: readonly string[], problems: readonly string[]): SwarmNetworksError {
  const list = known.length === 0 ? 'none is known' : `known are: ${known.join(', ')}`
  return new SwarmNetworksError('invalid-input', `${what}; ${list}`, {
    remedy: problems.length > 0 ? `Not readable: ${problems.join(' ')}` : 'Name one of these, or use --host.',
  })
}

async function readTlsFolder(folder: string): ReturnType<typeof tlsFilesIn> {
  const files = await tlsFilesIn(folder)
  if (Object.keys(files).length > 0) return files
  throw new SwarmNetworksError('invalid-input', `The folder ${folder} has none of ca.pem, cert.pem and key.pem`, {
    remedy: 'Name the folder with the TLS files of the engine.',
  })
}
