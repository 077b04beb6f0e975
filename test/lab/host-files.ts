import type { Machine } from './machines/machine'

/** Everything that a repair may touch. */
const places = '/etc/docker /etc/default /etc/systemd/system /etc/modules-load.d /etc/sysctl.d /lib/systemd/system'
const own = '/run/docker.pid /run/docker.sock'

/**
 * Each file of a machine that a repair may touch: its type, mode, owner, change of content in nanoseconds, and a sum of
 * what is in it, as one line. Folders count without their times, and so do links, which systemd makes anew.
 */
export async function allFiles(machine: Machine, withRun: boolean): Promise<readonly string[]> {
  const listing = await machine.run(`
    find ${places} -type f -printf '%y %m %u %g %T@ %p\\n' -o -printf '%y %m %u %g %l %p\\n'
    find ${places} -type f -exec sha256sum {} +
    for path in ${withRun ? own : ''}; do
      [ ! -f $path ] || sha256sum $path
      [ ! -d $path ] || echo "folder $path"
    done`)
  return listing.split('\n').toSorted()
}
