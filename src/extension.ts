import { commands, l10n, workspace, type ExtensionContext } from 'vscode'
import { certificateReader } from './adapters/docker/certificate-reader'
import { localPrograms } from './adapters/local-programs'
import { DockerContextsSource } from './adapters/sources/docker-contexts-source'
import { DockerHostSource } from './adapters/sources/docker-host-source'
import { DockerMachineSource } from './adapters/sources/docker-machine-source'
import { thisMachine, type LocalMachine } from './adapters/sources/local-machine'
import { LocalSocketSource, localSockets } from './adapters/sources/local-socket-source'
import { SettingsSource, readHostSetting } from './adapters/sources/settings-source'
import { systemClock } from './adapters/system-clock'
import { commandList } from './app/commands/command-list'
import { isInTitle, titleCommandId } from './app/commands/shared/contribution'
import { commandTable } from './app/commands/command-table'
import { examineHost } from './app/commands/examine-host'
import { Examinations } from './app/examinations'
import { ExamineOffers } from './app/examine-offers'
import { ContractBook } from './app/contract/contract-book'
import { fixesOfLine } from './app/contract/line-fixes'
import { FleetService } from './app/fleet-service'
import { LazyConnector } from './app/lazy-connector'
import { MachineRuns } from './app/machine/machine-runs'
import { RebuildMemory } from './app/machine/rebuild-memory'
import { StoredRepairs } from './app/repair/repair-memory'
import { RootAccess } from './app/root/root-access'
import { switchedSource } from './app/switched-source'
import { TestResults } from './app/test-results'
import type { NodeSubject } from './app/tree/tree-node'
import type { Fleet } from './core/model/fleet'
import type { Host } from './core/model/host'
import type { HostSetting } from './core/model/host-setting'
import type { Clock, TargetSource } from './core/ports/environment'
import { ContractFiles } from './vscode/contracts/contract-files'
import { ContractLanguage, commandOf } from './vscode/contracts/contract-language'
import { ContractTests } from './vscode/contracts/contract-tests'
import { registerShowLine } from './vscode/contracts/show-line'
import { VirtualDocuments } from './vscode/documents'
import { FleetViews } from './vscode/fleet-views'
import { EditorLog } from './vscode/log'
import { EditorPrompts } from './vscode/prompts'
import { runCommand, type ShellContext } from './vscode/run-command'
import { Settings } from './vscode/settings'
import { ConnectivityTests } from './vscode/testing/connectivity-tests'
import { TopologyPanel } from './vscode/topology/topology-panel'
import { EditorUi } from './vscode/ui'

/** What other extensions and the tests may see. */
export interface SwarmNetworksApi {
  /** The newest snapshot of all hosts and networks; whoever asks first makes us connect. */
  fleet(): Fleet
}

/**
 * Builds the extension and wires it; everything made here is disposed with the extension. No host is asked before somebody
 * looks at hosts or runs something: a contract in a folder is enough to activate us.
 */
export function activate(context: ExtensionContext): SwarmNetworksApi {
  const clock = systemClock
  const log = new EditorLog()
  const settings = new Settings()
  const documents = new VirtualDocuments()
  const prompts = new EditorPrompts(context.secrets)
  const machine = thisMachine()
  const connector = new LazyConnector(async () => {
    const { createConnector } = await import('./adapters/create-connector')
    return createConnector({ machine, clock, log, prompts })
  })
  const hiddenHosts = {
    ids: () => settings.hiddenHosts(),
    onDidChange: (listener: () => void) => settings.onDidChange(['hiddenHosts'], listener),
  }
  const sources = sourcesOf({ settings, machine, clock })
  const fleet = new FleetService({ connector, sources, clock, log, hiddenHosts })
  const results = new TestResults()
  const examinations = new Examinations()
  const machineRuns = new MachineRuns()
  const book = new ContractBook()
  const views = new FleetViews({ fleet, results, examinations, machineRuns, contracts: book, clock })
  const reveal = (subject: NodeSubject) => views.reveal(subject)
  const topology = new TopologyPanel({ fleet, results, clock, log, extensionUri: context.extensionUri, reveal })
  const ui = new EditorUi({ clock, log, documents, topology })
  const root = new RootAccess(prompts)
  const repairs = new StoredRepairs(context.globalState)
  const targetOf = (setting: HostSetting) => readHostSetting(setting, settings.hosts().length, machine)
  const shell: ShellContext = {
    fleet,
    connector,
    shells: connector,
    programs: localPrograms,
    root,
    repairs,
    targetOf,
    results,
    examinations,
    machineRuns,
    lineFixes: {
      of: (line) => fixesOfLine(book, line),
      apply: async (address, fix) => {
        const { command, arguments: args } = commandOf(address, fix)
        await commands.executeCommand(command, ...args)
      },
    },
    rebuilds: new RebuildMemory(context.globalState),
    certificates: certificateReader,
    settings,
    ui,
    clock,
    log,
  }
  const offerToExamine = async (host: Host) => {
    const action = l10n.t('Examine Host')
    const text = l10n.t('The engine of {0} does not answer, but the host does over SSH.', host.name)
    if ((await ui.warn(text, [action])) === undefined) return
    await runCommand(examineHost, shell, () => ({ clicked: { kind: 'host', hostId: host.id } }))
  }
  const connectivityTests = new ConnectivityTests({ fleet, shells: connector, results, settings, clock, log })
  const inTitles = new Set(commandTable.filter(isInTitle).map(({ id }) => id))
  context.subscriptions.push(
    log,
    documents,
    connector,
    fleet,
    views,
    topology,
    new ExamineOffers(fleet, (host) => void offerToExamine(host)),
    connectivityTests,
    new ContractFiles(book, log),
    registerShowLine(book),
    new ContractLanguage({ book, fleet, extensionUri: context.extensionUri }),
    new ContractTests({ book, fleet, shells: connector, settings, clock, log, isTrusted: () => workspace.isTrusted }),
    ...commandList.map((command) =>
      commands.registerCommand(command.id, (element: unknown, selected: unknown) =>
        runCommand(command, shell, () => {
          const clicked = connectivityTests.subjectOf(element)
          return clicked ? { clicked } : views.subjectsOf(element, selected)
        }),
      ),
    ),
    ...commandList
      .filter(({ id }) => inTitles.has(id))
      .map((command) =>
        commands.registerCommand(titleCommandId(command.id), () => runCommand(command, shell, () => ({}))),
      ),
  )
  return {
    fleet: () => {
      fleet.start()
      return fleet.fleet
    },
  }
}

interface SourceContext {
  readonly settings: Settings
  readonly machine: LocalMachine
  readonly clock: Clock
}

/** In order of precedence: where two name the same endpoint, the first one's entry counts. */
function sourcesOf({ settings, machine, clock }: SourceContext): readonly TargetSource[] {
  const switched = (source: TargetSource, name: Parameters<Settings['isEnabled']>[0]): TargetSource =>
    switchedSource(source, {
      isOn: () => settings.isEnabled(name),
      onDidChange: (listener) => settings.onDidChange([name], listener),
    })
  const hosts = {
    get: () => settings.writtenHosts(),
    onDidChange: (listener: () => void) => settings.onDidChange(['hosts'], listener),
  }
  const store = {
    get: () => settings.machineStore,
    onDidChange: (listener: () => void) => settings.onDidChange(['sources.dockerMachineStore'], listener),
  }
  return [
    new SettingsSource(hosts, machine),
    switched(new DockerHostSource(machine), 'sources.environment'),
    switched(new DockerContextsSource(machine, clock), 'sources.dockerContexts'),
    switched(new DockerMachineSource({ machine, clock, store }), 'sources.dockerMachine'),
    switched(new LocalSocketSource(localSockets(machine), clock), 'sources.localSocket'),
  ]
}
