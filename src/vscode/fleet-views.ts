import { l10n } from 'vscode'
import { Coalescer } from '../app/coalescer'
import type { FleetAccess } from '../app/fleet-access'
import type { ContractBook } from '../app/contract/contract-book'
import type { Examinations } from '../app/examinations'
import type { MachineRuns } from '../app/machine/machine-runs'
import { fleetFacts } from '../app/fleet-summary'
import type { TestResults } from '../app/test-results'
import { revealPath } from '../app/topology/reveal-path'
import { countFindings, findingChildren, findingRoots } from '../app/tree/findings-tree'
import { hostChildren, hostRoots } from '../app/tree/hosts-tree'
import { networkChildren, networkRoots } from '../app/tree/networks-tree'
import { serviceChildren, serviceRoots } from '../app/tree/services-tree'
import { subjectFromArgument } from '../app/tree/subject-argument'
import type { TreeInput } from '../app/tree/tree-input'
import type { NodeSubject } from '../app/tree/tree-node'
import { SwarmNetworksError } from '../core/errors'
import type { Clock, Disposable } from '../core/ports/environment'
import { ContextKeys } from './context-keys'
import { FleetStatusBar } from './status-bar'
import type { Subjects } from './run-command'
import { ServiceLook } from './service-look'
import { FleetTreeView } from './tree-view'

/** Milliseconds between two redraws: fast enough to feel live, slow enough for a fleet that changes all the time. */
const pauseMs = 100

export interface FleetViewsContext {
  readonly fleet: FleetAccess
  readonly results: TestResults
  readonly examinations: Examinations
  readonly machineRuns: MachineRuns
  readonly contracts: ContractBook
  readonly clock: Clock
}

/** Everything that shows the fleet: the trees, the status bar, and the context keys. */
export class FleetViews implements Disposable {
  readonly #context: FleetViewsContext
  readonly #trees: readonly FleetTreeView[]
  readonly #findings: FleetTreeView
  readonly #statusBar = new FleetStatusBar()
  readonly #contextKeys = new ContextKeys()
  readonly #owned: readonly Disposable[]

  constructor(context: FleetViewsContext) {
    this.#context = context
    const { fleet, results, examinations, machineRuns, contracts, clock } = context
    const hosts = new FleetTreeView('hosts', {
      roots: () => hostRoots(this.#input()),
      children: (node) => hostChildren(node, this.#input()),
    })
    const services = new FleetTreeView('services', {
      roots: () => serviceRoots(this.#input()),
      children: (node) => serviceChildren(node, this.#input()),
    })
    this.#findings = new FleetTreeView('findings', {
      roots: () => findingRoots(this.#input()),
      children: (node) => findingChildren(node, this.#input()),
    })
    this.#trees = [
      hosts,
      new FleetTreeView('networks', {
        roots: () => networkRoots(this.#input()),
        children: (node) => networkChildren(node, this.#input()),
      }),
      services,
      this.#findings,
    ]
    const look = new ServiceLook(fleet, () => services.isVisible || hosts.isOpened)
    const redraw = new Coalescer(clock, pauseMs, () => this.#update())
    this.#owned = [
      ...this.#trees,
      look,
      // Nobody's hosts are asked because a folder was opened: only once somebody looks.
      ...this.#trees.map((tree) => tree.onDidChangeLook(() => tree.wasSeen && fleet.start())),
      hosts.onDidChangeLook(() => look.update()),
      services.onDidChangeLook(() => look.update()),
      this.#statusBar,
      fleet.onDidChange(() => redraw.request()),
      ...[results, examinations, machineRuns, contracts].map((data) => data.onDidChange(() => redraw.request())),
      redraw,
    ]
  }

  /** The subject that a menu, a click or a key binding hands to a command. */
  subjectOf(element: unknown): NodeSubject | undefined {
    if (typeof element !== 'string') return subjectFromArgument(element)
    const subject = this.#trees.map((tree) => tree.subjectOf(element)).find((found) => found !== undefined)
    // Without a subject a command asks for one: whoever clicked a row did not mean any other.
    if (subject === undefined) throw new SwarmNetworksError('not-found', l10n.t('What was clicked is gone by now'))
    return subject
  }

  /** Shows and selects the row of a subject in its view; nothing where it has none. */
  async reveal(subject: NodeSubject): Promise<void> {
    const path = revealPath(subject)
    await this.#trees.find(({ id }) => id === path?.view)?.reveal(path?.ids ?? [])
  }

  /** The same with all that is selected beside it, as the editor hands both over; what is gone by now is left out. */
  subjectsOf(element: unknown, selected: unknown): Subjects {
    const clicked = this.subjectOf(element)
    const elements = Array.isArray(selected) ? selected.filter((one) => typeof one === 'string') : []
    const others = elements.flatMap((one) => this.#trees.flatMap((tree) => tree.subjectOf(one) ?? []))
    return { clicked, selected: others }
  }

  dispose(): void {
    for (const owned of this.#owned) owned.dispose()
  }

  #update(): void {
    const { fleet, results, examinations } = this.#context
    for (const tree of this.#trees) tree.update()
    this.#showCount(countFindings(this.#input()))
    this.#statusBar.update(fleet.fleet)
    this.#contextKeys.set({
      ...fleetFacts(fleet.fleet),
      isActive: true,
      hasHiddenHosts: fleet.hidden.length > 0,
      hasSshHost: fleet.fleet.hosts.some(({ sshTarget }) => sshTarget !== undefined),
      hasExaminations: fleet.fleet.hosts.some(({ id }) => examinations.latest(id) !== undefined),
      hasTestResults: fleet.fleet.networks.some(({ key }) => results.latest(key) !== undefined),
    })
  }

  #showCount(findings: number): void {
    this.#findings.setBadge(findings, findings === 1 ? l10n.t('1 finding') : l10n.t('{0} findings', findings))
  }

  #input(): TreeInput {
    const { fleet, clock, ...known } = this.#context
    return { ...known, fleet: fleet.fleet, problems: fleet.problems, now: clock.now() }
  }
}
