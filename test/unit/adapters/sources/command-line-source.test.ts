import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CommandLineSource, type CommandLineHosts } from '../../../../src/adapters/sources/command-line-source'
import { SwarmNetworksError, describeError } from '../../../../src/core/errors'
import type { Target } from '../../../../src/core/model/target'
import type { TargetSource } from '../../../../src/core/ports/environment'
import { parseHostUrl } from '../../../../src/core/targets/parse-host-url'
import { aMachine, temporaryFolder, write } from './temporary-folder'

const holding = (id: string, urls: Record<string, string>, problems: readonly string[] = []): TargetSource => ({
  id,
  read: () =>
    Promise.resolve({
      problems,
      targets: Object.entries(urls).map(([name, url]): Target => ({
        id: `context:${name}`,
        name,
        endpoint: parseHostUrl(url),
        source: 'context',
        isDisabled: false,
      })),
    }),
  onDidChange: () => ({ dispose: () => undefined }),
})

const contexts = holding('context', { prod: 'ssh://root@prod', lab: 'tcp://lab:1' }, ['The context x is broken.'])

const machines: TargetSource = {
  id: 'docker-machine',
  read: () => {
    const base = { source: 'docker-machine', isDisabled: false } as const
    const endpoint = parseHostUrl('https://10.98.0.21:2376', {})
    const ssh = parseHostUrl('ssh://root@10.98.0.21')
    const targets: Target[] = [
      { ...base, id: 'docker-machine:master', name: 'master', endpoint, otherEndpoints: [ssh] },
      { ...base, id: 'docker-machine:master/swarm', name: 'master (swarm)', endpoint },
    ]
    return Promise.resolve({ targets, problems: [] })
  },
  onDidChange: () => ({ dispose: () => undefined }),
}

function read(
  given: Partial<CommandLineHosts>,
  options: { env?: Record<string, string>; defaults?: TargetSource[] } = {},
) {
  const machine = aMachine({ env: options.env ?? {} })
  const sources = { contexts, machines, defaults: options.defaults ?? [] }
  const source = new CommandLineSource({ hosts: [], contexts: [], machines: [], ...given }, sources, machine)
  return source.read(new AbortController().signal)
}

describe('CommandLineSource', () => {
  it('takes a machine of docker-machine with all its ways, and the classic Swarm of one by NAME/swarm', async () => {
    const { targets } = await read({ machines: ['master/swarm'] })
    expect(targets.map(({ id }) => id)).toEqual(['docker-machine:master/swarm'])
    const identityFile = '/keys/id'
    const [target] = (await read({ machines: ['master'], identityFile })).targets
    expect(target?.otherEndpoints).toEqual([
      { kind: 'ssh', user: 'root', host: '10.98.0.21', identityFiles: [identityFile] },
    ])
    await expect(read({ machines: ['slave'] })).rejects.toMatchObject({
      code: 'invalid-input',
      message: 'docker-machine knows no machine "slave"; known are: master, master/swarm',
    })
  })

  it('reads URLs, each endpoint once', async () => {
    const hosts = ['ssh://root@a', 'unix:///d.sock', 'ssh://root@a:22']
    const { targets, problems } = await read({ hosts })
    expect(problems).toEqual([])
    expect(targets.map(({ id, name, source }) => [id, name, source])).toEqual([
      ['command-line:ssh://root@a', 'a', 'command-line'],
      ['command-line:unix:///d.sock', 'unix:///d.sock', 'command-line'],
    ])
  })

  it('gives SSH hosts the identity file, wherever they come from', async () => {
    const { targets } = await read({ hosts: ['ssh://a', 'tcp://b'], contexts: ['prod'], identityFile: '~/.ssh/lab' })
    expect(targets.map(({ endpoint }) => 'identityFiles' in endpoint && endpoint.identityFiles)).toEqual([
      ['/home/me/.ssh/lab'],
      false,
      ['/home/me/.ssh/lab'],
    ])
  })

  it('gives tcp:// hosts the TLS folder, else what the environment asks for', async () => {
    const folder = await temporaryFolder()
    await write(join(folder, 'ca.pem'), 'PEM')
    const files = { ca: join(folder, 'ca.pem') }
    const [given] = (await read({ hosts: ['tcp://b'], tlsFolder: folder })).targets
    expect(given?.endpoint).toEqual({ kind: 'tls', host: 'b', port: 2376, files })
    const env = { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: folder }
    const [inherited] = (await read({ hosts: ['tcp://b'] }, { env })).targets
    expect(inherited?.endpoint).toEqual({ kind: 'tls', host: 'b', port: 2376, files })
    await expect(read({ hosts: ['tcp://b'], tlsFolder: join(folder, 'none') })).rejects.toMatchObject({
      code: 'invalid-input',
    })
  })

  it('takes contexts by name', async () => {
    const { targets } = await read({ contexts: ['lab', 'prod'] })
    expect(targets.map(({ name }) => name)).toEqual(['lab', 'prod'])
  })

  it('names the known contexts where one is not known', async () => {
    const error: unknown = await read({ contexts: ['prdo'] }).catch((e: unknown) => e)
    expect(SwarmNetworksError.is(error, 'invalid-input')).toBe(true)
    expect(describeError(error)).toContain('"prdo"; known are: default, prod, lab')
    expect(describeError(error)).toContain('The context x is broken.')
  })

  it('takes "default" for DOCKER_HOST, else the local socket', async () => {
    const none = holding('environment', {})
    const local = holding('local', { local: 'unix:///d.sock' })
    const { targets } = await read({ contexts: ['default'] }, { defaults: [none, local] })
    expect(targets).toMatchObject([{ id: 'command-line:default', endpoint: { path: '/d.sock' } }])
    await expect(read({ contexts: ['default'] }, { defaults: [none] })).rejects.toMatchObject({ code: 'invalid-input' })
  })

  it('fails for a URL that cannot be used', async () => {
    await expect(read({ hosts: ['tcp://a', 'a:1'] })).rejects.toMatchObject({ code: 'invalid-input' })
  })
})
