import { createHash } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type Docker from 'dockerode'
import type { Generation } from '../machines/spec'

/** An image of a machine to be made in an engine under a name. */
export interface ImageRequest {
  readonly docker: Docker
  readonly generation: Generation
  readonly name: string
}

/** The folder with everything that goes into a machine's image. */
export const imageFolder = join(import.meta.dirname, '..', 'image')

/** Where setup.sh expects that folder inside the machine. */
export const setupFolder = '/usr/share/lab/setup'

const common = [
  ...['systemd', 'systemd-sysv', 'dbus', 'openssh-server', 'docker.io', 'iproute2', 'iptables', 'nftables'],
  ...['iputils-ping', 'ca-certificates', 'procps', 'dnsmasq-base', 'busybox-static', 'sudo'],
]

/** What all images of machines are called; the tag tells them apart. */
export const imageRepository = 'swarm-networks-lab'

/**
 * The Debian packages of a machine: bookworm's engine is the last that takes a key-value store; since trixie the docker
 * command is a package of its own.
 */
export const packagesOf = (generation: Generation): readonly string[] => [
  ...common,
  generation === 'bookworm' ? 'etcd-server' : 'docker-cli',
]

/** The name of a generation's image. It changes with everything the image is made from. */
export async function imageName(generation: Generation): Promise<string> {
  const hash = createHash('sha256').update(packagesOf(generation).join(' '))
  for (const file of (await readdir(imageFolder)).sort()) {
    hash.update(file).update(await readFile(join(imageFolder, file)))
  }
  return `${imageRepository}:${generation}-${hash.digest('hex').slice(0, 12)}`
}
