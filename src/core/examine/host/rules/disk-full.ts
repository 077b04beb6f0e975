import { shellQuote } from '../../../text/shell-quote'
import type { HostDiagnosisOf } from '../host-diagnosis'
import type { DiskFacts, HostFacts } from '../host-facts'
import type { FactRule } from './fact-rule'
import { engineLine } from './by-hand'
import { linesLike, said } from './seen'

const mebibyte = 1024 * 1024
/** Below this nothing works; below the other one, pulling an image may not. */
const limits = { none: mebibyte, little: 512 * mebibyte } as const

/** A file system that the engine writes to has no room left, or no inodes: it may not start, and containers fail oddly. */
export const diskFull: FactRule<'disk-full'> = {
  cause: 'disk-full',
  find: ({ facts }) => {
    const log = linesLike(facts, /no space left on device/i)
      .slice(0, 1)
      .map(said)
    return facts.disks.flatMap((disk) => findingOf(disk, log, facts) ?? [])
  },
}

function findingOf(
  disk: DiskFacts,
  log: readonly string[],
  facts: HostFacts,
): HostDiagnosisOf<'disk-full'> | undefined {
  const isInodes = disk.inodes !== undefined && disk.inodes > 0 && disk.inodesFree === 0
  const isFull = isInodes || disk.available < limits.none
  const isNearly = disk.available < limits.little && disk.available < disk.size * 0.03
  if (!isFull && !isNearly) return undefined
  const what = isInodes ? 'inode' : 'room'
  const on = disk.mountPoint === disk.path ? disk.path : `${disk.path} (on ${disk.mountPoint})`
  return {
    cause: 'disk-full',
    title: isFull ? `There is no ${what} left for ${on}` : `There is little room left for ${on}`,
    severity: isFull ? 'error' : 'warning',
    evidence: [
      `${disk.mountPoint}: ${inMebibytes(disk.available)} of ${inMebibytes(disk.size)} are free.`,
      ...(isInodes ? [`${disk.mountPoint}: 0 of ${disk.inodes ?? 0} inodes are free.`] : []),
      ...(isFull ? log : []),
    ],
    remedy: `Make room on ${disk.mountPoint}: old images and stopped containers (docker system df shows them), logs, or a larger disk. Then restart the engine.`,
    byHand: roomLines(disk, facts),
    details: { path: disk.path, mountPoint: disk.mountPoint, isInodes },
  }
}

function inMebibytes(bytes: number): string {
  return `${Math.floor(bytes / mebibyte)} MiB`
}

/** What takes the room, and what may go without anybody missing it. */
function roomLines({ mountPoint, path }: DiskFacts, facts: HostFacts): readonly string[] {
  const at = shellQuote([mountPoint])
  const holdsImages = mountPoint === '/' || path.startsWith('/var/lib')
  return [
    `df -h ${at}; df -i ${at}`,
    `du -x -h -d 3 ${at} 2>/dev/null | sort -h | tail -n 20`,
    ...(facts.system.init === 'systemd' &&
    (mountPoint === '/' || mountPoint.startsWith('/var')) &&
    path !== '/var/lib/docker'
      ? ['journalctl --vacuum-size=200M']
      : []),
    engineLine(facts, 'restart'),
    ...(holdsImages ? ['docker system df', 'docker image prune'] : []),
  ]
}
