import type { TreeInput } from '../tree/tree-input'
import type { NodeSubject, TreeNode } from '../tree/tree-node'

/** What findings are gathered under: a network, a host, or something beside the fleet. */
export interface FindingGroup {
  /** Unique and stable; findings of several sources with the same one stand together. */
  readonly id: string
  readonly label: string
  readonly description: string
  readonly icon: TreeNode['icon']
  readonly subject: NodeSubject
  /** The words that the menus match, as those of the same thing in other views. */
  readonly context: string
  /** Groups with a lower one come first. */
  readonly rank: number
}

/** One thing that somebody should look at, whoever found it. */
export interface ListedFinding {
  /** Unique and stable in its group. */
  readonly id: string
  readonly group: FindingGroup
  readonly subject: NodeSubject
  readonly severity: 'error' | 'warning'
  /** One sentence. */
  readonly title: string
  /** What is said behind the title, for instance the hosts; empty where there is nothing. */
  readonly description: string
  /** What was seen, one sentence each. */
  readonly evidence: readonly string[]
  /** What to do; empty where nothing can be said. */
  readonly remedy: string
  /** 0 … 100, where whoever found it gives one. */
  readonly confidence?: number
  /** The words that the menus match: among them the fixes that are offered. */
  readonly context: string
}

/** One kind of findings. The file's name is its id; `finding-source-list.ts` has them all. */
export interface FindingSource {
  readonly id: string
  /** Everything it knows now, in the order in which it is shown. Pure. */
  list(input: TreeInput): readonly ListedFinding[]
}
