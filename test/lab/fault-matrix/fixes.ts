import type { Command } from '../../../src/app/commands/command'
import { activateNode } from '../../../src/app/commands/activate-node'
import { connectContainers } from '../../../src/app/commands/connect-containers'
import { limitPorts } from '../../../src/app/commands/limit-ports'
import { openPorts } from '../../../src/app/commands/open-ports'
import { reconnectContainers } from '../../../src/app/commands/reconnect-containers'
import { recreateNetwork } from '../../../src/app/commands/recreate-network'
import { removeStaleVxlan } from '../../../src/app/commands/remove-stale-vxlan'
import { restartEngine } from '../../../src/app/commands/restart-engine'
import { startTarget } from '../../../src/app/commands/start-target'
import type { PairResult } from '../../../src/core/connectivity/types'
import type { ConnectivityRun } from '../../../src/core/connectivity/run'
import type { Finding, Fix } from '../../../src/core/diagnosis/finding'
import type { Answer } from '../../unit/fakes/fake-ui'
import type { EditorCommands } from '../editor-commands'
import type { Lab } from '../lab'

/** A command of the context menu, and what its user answers. */
interface OfferedCommand {
  readonly command: Command
  readonly answers: (finding: Finding) => readonly Answer[]
}

const run: Answer = { press: 'Run' }

/** What changes something: the rest of what is offered shows something. */
const commands: Partial<Record<Fix['id'], OfferedCommand>> = {
  'start-target': { command: startTarget, answers: () => [{ press: 'Test Again' }] },
  'connect-containers': { command: connectContainers, answers: () => [run] },
  'reconnect-containers': { command: reconnectContainers, answers: () => [run] },
  'open-ports': { command: openPorts, answers: () => [run] },
  'remove-stale-vxlan': { command: removeStaleVxlan, answers: () => [run] },
  'limit-ports': { command: limitPorts, answers: () => [run] },
  'activate-node': { command: activateNode, answers: () => [run] },
  'restart-engine': { command: restartEngine, answers: () => [run] },
  'recreate-network': { command: recreateNetwork, answers: answersForNetwork },
}

/** The size that was measured; a subnet of the engine's choice; nothing where it is to be attachable. */
function answersForNetwork({ cause }: Finding): readonly Answer[] {
  if (cause === 'mtu-black-hole') return ['accept', run]
  return cause === 'not-attachable' ? [run] : [{ input: '' }, run]
}

/** What a fix did. */
export interface Fixed {
  readonly fixes: readonly Fix['id'][]
  /** How many pairs were tested again after it, and how many there are. */
  readonly again: number
  readonly pairs: number
  /** Nothing failed any more, and nothing was found. */
  readonly isGreen: boolean
  /** It took its user’s own hands, too. */
  readonly isByHand: boolean
  readonly ms: number
}

/** The fix that a finding offers first, of those that change something. */
export function fixOf(finding: Finding | undefined): Fix['id'] | undefined {
  return finding?.fixes.find(({ id }) => commands[id] !== undefined)?.id
}

/** A fix of one fault may uncover what came of it, and several containers may have to be started. */
const mostFixes = 4

/** Peers and nodes come back within this time. */
const patienceMs = 60_000

export interface FixedNetwork {
  /** What its user does after it. */
  readonly byHand?: () => Promise<void>
  /** Its key now: one that is made anew gets another. */
  readonly network: () => string | undefined
  /** Tests again what failed. */
  readonly retest: (networkKey: string, last: ConnectivityRun) => Promise<ConnectivityRun>
}

/**
 * Runs the fix of the first finding as the editor's user would, until nothing is found or nothing is offered.
 *
 * @throws where the command fails, or tests again what had passed
 */
export async function runFix(
  editor: EditorCommands,
  failed: ConnectivityRun,
  { network, retest, byHand }: FixedNetwork,
): Promise<Fixed | undefined> {
  const began = Date.now()
  const fixes: Fix['id'][] = []
  const done: string[] = []
  let again = 0
  let latest = failed
  while (fixes.length <= mostFixes && !isGreen(latest)) {
    const [finding] = latest.findings
    const id = fixOf(finding)
    const networkKey = network()
    if (finding === undefined || id === undefined || networkKey === undefined) break
    const what = [finding.cause, id, ...finding.containers, ...finding.hosts].join(' ')
    if (fixes.length === mostFixes && done.at(-1) !== what) break
    editor.results.set(networkKey, latest)
    const before = latest
    if (done.at(-1) === what) {
      // It has been run, and what it mended takes a moment to show: as its user would, test again.
      if (Date.now() - began > patienceMs) break
      latest = await retest(networkKey, before)
    } else {
      const { command, answers } = commands[id]!
      await editor.run(command, { kind: 'finding', networkKey, cause: finding.cause, index: 0 }, answers(finding))
      latest = editor.results.latest(network() ?? '') ?? before
      fixes.push(id)
      done.push(what)
    }
    again = Math.max(again, testedAgain(before.pairs, latest.pairs))
  }
  if (fixes.length === 0) return undefined
  if (!isGreen(latest) && byHand !== undefined) {
    await byHand()
    const before = latest
    for (let n = 0; n < 20 && !isGreen(latest); n++) latest = await retest(network() ?? '', before)
    again = Math.max(again, testedAgain(before.pairs, latest.pairs))
  }
  return {
    fixes: [...new Set(fixes)],
    again,
    pairs: latest.pairs.length,
    isGreen: isGreen(latest),
    isByHand: byHand !== undefined,
    ms: Date.now() - began,
  }
}

export function isGreen({ pairs, findings }: Pick<ConnectivityRun, 'pairs' | 'findings'>): boolean {
  return findings.length === 0 && pairs.every(({ result }) => result === 'pass')
}

/** @throws where a pair has another result object though it had passed: it was asked again for nothing */
function testedAgain(before: readonly PairResult[], after: readonly PairResult[]): number {
  const kept = new Set(before)
  const asked = after.filter((pair) => !kept.has(pair))
  const passed = new Set(before.filter(({ result }) => result === 'pass').map(keyOf))
  const forNothing = asked.filter((pair) => passed.has(keyOf(pair)))
  if (forNothing.length > 0)
    throw new Error(`Tested again though they had passed: ${forNothing.map(inWords).join(', ')}`)
  return asked.length
}

const keyOf = ({ from, to }: PairResult) => `${from.containerId} ${to.containerId}`
const inWords = ({ from, to }: PairResult) => `${from.container} → ${to.container}`

/** Takes away what the fix opened or limited: it would hide the next fault. */
export async function closePorts(lab: Lab): Promise<void> {
  const own = String.raw`/-s 198\.18\..* -j ACCEPT/s/^-A/-D/p`
  const limit = '/^-A INPUT -p udp -m udp --dport 4789 -j DROP$/s/^-A/-D/p'
  const script = `iptables-save -t filter | sed -n -e '${own}' -e '${limit}' | while read -r rule; do iptables $rule; done`
  await Promise.all(lab.machines.map((machine) => machine.run(script)))
}

/** Removes the records of repairs from the machines. */
export async function forgetRepairs(lab: Lab): Promise<void> {
  await Promise.all(lab.machines.map((machine) => machine.run('rm -rf /var/lib/swarm-networks')))
}
