import type { HostSetting } from '../../core/model/host-setting'
import type { SettingReading } from '../../core/targets/target-from-setting'
import type { Clock, Log } from '../../core/ports/environment'
import type { EngineConnector } from '../../core/ports/engine'
import type { CertificateReader } from '../../core/ports/certificates'
import type { HostShells } from '../../core/ports/host-shell'
import type { LocalPrograms } from '../../core/ports/local-programs'
import type { RepairMemory } from '../../core/ports/repair-memory'
import type { HelperOptions } from '../connectivity/helper'
import type { LineFixes } from '../contract/line-fixes'
import type { FleetAccess } from '../fleet-access'
import type { MachineRuns } from '../machine/machine-runs'
import type { RebuildMemory } from '../machine/rebuild-memory'
import type { RootAccess } from '../root/root-access'
import type { Examinations } from '../examinations'
import type { TestResults } from '../test-results'
import type { NodeSubject } from '../tree/tree-node'
import type { Ui } from '../ui'

/** Settings that commands read at the moment they run. */
export interface CommandSettings {
  /** The engine's notation, for instance `ctrl-p,ctrl-q`. */
  readonly detachKeys: string
  /** Shells to try in a container, in order, for instance `["bash", "sh"]`. */
  readonly shells: readonly string[]
  /** Lines of log to begin with. */
  readonly logTail: number
  /** How containers without tools are asked; undefined: not at all. */
  readonly helper: HelperOptions | undefined
  /** docker-machine's program: a path, or a name that is looked up in PATH. */
  readonly dockerMachinePath: string
  hosts(): readonly HostSetting[]
  addHost(host: HostSetting): Promise<void>
  /** Takes the entry with this name out of the setting. */
  removeHost(name: string): Promise<void>
  /** Puts another entry in the place of the one with this name. */
  replaceHost(name: string, host: HostSetting): Promise<void>
  /** Neither shows nor connects to what sources found under these IDs of targets, from now on. */
  hideHosts(ids: readonly string[]): Promise<void>
  showHosts(ids: readonly string[]): Promise<void>
}

/** What a command works with. Passed to each run: commands keep no state. */
export interface CommandContext {
  readonly fleet: FleetAccess
  readonly connector: EngineConnector
  /** The hosts’ own command lines, where there is a way in over SSH. */
  readonly shells: HostShells
  /** Programs of this machine. */
  readonly programs: LocalPrograms
  /** Makes commands root’s on those command lines. */
  readonly root: RootAccess
  /** Repairs that were run, also before the editor was restarted. */
  readonly repairs: RepairMemory
  /** What an entry of the settings stands for on this machine, or what is wrong with it. */
  readonly targetOf: (setting: HostSetting) => SettingReading
  readonly results: TestResults
  /** The newest examination of each host. */
  readonly examinations: Examinations
  /** Where docker-machine failed last, by host. */
  readonly machineRuns: MachineRuns
  /** What helps against lines of contracts that do not hold. */
  readonly lineFixes: LineFixes
  /** Rebuilds of classic Swarms that did not come to their end. */
  readonly rebuilds: RebuildMemory
  /** Reads the certificates that examinations see. */
  readonly certificates: CertificateReader
  readonly settings: CommandSettings
  readonly ui: Ui
  readonly clock: Clock
  readonly log: Log
}

/** One command of the palette and the context menus. */
export interface Command {
  /** As package.json contributes it, for instance `swarmNetworks.createNetwork`; the file is `create-network.ts`. */
  readonly id: string
  /**
   * @param subject the tree node that was clicked; absent from the palette, where the command asks for what it needs.
   * @param selected all that was selected with it, for a command that takes several; `isForSeveral` in its place says so.
   * Whatever it throws is shown to the user by the caller, once; `cancelled` is not shown.
   */
  run(context: CommandContext, subject?: NodeSubject, selected?: readonly NodeSubject[]): Promise<void>
}
