import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { SwarmNetworksError, describeError } from '../../core/errors'
import { isMissing } from '../is-missing'
import type { Endpoint, Target, TlsFiles } from '../../core/model/target'
import type { Clock, SourceReading, TargetSource } from '../../core/ports/environment'
import { parseHostUrl } from '../../core/targets/parse-host-url'
import { dockerConfigFolder, tlsFilesIn } from './docker-files'
import { FolderWatch } from './folder-watch'
import { pathsOf, type LocalMachine } from './local-machine'

/** A context's `meta.json`, as far as it is needed (docker CLI, cli/context/store/metadatastore.go). */
const contextMetadata = v.object({
  Name: v.pipe(v.string(), v.nonEmpty()),
  Endpoints: v.optional(
    v.object({
      docker: v.optional(v.object({ Host: v.optional(v.string()), SkipTLSVerify: v.optional(v.boolean()) })),
    }),
  ),
})

/**
 * The Docker contexts on disk: `contexts/meta/ID/meta.json` and `contexts/tls/ID/docker/*.pem` in Docker's folder
 * (docker CLI, cli/context/store). They are only read; which one is the user's current context makes no difference.
 */
export class DockerContextsSource implements TargetSource {
  readonly id = 'context'
  readonly #folder: string
  readonly #clock: Clock

  constructor(machine: LocalMachine, clock: Clock) {
    this.#folder = pathsOf(machine).join(dockerConfigFolder(machine), 'contexts')
    this.#clock = clock
  }

  async read(signal: AbortSignal): Promise<SourceReading> {
    const meta = join(this.#folder, 'meta')
    let ids: readonly string[]
    try {
      ids = (await readdir(meta, { withFileTypes: true })).filter((e) => e.isDirectory()).map((e) => e.name)
    } catch (error) {
      // Most people have no contexts.
      if (isMissing(error)) return { targets: [], problems: [] }
      return { targets: [], problems: [`The Docker contexts in ${meta} cannot be read: ${describeError(error)}`] }
    }
    const targets: Target[] = []
    const problems: string[] = []
    for (const id of ids.toSorted()) {
      const file = join(meta, id, 'meta.json')
      try {
        const target = await this.#readContext(id, { file, signal })
        if (target) targets.push(target)
      } catch (error) {
        if (signal.aborted) throw new SwarmNetworksError('cancelled', 'Reading the Docker contexts was cancelled')
        problems.push(`The Docker context in ${file}: ${describeError(error)}`)
      }
    }
    return { targets: targets.sort((a, b) => a.name.localeCompare(b.name, 'en')), problems }
  }

  onDidChange(listener: () => void): FolderWatch {
    const folders = [join(this.#folder, 'meta'), join(this.#folder, 'tls')]
    // Deepest: tls/ID/docker.
    return new FolderWatch({ folders, depth: 2, clock: this.#clock, onChange: listener })
  }

  async #readContext(
    id: string,
    { file, signal }: { readonly file: string; readonly signal: AbortSignal },
  ): Promise<Target | undefined> {
    const { Name: name, Endpoints } = parseMetadata(await readFile(file, { encoding: 'utf8', signal }))
    const { Host: url = '', SkipTLSVerify: skipVerify = false } = Endpoints?.docker ?? {}
    // No Docker endpoint, or the default one, which the local socket and DOCKER_HOST stand for.
    if (url === '') return undefined
    const files = { ...(await tlsFilesIn(join(this.#folder, 'tls', id, 'docker'))), ...(skipVerify && { skipVerify }) }
    return { id: `context:${name}`, name, endpoint: parseEndpoint(url, files), source: 'context', isDisabled: false }
  }
}

function parseMetadata(text: string): v.InferOutput<typeof contextMetadata> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw broken('it is not JSON', cause)
  }
  const parsed = v.safeParse(contextMetadata, json)
  if (parsed.success) return parsed.output
  throw broken(`${v.getDotPath(parsed.issues[0]) ?? 'it'} is not what Docker writes there`)
}

function broken(why: string, cause?: unknown): SwarmNetworksError {
  return new SwarmNetworksError('invalid-input', `It cannot be used: ${why}`, {
    remedy: 'Make the context anew with: docker context create',
    cause,
  })
}

/** The files count on `tcp://` and `https://`; the docker CLI does not look at them elsewhere. */
function parseEndpoint(url: string, files: TlsFiles): Endpoint {
  const hasTls = Object.keys(files).length > 0 && /^(tcp|https):/i.test(url)
  return parseHostUrl(url, hasTls ? files : undefined)
}
