import { access, chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { utils } from 'ssh2'
import { labName, type LabPaths } from '../support/paths'
import type { MachineDescription } from './description'

/** Where the lab's SSH files are. */
export interface SshFiles {
  readonly key: string
  readonly knownHosts: string
  readonly config: string
}

export const sshFiles = (paths: LabPaths): SshFiles => ({
  key: join(paths.state, 'id_ed25519'),
  knownHosts: join(paths.state, 'known_hosts'),
  config: join(paths.state, 'ssh_config'),
})

/** The folder whose content is laid over a machine's root before it starts. */
export const machineOverlay = (paths: LabPaths, name: string): string => join(paths.state, 'machines', name)

export const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  )

/** Makes the lab's key pair and each machine's host key, where they are missing; then known_hosts and ssh_config. */
export async function writeSshFiles(paths: LabPaths, machines: readonly MachineDescription[]): Promise<SshFiles> {
  const files = sshFiles(paths)
  await mkdir(paths.state, { recursive: true, mode: 0o700 })
  await chmod(paths.state, 0o700)
  const client = await keyPair(files.key, labName)
  const hostKeys = await Promise.all(
    machines.map(async (machine) => {
      const etc = join(machineOverlay(paths, machine.name), 'etc', 'ssh')
      await mkdir(etc, { recursive: true })
      await writeFile(join(etc, 'lab_authorized_keys'), `${client}\n`)
      const publicKey = await keyPair(join(etc, 'ssh_host_ed25519_key'), `root@${machine.name}`)
      return `${machine.name},${machine.address} ${publicKey.split(' ').slice(0, 2).join(' ')}\n`
    }),
  )
  await writeFile(files.knownHosts, hostKeys.join(''))
  await writeFile(files.config, machines.map((machine) => sshConfigOf(machine, files)).join(''))
  return files
}

/** Reads a key pair or makes one, as OpenSSH stores them; gives the public key's line. */
async function keyPair(file: string, comment: string): Promise<string> {
  if (await exists(`${file}.pub`)) {
    return (await readFile(`${file}.pub`, 'utf8')).trim()
  }
  const pair = newKeyPair(comment)
  await writeFile(file, pair.private, { mode: 0o600 })
  await writeFile(`${file}.pub`, `${pair.public}\n`)
  return pair.public
}

/** ssh2 drops leading zero bytes, one key in 256: nothing reads such a key, and another one is made. */
function newKeyPair(comment: string) {
  for (;;) {
    const pair = utils.generateKeyPairSync('ed25519', { comment })
    const [, blob = ''] = pair.public.split(' ')
    if (Buffer.from(blob, 'base64').length === ed25519BlobBytes) return pair
  }
}

/** `ssh-ed25519` and 32 bytes, each with its length before it (RFC 8709). */
const ed25519BlobBytes = 4 + 11 + 4 + 32

const sshConfigOf = (machine: MachineDescription, files: SshFiles): string =>
  [
    `Host ${machine.name}`,
    `  HostName ${machine.address}`,
    '  User root',
    `  IdentityFile "${files.key}"`,
    '  IdentitiesOnly yes',
    `  UserKnownHostsFile "${files.knownHosts}"`,
    '',
    '',
  ].join('\n')
