import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { LabPaths } from '../support/paths'
import { machineOverlay } from './credentials'
import type { LabDescription } from './description'
import { storeOptions } from './store'

const certificates = '/etc/docker/tls'
const tlsOptions = `--tlscacert=${certificates}/ca.pem --tlscert=${certificates}/cert.pem --tlskey=${certificates}/key.pem`

/** What the engine listens on besides its socket. */
const engineOptions = {
  none: '',
  tls: `-H tcp://0.0.0.0:2376 --tlsverify ${tlsOptions}`,
  plain: '-H tcp://0.0.0.0:2375 --tls=false',
} as const

/**
 * Writes what each machine's services read: the `DOCKER_OPTS` of Debian's docker.service, and the names of all machines
 * for its name server.
 */
export async function writeSettings(paths: LabPaths, { machines, store }: LabDescription): Promise<void> {
  const hosts = machines.map(({ address, name }) => `${address} ${name}\n`).join('')
  for (const [index, { name, tcp }] of machines.entries()) {
    const etc = join(machineOverlay(paths, name), 'etc')
    await mkdir(join(etc, 'default'), { recursive: true })
    const options = [engineOptions[tcp], ...(store === undefined ? [] : [storeOptions(store, index)])].join(' ')
    await writeFile(join(etc, 'default', 'docker'), `DOCKER_OPTS="${options}"\n`)
    await writeFile(join(etc, 'lab-hosts'), hosts)
  }
}
