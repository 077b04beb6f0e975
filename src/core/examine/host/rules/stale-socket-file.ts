import type { SocketFile } from '../host-facts'
import type { FactRule } from './fact-rule'
import { linesLike, said } from './seen'

/**
 * Something that is no socket stands where the engine's socket belongs. Mostly a folder: a container that mounts the
 * socket and starts before the engine has made it gets one made in its place.
 */
export const staleSocketFile: FactRule<'stale-socket-file'> = {
  cause: 'stale-socket-file',
  find: ({ facts }) =>
    facts.socketFiles
      .filter(({ type }) => type !== 'socket' && type !== 'absent')
      .map((file) => ({
        cause: 'stale-socket-file',
        title: `${file.path} is ${names[file.type]} in the place of the engine’s socket`,
        severity: 'error',
        evidence: [
          `${file.path} is ${names[file.type]}.`,
          ...linesLike(facts, /can't create unix socket|Failed to create listening socket|docker\.sock/)
            .slice(0, 1)
            .map(said),
        ],
        remedy: `Move ${file.path} aside, then start docker.socket and the engine.`,
        details: file,
      })),
}

const names: Readonly<Record<SocketFile['type'], string>> = {
  directory: 'a folder',
  file: 'a plain file',
  other: 'something else',
  socket: 'a socket',
  absent: 'absent',
}
