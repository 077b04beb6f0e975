import { join } from 'node:path'

/** The root of the repository. */
export const repositoryRoot = join(import.meta.dirname, '..', '..', '..')

/** What a run leaves behind for people to look at; not under version control. */
export const artifactsFolder = join(repositoryRoot, 'artifacts', 'editor')

/** The packaged extension that the windows install: see scripts/package.mjs. */
export const vsixPath = join(repositoryRoot, 'dist', 'swarm-networks.vsix')
