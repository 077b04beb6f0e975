import { mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { LabPaths } from '../support/paths'
import { waitUntil } from '../support/wait-until'
import { machineOverlay } from './credentials'
import type { MachineDescription, StoreDescription } from './description'
import type { Machine } from './machine'

const storePort = 2379
/** Where engines with a store gossip about who is behind which container's address (serf, in libnetwork). */
const gossipPort = 7946

/** The unit of Debian's package etcd-server; it reads /etc/default/etcd. */
export const storeUnit = 'etcd.service'

/** The store of a lab: etcd in its first machine. */
export function describeStore(first: MachineDescription): StoreDescription {
  return { machine: first.name, url: `etcd://${first.address}:${storePort}` }
}

/**
 * What an engine is started with to use the store: where it is, and the address that the engine tells the others. Its
 * label says of the store's own machine and the second one that they are in the north, and of the others in the south.
 */
export const storeOptions = ({ url }: StoreDescription, index: number): string =>
  `--cluster-store=${url} --cluster-advertise=eth0:2375 --label site=${index < 2 ? 'north' : 'south'}`

/** Writes what starts etcd in the first machine, and the engines one after the other. */
export async function writeStoreSettings(
  paths: LabPaths,
  machines: readonly MachineDescription[],
  { machine: home }: StoreDescription,
): Promise<void> {
  for (const [index, { name, address }] of machines.entries()) {
    const etc = join(machineOverlay(paths, name), 'etc')
    if (name === home) await writeEtcdSettings(etc, address)
    const before = machines[index - 1]
    if (before !== undefined) await writeStartOrder(etc, before.address)
  }
}

/** The engines speak version 2 of etcd's API (docker/libkv), which is off unless told. */
async function writeEtcdSettings(etc: string, address: string): Promise<void> {
  const settings = [
    'ETCD_ENABLE_V2=true',
    `ETCD_LISTEN_CLIENT_URLS=http://0.0.0.0:${storePort}`,
    `ETCD_ADVERTISE_CLIENT_URLS=http://${address}:${storePort}`,
  ]
  const wants = join(etc, 'systemd', 'system', 'multi-user.target.wants')
  const dropIn = join(etc, 'systemd', 'system', 'docker.service.d')
  await Promise.all([join(etc, 'default'), wants, dropIn].map((folder) => mkdir(folder, { recursive: true })))
  await writeFile(join(etc, 'default', 'etcd'), `${settings.join('\n')}\n`)
  await writeFile(join(dropIn, 'store.conf'), `[Unit]\nAfter=${storeUnit}\n`)
  const link = join(wants, storeUnit)
  await rm(link, { force: true })
  await symlink(`/lib/systemd/system/${storeUnit}`, link)
}

/**
 * An engine that finds another one in the store whose gossip does not listen yet is refused once and never tries again:
 * its containers stay cut off until it is restarted. So each engine waits for the one before it, but not for ever: it
 * has to start without the others too.
 */
async function writeStartOrder(etc: string, before: string): Promise<void> {
  const dropIn = join(etc, 'systemd', 'system', 'docker.service.d')
  const wait = `for try in $(seq 100); do (exec 3<>/dev/tcp/${before}/${gossipPort}) 2>/dev/null && break; sleep 0.1; done`
  await mkdir(dropIn, { recursive: true })
  await writeFile(
    join(dropIn, 'store.conf'),
    `[Service]\nExecStartPre=/bin/bash -c '${wait.replaceAll('$', '$$$$')}'\n`,
  )
}

/** How long engines may take to notice that the store is back: they look every twenty seconds. In milliseconds. */
const wholeWithinMs = 60_000
/** After this without progress an engine was refused by the others at its start, and is started again. */
const refusedAfterMs = 25_000

/** Waits until all engines take part: each gossips, and lists what the store holds. Mends engines that were refused. */
export async function waitForStore(machines: readonly Machine[], signal: AbortSignal): Promise<void> {
  const what = 'all engines to use the store'
  const check = async () => ((await isWhole(machines, signal)) ? true : undefined)
  try {
    await waitUntil(check, { signal, timeoutMs: refusedAfterMs, what })
  } catch {
    signal.throwIfAborted()
    for (const machine of machines)
      await machine.run('systemctl restart docker.service && docker version >/dev/null', { signal })
    await waitUntil(check, { signal, timeoutMs: wholeWithinMs, what })
  }
}

/** Only the engine's log tells whom it gossips with. */
const membersJoined =
  'journalctl _SYSTEMD_INVOCATION_ID=$(systemctl show -P InvocationID docker.service) | grep -o "EventMemberJoin: [^ ]*" | sort -u | wc -l'

async function isWhole(machines: readonly Machine[], signal: AbortSignal): Promise<boolean> {
  const views = await Promise.all(
    machines.map(async (machine) => ({
      members: Number(await machine.run(membersJoined, { signal })),
      networks: await machine.run("docker network ls --filter driver=overlay --format '{{.ID}}' | sort", { signal }),
    })),
  )
  return (
    views.every(({ members }) => members === machines.length) &&
    new Set(views.map(({ networks }) => networks)).size === 1
  )
}

/** The store that an engine says it uses; empty where it uses none. */
export async function storeSeenBy(machine: Machine, signal: AbortSignal): Promise<string> {
  const said = await machine.run("docker info 2>/dev/null | sed -n 's/^ *Cluster Store: //p'", { signal })
  return said.trim()
}
