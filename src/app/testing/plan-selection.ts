import { groupBy } from '../../core/collections/group-by'
import { planTest, type PlanOptions, type PlannedPair } from '../../core/connectivity/plan'
import type { Fleet } from '../../core/model/fleet'
import { networkTests } from './test-tree'
import { peerId, type PeerRef, type TestSubject } from './test-subject'

/** What somebody chose in the Testing view. */
export interface TestSelection {
  /** Absent: everything. */
  readonly include?: readonly TestSubject[]
  readonly exclude?: readonly TestSubject[]
}

/** One network's part of a selection. */
export interface SelectedTest {
  readonly networkKey: string
  /** Empty where all pairs of the network are meant. */
  readonly filter: Pick<PlanOptions, 'onlyPairs' | 'namesFrom'>
  readonly pairs: readonly PlannedPair[]
}

/**
 * The tests that a selection stands for, one a network. What the selection names and is gone by now is left out.
 *
 * @throws SwarmNetworksError as `planTest` does
 */
export function planSelection(fleet: Fleet, { include, exclude = [] }: TestSelection): readonly SelectedTest[] {
  const wanted = include ?? networkTests(fleet).map(({ subject }) => subject)
  const known = new Set(fleet.networks.map(({ key }) => key))
  return [...groupBy(wanted, ({ networkKey }) => networkKey)].flatMap(([networkKey, subjects]) => {
    if (!known.has(networkKey)) return []
    const isIn = matcher(subjects)
    const isOut = matcher(exclude.filter((subject) => subject.networkKey === networkKey))
    const all = planTest(fleet, networkKey).pairs
    const pairs = all.filter((pair) => isIn(pair) && !isOut(pair))
    if (pairs.length === 0) return []
    const onlyPairs = pairs.map(({ from, to }) => ({ from: from.containerId, to: to.containerId }))
    if (pairs.length === all.length) return [{ networkKey, pairs, filter: {} }]
    // A source stands for all that is asked from it.
    const sources = [...new Set(pairs.map(({ from }) => from))].filter((from) =>
      subjects.some(
        (subject) => subject.kind === 'network' || (subject.kind === 'source' && isSame(subject.from, from)),
      ),
    )
    const namesFrom = sources.map(({ containerId }) => containerId)
    return [{ networkKey, pairs, filter: { onlyPairs, ...(namesFrom.length > 0 && { namesFrom }) } }]
  })
}

type Ends = Readonly<Record<'from' | 'to', PeerRef>>

function matcher(subjects: readonly TestSubject[]): (pair: Ends) => boolean {
  const isWhole = subjects.some(({ kind }) => kind === 'network')
  const sources = new Set(subjects.flatMap((s) => (s.kind === 'source' ? [peerId(s.from)] : [])))
  const pairs = new Set(subjects.flatMap((s) => (s.kind === 'pair' ? [pairId(s)] : [])))
  return (pair) => isWhole || sources.has(peerId(pair.from)) || pairs.has(pairId(pair))
}

function isSame(a: PeerRef, b: PeerRef): boolean {
  return peerId(a) === peerId(b)
}

function pairId({ from, to }: Ends): string {
  return `${peerId(from)} ${peerId(to)}`
}
