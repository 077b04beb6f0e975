import { fixableMessage, testControllerId } from '../../src/app/testing/testing-ids'
import { isInTitle, titleCommandId, type MenuPlace } from '../../src/app/commands/shared/contribution'
import { commandTable } from '../../src/app/commands/command-table'
import { pictureClause, whenClause } from '../../src/app/commands/shared/when-clause'

/** What has to be there for a command to be of use from the palette; a ready host where nothing else is said. */
const paletteNeeds: Readonly<Record<string, string | undefined>> = {
  'swarmNetworks.addHost': undefined,
  'swarmNetworks.showLog': undefined,
  'swarmNetworks.refresh': undefined,
  'swarmNetworks.connectHost': 'hasUnknownHost',
  'swarmNetworks.editHost': 'hasHosts',
  'swarmNetworks.disableHost': 'hasHosts',
  'swarmNetworks.enableHost': 'hasHosts',
  'swarmNetworks.removeHost': 'hasHosts',
  'swarmNetworks.hideHost': 'hasHosts',
  'swarmNetworks.showHiddenHosts': 'hasHiddenHosts',
  'swarmNetworks.createNetwork': 'hasNetworkMaker',
  'swarmNetworks.examineHost': 'hasSshHost',
  'swarmNetworks.showExamination': 'hasExaminations',
  'swarmNetworks.showReport': 'hasTestResults',
  'swarmNetworks.showReportJson': 'hasTestResults',
  'swarmNetworks.startTarget': 'hasTestResults',
  'swarmNetworks.showFirewallCommands': 'hasTestResults',
}

export interface MenuItem {
  readonly command: string
  readonly when: string
  readonly group?: string
}

/** `contributes.commands` of package.json, from the table of commands. */
export function contributedCommands(): readonly { readonly command: string }[] {
  return commandTable.flatMap((command) => {
    const { id, icon } = command
    const ids = isInTitle(command) ? [id, titleCommandId(id)] : [id]
    return ids.map((each) => ({
      command: each,
      title: `%${titleKey(id)}%`,
      category: '%command.category%',
      ...(icon !== undefined && { icon: `$(${icon})` }),
    }))
  })
}

/** The key of a command's title in package.nls.json. */
export function titleKey(id: string): string {
  return `command.${id.replace('swarmNetworks.', '')}`
}

/** `contributes.menus` of package.json, from the table of commands. */
export function contributedMenus(): Readonly<Record<string, readonly MenuItem[]>> {
  const menu = (name: MenuPlace['menu']): readonly MenuItem[] =>
    commandTable.flatMap(({ id, places }) =>
      places
        .filter((place) => place.menu === name)
        .map((place) => ({
          command: name === 'view/title' ? titleCommandId(id) : id,
          when: whenClause(place),
          group: place.group,
        })),
    )
  const testing = (when: string): readonly MenuItem[] =>
    commandTable.flatMap(({ id, places }) =>
      places.filter((place) => place.menu === 'testing').map(({ group }) => ({ command: id, when, group })),
    )
  // The picture's nodes have the menus of the same things in the trees, without what a tree shows as icons.
  const inPicture = commandTable.flatMap(({ id, places }) =>
    places
      .filter((place) => place.menu === 'view/item/context' && !place.group.startsWith('inline'))
      .map((place) => ({ command: id, when: pictureClause(place), group: place.group })),
  )
  return {
    'view/title': menu('view/title'),
    'view/item/context': menu('view/item/context'),
    'webview/context': inPicture,
    'testing/item/context': testing(`controllerId == '${testControllerId}'`),
    // A test with a single message stands for it in the panel of results.
    'testing/item/result': testing(`controllerId == '${testControllerId}' && testResultState == failed`),
    'testing/message/context': testing(`testMessage == '${fixableMessage}'`),
    commandPalette: commandTable.flatMap((command) => {
      const { id } = command
      const hidden = isInTitle(command) ? [{ command: titleCommandId(id), when: 'false' }] : []
      const need = id in paletteNeeds ? paletteNeeds[id] : 'hasReadyHost'
      // Before the extension runs nothing is known: then nothing is hidden, and the command itself says what is missing.
      return need === undefined
        ? hidden
        : [{ command: id, when: `!swarmNetworks.isActive || swarmNetworks.${need}` }, ...hidden]
    }),
  }
}
