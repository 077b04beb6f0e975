import { engineRepair } from '../engine-repair'
import { fixOf } from './fix'

/** Whatever stands where the engine's socket belongs goes into the record, and the engine makes its socket. */
export const staleSocketFile = fixOf('stale-socket-file', ({ details: { path, type } }, situation) => [
  engineRepair(situation, {
    id: 'stale-socket-file',
    title: `Move the ${type === 'directory' ? 'folder' : 'file'} ${path} aside, in whose place the engine’s socket belongs`,
    change: (builder) => [builder.moveAside('move-socket-file', path)],
    undoNote: 'It comes back only where nothing stands in its place: while the engine runs, its socket does.',
  }),
])
