import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DockerHostSource } from '../../../../src/adapters/sources/docker-host-source'
import { aMachine, temporaryFolder, write } from './temporary-folder'

const read = (env: Record<string, string>, home = '/home/me') => new DockerHostSource(aMachine({ env, home })).read()

describe('DockerHostSource', () => {
  it('is empty where the variable is', async () => {
    expect(await read({})).toEqual({ targets: [], problems: [] })
    expect(await read({ DOCKER_HOST: ' ' })).toEqual({ targets: [], problems: [] })
  })

  it('reads the URL', async () => {
    const { targets } = await read({ DOCKER_HOST: 'ssh://root@h', DOCKER_TLS_VERIFY: '1' })
    expect(targets).toEqual([
      {
        id: 'environment:DOCKER_HOST',
        name: 'DOCKER_HOST',
        endpoint: { kind: 'ssh', user: 'root', host: 'h' },
        source: 'environment',
        isDisabled: false,
      },
    ])
  })

  it('names itself in a problem', async () => {
    const { targets, problems } = await read({ DOCKER_HOST: 'h:1' })
    expect(targets).toEqual([])
    expect(problems[0]).toMatch(/DOCKER_HOST.*"h:1" has no scheme/)
  })

  it('adds the TLS files of DOCKER_CERT_PATH, else of the Docker folder, that exist', async () => {
    const home = await temporaryFolder()
    await write(join(home, '.docker/ca.pem'), 'PEM')
    for (const name of ['ca', 'cert', 'key']) await write(join(home, `certs/${name}.pem`), 'PEM')
    const DOCKER_HOST = 'tcp://h'
    const endpoint = async (env: Record<string, string>) =>
      (await read({ DOCKER_HOST, ...env }, home)).targets[0]?.endpoint
    expect(await endpoint({})).toEqual({ kind: 'tcp', host: 'h', port: 2375 })
    expect(await endpoint({ DOCKER_TLS_VERIFY: '' })).toMatchObject({ kind: 'tcp' })
    const certs = join(home, 'certs')
    expect(await endpoint({ DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: certs })).toEqual({
      kind: 'tls',
      host: 'h',
      port: 2376,
      files: { ca: join(certs, 'ca.pem'), cert: join(certs, 'cert.pem'), key: join(certs, 'key.pem') },
    })
    expect(await endpoint({ DOCKER_TLS: '1' })).toMatchObject({
      files: { ca: join(home, '.docker/ca.pem'), skipVerify: true },
    })
  })
})
