import type { Locator } from 'playwright-core'
import type { PageElement } from './dom'

/** One row of a tree as it is on the screen. */
export interface TreeRow {
  readonly label: string
  /** The greyed text after the label; empty where there is none. */
  readonly description: string
  /** 1 for a root. */
  readonly level: number
  /** `undefined` for a row that cannot be expanded. */
  readonly isExpanded: boolean | undefined
  /** The name of its theme icon, for instance `server`; `undefined` for other icons and none. */
  readonly icon: string | undefined
  /** What a screen reader says: the tooltip where there is one. */
  readonly ariaLabel: string
  /** Position in the whole tree, counted from 0, also where the list is scrolled. */
  readonly index: number
}

/** The labels from a root down to a row, for instance `['tolkewitz', 'web']`. */
export type TreePath = readonly string[]

/** Reads the rows that the list has rendered: about those that are on the screen. */
export async function readRows(list: Locator): Promise<readonly TreeRow[]> {
  const raw = await list.locator('.monaco-list-row[role=treeitem]').evaluateAll((elements: PageElement[]) =>
    elements.map((row) => ({
      label: row.querySelector('.label-name')?.textContent ?? '',
      description: row.querySelector('.label-description')?.textContent ?? '',
      level: Number(row.getAttribute('aria-level')),
      expanded: row.getAttribute('aria-expanded'),
      iconClass: row.querySelector('.custom-view-tree-node-item-icon')?.getAttribute('class') ?? '',
      ariaLabel: row.getAttribute('aria-label') ?? '',
      index: Number(row.getAttribute('data-index')),
    })),
  )
  return raw.map(({ expanded, iconClass, ...row }) => ({
    ...row,
    isExpanded: expanded === null ? undefined : expanded === 'true',
    icon: /codicon-(?!modifier)([\w-]+)/.exec(iconClass)?.[1],
  }))
}

/**
 * The first row at this path.
 *
 * @param rows in any order; a row whose parents are not among them is not found.
 */
export function findRow(rows: Iterable<TreeRow>, path: TreePath): TreeRow | undefined {
  const trail: string[] = []
  for (const row of [...rows].sort((a, b) => a.index - b.index)) {
    trail.length = row.level - 1
    trail.push(row.label)
    if (trail.length === path.length && path.every((label, depth) => label === trail[depth])) return row
  }
  return undefined
}
