import { cp, mkdir, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Lab } from './lab.js'

/** A home folder of its own whose SSH knows the lab's machines; whoever asked for it removes it. */
export async function makeHome(lab: Lab): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'swarm-networks-home-'))
  await mkdir(join(home, '.ssh'), { mode: 0o700 })
  await cp(lab.description.knownHosts, join(home, '.ssh/known_hosts'))
  return home
}
