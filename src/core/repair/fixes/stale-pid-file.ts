import { engineRepair } from '../engine-repair'
import { fixOf } from './fix'

/** A process ID file that names somebody else's process goes into the record, and the engine is started. */
export const stalePidFile = fixOf('stale-pid-file', ({ details: { path, process } }, situation) => [
  engineRepair(situation, {
    id: 'stale-pid-file',
    title: `Move the process ID file ${path} aside`,
    consequences: process === undefined ? [] : [`The process that it names, ${process}, is left alone.`],
    // No check: an engine that systemd starts by itself may have written its own there before anybody looks.
    change: (builder) => [builder.moveAside('move-pid-file', path, 'unchecked')],
    undoNote: 'It comes back only where nothing stands in its place: while the engine runs, its own does.',
  }),
])
