import { createHash } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { DockerContextsSource } from '../../../../src/adapters/sources/docker-contexts-source'
import { aMachine, realClock, temporaryFolder, write } from './temporary-folder'

const live = () => new AbortController().signal
const idOf = (name: string) => createHash('sha256').update(name).digest('hex')

/** Writes a context as the docker command line does. */
async function writeContext(config: string, name: string, docker: object | undefined, pems: readonly string[] = []) {
  const meta = { Name: name, Metadata: {}, Endpoints: docker ? { docker } : { kubernetes: {} } }
  await write(join(config, 'contexts/meta', idOf(name), 'meta.json'), JSON.stringify(meta))
  for (const pem of pems) await write(join(config, 'contexts/tls', idOf(name), 'docker', pem), 'PEM')
}

async function aHome() {
  const home = await temporaryFolder()
  return { home, config: join(home, '.docker'), source: new DockerContextsSource(aMachine({ home }), realClock) }
}

describe('DockerContextsSource', () => {
  it('reads SSH, TLS, named pipe and socket contexts, by name', async () => {
    const { config, source } = await aHome()
    await writeContext(config, 'prod', { Host: 'ssh://root@prod', SkipTLSVerify: false })
    await writeContext(config, 'secure', { Host: 'tcp://s:2376' }, ['ca.pem', 'cert.pem', 'key.pem'])
    await writeContext(config, 'lax', { Host: 'tcp://l:2376', SkipTLSVerify: true })
    await writeContext(config, 'plain', { Host: 'tcp://p:2375' })
    await writeContext(config, 'desktop-windows', { Host: 'npipe:////./pipe/dockerDesktopWindowsEngine' })
    await writeContext(config, 'desktop-linux', { Host: 'unix:///home/me/.docker/desktop/docker.sock' }, ['ca.pem'])
    const { targets, problems } = await source.read(live())
    expect(problems).toEqual([])
    const tls = (name: string) => join(config, 'contexts/tls', idOf('secure'), 'docker', name)
    expect(targets.map(({ name, endpoint }) => [name, endpoint])).toEqual([
      ['desktop-linux', { kind: 'unix', path: '/home/me/.docker/desktop/docker.sock' }],
      ['desktop-windows', { kind: 'npipe', path: '//./pipe/dockerDesktopWindowsEngine' }],
      ['lax', { kind: 'tls', host: 'l', port: 2376, files: { skipVerify: true } }],
      ['plain', { kind: 'tcp', host: 'p', port: 2375 }],
      ['prod', { kind: 'ssh', user: 'root', host: 'prod' }],
      [
        'secure',
        {
          kind: 'tls',
          host: 's',
          port: 2376,
          files: { ca: tls('ca.pem'), cert: tls('cert.pem'), key: tls('key.pem') },
        },
      ],
    ])
    expect(targets[0]).toMatchObject({ id: 'context:desktop-linux', source: 'context', isDisabled: false })
  })

  it('follows DOCKER_CONFIG', async () => {
    const config = await temporaryFolder()
    await writeContext(config, 'there', { Host: 'tcp://t:1' })
    const machine = aMachine({ home: '/nowhere', env: { DOCKER_CONFIG: config } })
    const { targets } = await new DockerContextsSource(machine, realClock).read(live())
    expect(targets.map(({ name }) => name)).toEqual(['there'])
  })

  it('has nothing to say where there are no contexts, or none for Docker', async () => {
    const { config, source } = await aHome()
    expect(await source.read(live())).toEqual({ targets: [], problems: [] })
    await writeContext(config, 'kube', undefined)
    await writeContext(config, 'empty', { Host: '' })
    expect(await source.read(live())).toEqual({ targets: [], problems: [] })
  })

  it('keeps the good contexts beside broken ones, and names the broken files', async () => {
    const { config, source } = await aHome()
    await writeContext(config, 'good', { Host: 'tcp://g:1' })
    await writeContext(config, 'url', { Host: 'tcp://g:none' })
    await write(join(config, 'contexts/meta/half/meta.json'), '{"Name": "ha')
    await write(join(config, 'contexts/meta/shape/meta.json'), '{"Name": "x", "Endpoints": {"docker": {"Host": 7}}}')
    await mkdir(join(config, 'contexts/meta/nothing'), { recursive: true })
    const { targets, problems } = await source.read(live())
    expect(targets.map(({ name }) => name)).toEqual(['good'])
    const problem = (id: string) => problems.find((text) => text.includes(join('meta', id, 'meta.json')))
    expect(problem('half')).toContain('it is not JSON')
    expect(problem('shape')).toContain('Endpoints.docker.Host')
    expect(problem('nothing')).toContain('no such file')
    expect(problem(idOf('url'))).toContain('"none"')
    expect(problems).toHaveLength(4)
  })

  it('says that the folder cannot be read', async () => {
    const { config, source } = await aHome()
    await write(join(config, 'contexts/meta'), 'a file where the folder should be')
    expect((await source.read(live())).problems[0]).toContain('cannot be read')
  })

  it('stops when it is cancelled', async () => {
    const { config, source } = await aHome()
    await writeContext(config, 'a', { Host: 'tcp://a:1' })
    await expect(source.read(AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('notices contexts made, changed and removed, from before there is any folder', async () => {
    const { config, source } = await aHome()
    const onChange = vi.fn()
    const watch = source.onDidChange(onChange)
    const nextChange = async (action: () => Promise<void>) => {
      const before = onChange.mock.calls.length
      await action()
      await vi.waitFor(() => expect(onChange.mock.calls.length).toBeGreaterThan(before), { timeout: 5000 })
      // Let the notifications of one action come in before the next.
      await new Promise((resolve) => setTimeout(resolve, 300))
    }
    const names = async () => (await source.read(live())).targets.map(({ endpoint }) => endpoint.kind)
    await watch.ready()
    await nextChange(() => writeContext(config, 'a', { Host: 'tcp://a:1' }))
    expect(await names()).toEqual(['tcp'])
    await nextChange(() => writeContext(config, 'a', { Host: 'ssh://a' }))
    expect(await names()).toEqual(['ssh'])
    await nextChange(() => writeContext(config, 'b', { Host: 'tcp://b:1' }, ['ca.pem']))
    expect(await names()).toEqual(['ssh', 'tls'])
    await nextChange(() => rm(join(config, 'contexts'), { recursive: true }))
    expect(await names()).toEqual([])
    await nextChange(() => writeContext(config, 'c', { Host: 'tcp://c:1' }))
    expect(await names()).toEqual(['tcp'])
    watch.dispose()
    const calls = onChange.mock.calls.length
    await writeContext(config, 'd', { Host: 'tcp://d:1' })
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(onChange.mock.calls.length).toBe(calls)
  }, 20_000)
})
