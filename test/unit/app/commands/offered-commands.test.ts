import { describe, expect, it } from 'vitest'
import { commandTable } from '../../../../src/app/commands/command-table'
import { isOffered, whenClause } from '../../../../src/app/commands/shared/when-clause'

/** What the context menu of a node with these words has, inline ones included. */
function offered(context: string): readonly string[] {
  return commandTable
    .filter(({ places }) => places.some((place) => place.menu === 'view/item/context' && isOffered(place, context)))
    .map(({ id }) => id.slice('swarmNetworks.'.length))
}

/** The same by the `when` clause that package.json has, read as the editor reads it. */
function offeredByClause(context: string): readonly string[] {
  const matches = (when: string) =>
    when.split(' && ').every((clause) => {
      if (clause === '!listMultiSelection') return true
      const match = /^(!\()?(\w+) =~ \/(.*)\/\)?$/.exec(clause)
      if (match === null) throw new Error(`Not understood: ${clause}`)
      const [, negation, key, pattern = ''] = match
      const value = key === 'view' ? 'swarmNetworks.hosts' : context
      return new RegExp(pattern).test(value) === (negation === undefined)
    })
  return commandTable
    .filter(({ places }) => places.some((place) => place.menu === 'view/item/context' && matches(whenClause(place))))
    .map(({ id }) => id.slice('swarmNetworks.'.length))
}

const readyHost = ['createNetwork', 'runContainer', 'checkHosts', 'inspect', 'copyName', 'copyAddress', 'refresh']

const cases: readonly (readonly [string, readonly string[]])[] = [
  [
    'host state-ready source-settings addressed manager makes-networks',
    [...readyHost, 'editHost', 'disableHost', 'removeHost'],
  ],
  [
    'host state-ready source-settings addressed makes-networks',
    [...readyHost, 'editHost', 'disableHost', 'removeHost'],
  ],
  [
    'host state-ready source-context addressed worker',
    ['runContainer', 'checkHosts', 'inspect', 'copyName', 'copyAddress', 'refresh', 'hideHost'],
  ],
  // Known from both: what the user wrote down is what can be changed.
  [
    'host state-connecting source-context source-settings',
    ['copyName', 'refresh', 'editHost', 'disableHost', 'removeHost'],
  ],
  [
    'host state-unreachable source-settings addressed',
    ['copyName', 'copyAddress', 'refresh', 'editHost', 'disableHost', 'removeHost'],
  ],
  [
    'host state-unreachable source-settings addressed ssh',
    [
      'restartEngine',
      'repair',
      'undoLastRepair',
      'examineHost',
      'openSshTerminal',
      'copyName',
      'copyAddress',
      'refresh',
      'editHost',
      'disableHost',
      'removeHost',
    ],
  ],
  ['host-finding cause-engine-silent', ['examineHost']],
  ['host-diagnosis cause-unit-masked', ['repair', 'examineHost', 'showExamination']],
  ['host state-unknown addressed worker', ['copyName', 'copyAddress', 'connectHost']],
  ['host state-disabled source-settings', ['copyName', 'editHost', 'enableHost', 'removeHost']],
  [
    'container state-running addressed',
    [
      'testFromContainer',
      'reconnectContainers',
      'connectContainers',
      'examinePorts',
      'attach',
      'openShell',
      'showLogs',
      'stopContainer',
      'restartContainer',
      'removeContainer',
      'inspect',
      'copyName',
      'copyId',
      'copyAddress',
    ],
  ],
  [
    'container state-exited',
    [
      'reconnectContainers',
      'connectContainers',
      'attach',
      'showLogs',
      'startContainer',
      'removeContainer',
      'inspect',
      'copyName',
      'copyId',
    ],
  ],
  [
    'container state-paused addressed',
    [
      'reconnectContainers',
      'connectContainers',
      'showLogs',
      'startContainer',
      'stopContainer',
      'restartContainer',
      'removeContainer',
      'inspect',
      'copyName',
      'copyId',
      'copyAddress',
    ],
  ],
  [
    'container state-running addressed task-of-service',
    [
      'testFromContainer',
      'replaceTasks',
      'examinePorts',
      'attach',
      'openShell',
      'showLogs',
      'stopContainer',
      'restartContainer',
      'removeContainer',
      'inspect',
      'copyName',
      'copyId',
      'copyAddress',
    ],
  ],
  [
    'container state-removing',
    ['reconnectContainers', 'connectContainers', 'showLogs', 'inspect', 'copyName', 'copyId'],
  ],
  [
    'network overlay takes-containers testable',
    [
      'runContainer',
      'testConnectivity',
      'newContract',
      'checkHosts',
      'showTopology',
      'connectContainers',
      'recreateNetwork',
      'removeStaleEndpoint',
      'removeNetwork',
      'inspect',
      'copyName',
      'copyId',
    ],
  ],
  [
    'network overlay takes-containers testable tested',
    [
      'runContainer',
      'testConnectivity',
      'showReport',
      'showReportJson',
      'newContract',
      'checkHosts',
      'showTopology',
      'connectContainers',
      'recreateNetwork',
      'removeStaleEndpoint',
      'removeNetwork',
      'inspect',
      'copyName',
      'copyId',
    ],
  ],
  ['network overlay predefined', ['checkHosts', 'inspect', 'copyName', 'copyId']],
  [
    'network overlay',
    [
      'checkHosts',
      'showTopology',
      'recreateNetwork',
      'removeStaleEndpoint',
      'removeNetwork',
      'inspect',
      'copyName',
      'copyId',
    ],
  ],
  [
    'network overlay takes-containers',
    [
      'runContainer',
      'checkHosts',
      'showTopology',
      'connectContainers',
      'recreateNetwork',
      'removeStaleEndpoint',
      'removeNetwork',
      'inspect',
      'copyName',
      'copyId',
    ],
  ],
  [
    'network local takes-containers testable',
    [
      'runContainer',
      'testConnectivity',
      'newContract',
      'connectContainers',
      'removeStaleEndpoint',
      'removeNetwork',
      'inspect',
      'copyName',
      'copyId',
    ],
  ],
  ['network local predefined', ['inspect', 'copyName', 'copyId']],
  ['service', ['replaceTasks', 'inspect', 'copyName', 'copyId']],
  ['task', ['replaceTasks', 'inspect', 'copyId']],
  ['test-result', ['testConnectivity', 'showReport', 'showReportJson', 'checkHosts']],
  ['finding', ['testConnectivity', 'showReport', 'checkHosts']],
  [
    'finding fix-start-target fix-show-logs',
    ['testConnectivity', 'showReport', 'checkHosts', 'startTarget', 'showLogs'],
  ],
  ['finding fix-show-firewall-commands', ['testConnectivity', 'showReport', 'checkHosts', 'showFirewallCommands']],
  ['finding fix-examine-ports', ['testConnectivity', 'showReport', 'checkHosts', 'examinePorts']],
  [
    'finding fix-reconnect-containers fix-restart-engine',
    ['testConnectivity', 'showReport', 'checkHosts', 'reconnectContainers', 'restartEngine'],
  ],
  ['finding fix-recreate-network', ['testConnectivity', 'showReport', 'checkHosts', 'recreateNetwork']],
  // What the last test left something about.
  ['test-result fixable', ['testConnectivity', 'showReport', 'showReportJson', 'checkHosts', 'fix']],
  ['finding fixable fix-open-ports', ['testConnectivity', 'showReport', 'checkHosts', 'fix', 'openPorts']],
  ['finding fix-limit-ports', ['testConnectivity', 'showReport', 'checkHosts', 'limitPorts']],
  // Groups and messages.
  ['', []],
]

describe('what a node offers', () => {
  it.each(cases)('%j', (context, commands) => {
    expect(offered(context)).toEqual(commands)
  })

  it.each(cases)('is the same by the when clauses: %j', (context, commands) => {
    expect(offeredByClause(context)).toEqual(commands)
  })
})

it('binds a clause to the views that it names', () => {
  expect(whenClause({ menu: 'view/title', views: ['networks'], group: 'navigation@1' })).toBe(
    'view =~ /^swarmNetworks\\.(networks)$/',
  )
})
