import { access } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { TlsFiles } from '../../core/model/target'
import { expandHome, pathsOf, type LocalMachine } from './local-machine'

/** Docker's folder of settings and contexts: `DOCKER_CONFIG`, else `~/.docker` (docker CLI, cli/config/config.go). */
export function dockerConfigFolder(machine: LocalMachine): string {
  const folder = machine.env['DOCKER_CONFIG']
  return folder === undefined || folder === ''
    ? pathsOf(machine).join(machine.home, '.docker')
    : expandHome(folder, machine)
}

/** docker-machine's store: `MACHINE_STORAGE_PATH`, else `~/.docker/machine` (docker-machine, commands/mcndirs/utils.go). */
export function machineStore(machine: LocalMachine): string {
  const folder = machine.env['MACHINE_STORAGE_PATH']
  return folder === undefined || folder === ''
    ? pathsOf(machine).join(machine.home, '.docker', 'machine')
    : expandHome(folder, machine)
}

/** The first of these files that is there. */
export async function firstExisting(files: readonly string[]): Promise<string | undefined> {
  for (const file of files) if ((await present(dirname(file), basename(file))) !== undefined) return file
  return undefined
}

/** Those of `ca.pem`, `cert.pem` and `key.pem` that exist in a folder. */
export async function tlsFilesIn(folder: string): Promise<Pick<TlsFiles, 'ca' | 'cert' | 'key'>> {
  const [ca, cert, key] = await Promise.all(['ca.pem', 'cert.pem', 'key.pem'].map((name) => present(folder, name)))
  return { ...(ca !== undefined && { ca }), ...(cert !== undefined && { cert }), ...(key !== undefined && { key }) }
}

/**
 * The TLS files that the environment asks for on `tcp://`, or undefined where it asks for none. As in the docker CLI
 * (cli/flags/options.go): `DOCKER_TLS_VERIFY` turns TLS on, `DOCKER_TLS` too but without checking the server, and the
 * files are in `DOCKER_CERT_PATH`, else in Docker's folder. Any value counts but the empty one.
 */
export async function tlsFromEnvironment(machine: LocalMachine): Promise<TlsFiles | undefined> {
  const isVerified = isSet(machine, 'DOCKER_TLS_VERIFY')
  if (!isVerified && !isSet(machine, 'DOCKER_TLS')) return undefined
  const folder = isSet(machine, 'DOCKER_CERT_PATH')
    ? expandHome(machine.env['DOCKER_CERT_PATH'] ?? '', machine)
    : dockerConfigFolder(machine)
  return { ...(await tlsFilesIn(folder)), ...(!isVerified && { skipVerify: true }) }
}

function isSet({ env }: LocalMachine, name: string): boolean {
  return env[name] !== undefined && env[name] !== ''
}

async function present(folder: string, name: string): Promise<string | undefined> {
  const path = join(folder, name)
  try {
    await access(path)
    return path
  } catch {
    // Each of the three may be missing; a file that the endpoint then lacks shows when it is used.
    return undefined
  }
}
