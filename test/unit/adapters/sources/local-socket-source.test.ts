import { symlink } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { LocalSocketSource, localSockets, type LocalSocket } from '../../../../src/adapters/sources/local-socket-source'
import { aMachine, realClock, temporaryFolder, write } from './temporary-folder'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

async function listen(path: string): Promise<Server> {
  const server = createServer()
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(path, resolve))
  return server
}

const unix = (path: string, name = path): LocalSocket => ({ name, endpoint: { kind: 'unix', path } })

describe('localSockets', () => {
  it('knows the usual places of each platform', () => {
    const paths = (machine: Parameters<typeof aMachine>[0]) =>
      localSockets(aMachine(machine)).map(({ endpoint }) => endpoint.path)
    expect(paths({ env: { XDG_RUNTIME_DIR: '/run/user/1000' } })).toEqual([
      '/var/run/docker.sock',
      '/run/user/1000/docker.sock',
      '/home/me/.docker/run/docker.sock',
      '/home/me/.docker/desktop/docker.sock',
      '/home/me/.colima/default/docker.sock',
      '/home/me/.config/colima/default/docker.sock',
      '/home/me/.rd/docker.sock',
    ])
    expect(paths({ platform: 'darwin', home: '/Users/me' })).toEqual([
      '/var/run/docker.sock',
      '/Users/me/.docker/run/docker.sock',
      '/Users/me/.docker/desktop/docker.sock',
      '/Users/me/.colima/default/docker.sock',
      '/Users/me/.config/colima/default/docker.sock',
      '/Users/me/.rd/docker.sock',
      '/Users/me/.orbstack/run/docker.sock',
    ])
    expect(paths({ platform: 'win32' })).toEqual([
      '//./pipe/docker_engine',
      '//./pipe/dockerDesktopLinuxEngine',
      '//./pipe/dockerDesktopWindowsEngine',
    ])
  })
})

describe('LocalSocketSource', () => {
  it('finds sockets that exist, each engine once, and nothing else', async () => {
    const folder = await temporaryFolder()
    const [real, link, file, other] = ['real.sock', 'link.sock', 'file.sock', 'other.sock'].map((n) => join(folder, n))
    await listen(real!)
    await listen(other!)
    await symlink(real!, link!)
    await write(file!, '')
    const sockets = [link!, real!, file!, join(folder, 'missing.sock'), other!].map((path) => unix(path))
    const { targets, problems } = await new LocalSocketSource(sockets, realClock).read()
    expect(problems).toEqual([])
    expect(targets.map(({ endpoint }) => endpoint)).toEqual([
      { kind: 'unix', path: link },
      { kind: 'unix', path: other },
    ])
    expect(targets[0]).toMatchObject({ id: `local:${link!}`, name: link, source: 'local', isDisabled: false })
  })

  it.each([
    [['docker_engine', 'dockerDesktopLinuxEngine'], ['npipe //./pipe/docker_engine']],
    [['dockerDesktopLinuxEngine'], ['npipe //./pipe/dockerDesktopLinuxEngine']],
    [[], []],
  ])(
    'on Windows with the pipes %j finds %j: Docker Desktop serves the usual pipe from its own',
    async (pipes, found) => {
      const find = ({ path }: LocalSocket['endpoint']) =>
        Promise.resolve(pipes.some((name) => path.endsWith(`/${name}`)) ? path : undefined)
      const source = new LocalSocketSource(localSockets(aMachine({ platform: 'win32' })), realClock, find)
      const { targets } = await source.read()
      expect(targets.map(({ endpoint }) => `${endpoint.kind} ${'path' in endpoint ? endpoint.path : ''}`)).toEqual(
        found,
      )
    },
  )

  it('on macOS takes Docker Desktop’s link and the socket behind it for one engine, and Colima for another', async () => {
    const places: Readonly<Record<string, string>> = {
      '/var/run/docker.sock': '/Users/me/.docker/run/docker.sock',
      '/Users/me/.docker/run/docker.sock': '/Users/me/.docker/run/docker.sock',
      '/Users/me/.colima/default/docker.sock': '/Users/me/.colima/default/docker.sock',
    }
    const sockets = localSockets(aMachine({ platform: 'darwin', home: '/Users/me' }))
    const source = new LocalSocketSource(sockets, realClock, ({ path }) => Promise.resolve(places[path]))
    expect((await source.read()).targets.map(({ name, id }) => [name, id])).toEqual([
      ['local', 'local:/var/run/docker.sock'],
      ['local (Colima)', 'local:/Users/me/.colima/default/docker.sock'],
    ])
  })

  it('notices a socket that appears, and keeps it when its engine goes away', async () => {
    const folder = await temporaryFolder()
    const path = join(folder, 'run', 'docker.sock')
    const source = new LocalSocketSource([unix(path)], realClock)
    const onChange = vi.fn()
    const watch = source.onDidChange(onChange)
    await watch.ready()
    expect((await source.read()).targets).toEqual([])
    await write(join(folder, 'run', 'unrelated'), '')
    await vi.waitFor(() => expect(onChange).toHaveBeenCalledOnce(), { timeout: 5000 })
    await write(join(folder, 'run', 'another'), '')
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(onChange).toHaveBeenCalledOnce()
    const server = await listen(path)
    await vi.waitFor(() => expect(onChange).toHaveBeenCalledTimes(2), { timeout: 5000 })
    expect((await source.read()).targets).toHaveLength(1)
    await new Promise((resolve) => server.close(resolve))
    expect((await source.read()).targets).toHaveLength(1)
    watch.dispose()
  }, 20_000)
})
