import type { DiskFacts, KernelFacts, Presence } from '../host-facts'
import { linesOf, type Section } from './sections'

/** One entry a file system, under the first path on it that was asked for. */
export function parseDisks(sections: readonly Section[]): readonly DiskFacts[] {
  const lines = sections.filter(({ name }) => /^disks?$/.test(name)).flatMap(({ text }) => text.split('\n'))
  const inodes = new Map(rowsOf(lines, 'inodes').map((row) => [row.path, row]))
  const disks = new Map<string, DiskFacts>()
  for (const { path, total, available, mountPoint } of rowsOf(lines, 'space')) {
    const count = inodes.get(path)
    const counted = count !== undefined && count.total > 0
    if (total > 0 && !disks.has(mountPoint))
      disks.set(mountPoint, {
        path,
        mountPoint,
        size: total * 1024,
        available: available * 1024,
        ...(counted && { inodes: count.total, inodesFree: count.available }),
      })
  }
  return [...disks.values()]
}

/** `space /run tmpfs 12342040 36 12342004 1% /run` (df -P) */
function rowsOf(lines: readonly string[], kind: 'space' | 'inodes') {
  const row = new RegExp(`^${kind} (\\S+) .*?\\s(\\d+)\\s+(\\d+)\\s+(-?\\d+)\\s+\\S+\\s+(/.*)$`)
  return lines.flatMap((line) => {
    const [, path, total, , available, mountPoint] = row.exec(line) ?? []
    if (path === undefined || mountPoint === undefined) return []
    return [{ path, total: Number(total), available: Number(available), mountPoint }]
  })
}

const presences: readonly Presence[] = ['loaded', 'built-in', 'available', 'missing']

export function parseKernel(sections: readonly Section[]): KernelFacts {
  const lines = linesOf(sections, 'kernel').map((line) => line.split(' '))
  const value = (name: string) => lines.find(([first, second = '']) => first === name && second !== '')?.[1]
  const module = (name: string): Presence => {
    const state = lines.find(([first, second]) => first === 'module' && second === name)?.[2]
    return presences.find((presence) => presence === state) ?? 'unknown'
  }
  const [forward, bridge] = [value('ip_forward'), value('bridge_nf')]
  return {
    ...(forward !== undefined && { ipForward: forward !== '0' }),
    ...(bridge !== undefined && { bridgeNfCallIptables: bridge !== '0' }),
    brNetfilter: module('br_netfilter'),
    vxlan: module('vxlan'),
    overlay: module('overlay'),
  }
}
