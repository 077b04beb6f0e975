import type { Command } from './command'

/** This extension’s own log; a container’s is `show-logs`. */
export const showLog: Command = {
  id: 'swarmNetworks.showLog',
  run(context) {
    context.ui.showLog()
    return Promise.resolve()
  },
}
