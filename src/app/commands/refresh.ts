import type { Command } from './command'

/** Reads the clicked host again, or every host and source; the tree shows what comes of it. */
export const refresh: Command = {
  id: 'swarmNetworks.refresh',
  run(context, subject) {
    context.fleet.refresh(subject?.kind === 'host' ? subject.hostId : undefined)
    return Promise.resolve()
  },
}
