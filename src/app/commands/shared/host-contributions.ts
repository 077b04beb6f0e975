import type { CommandContribution, NodeCondition } from './contribution'
import { node, title } from './places'

/** A host that the user wrote down in the settings. */
const settingsHost: NodeCondition = { all: ['host', 'source-settings'] }

/** The commands that change which hosts are known and how they are reached. */
export const hostContributions: readonly CommandContribution[] = [
  {
    id: 'swarmNetworks.addHost',
    title: 'Add Host…',
    icon: 'add',
    places: [title(['hosts'], 'navigation@1')],
  },
  {
    id: 'swarmNetworks.connectHost',
    title: 'Connect to This Host…',
    icon: 'plug',
    places: [
      node('inline@1', { all: ['host', 'state-unknown'] }),
      node('1_create@1', { all: ['host', 'state-unknown'] }),
    ],
  },
  {
    id: 'swarmNetworks.editHost',
    title: 'Edit Host…',
    icon: 'edit',
    places: [node('5_host@1', settingsHost)],
  },
  {
    id: 'swarmNetworks.disableHost',
    title: 'Disable Host',
    icon: 'circle-slash',
    places: [node('5_host@2', { ...settingsHost, none: ['state-disabled'] })],
  },
  {
    id: 'swarmNetworks.enableHost',
    title: 'Enable Host',
    icon: 'plug',
    places: [
      node('inline@1', { all: ['host', 'source-settings', 'state-disabled'] }),
      node('5_host@2', { all: ['host', 'source-settings', 'state-disabled'] }),
    ],
  },
  {
    id: 'swarmNetworks.removeHost',
    title: 'Remove Host from Settings…',
    icon: 'trash',
    places: [node('8_remove@1', settingsHost)],
  },
  {
    id: 'swarmNetworks.hideHost',
    title: 'Hide Host',
    icon: 'eye-closed',
    places: [
      node('5_host@3', {
        all: ['host'],
        any: ['source-context', 'source-environment', 'source-docker-machine', 'source-local'],
        none: ['source-settings'],
      }),
    ],
  },
  {
    id: 'swarmNetworks.showHiddenHosts',
    title: 'Show Hidden Hosts…',
    icon: 'eye',
    places: [title(['hosts'], '5_host@1')],
  },
]
