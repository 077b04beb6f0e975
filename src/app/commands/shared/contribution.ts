import type { ContextWord, ViewId } from '../../tree/tree-node'

/** Which tree nodes offer a command: those whose context has all of `all`, one of `any` and none of `none`. */
export interface NodeCondition {
  readonly all?: readonly ContextWord[]
  readonly any?: readonly ContextWord[]
  readonly none?: readonly ContextWord[]
}

/** A place in the views where a command is offered. */
export interface MenuPlace {
  /** `testing`: items of the Testing view, and what failed tests there say. */
  readonly menu: 'view/title' | 'view/item/context' | 'testing'
  /** Empty for `testing`. */
  readonly views: readonly ViewId[]
  /** The menu's group and the order in it, for instance `inline@1` or `3_state@2`. */
  readonly group: string
  /** Only in trees. */
  readonly condition?: NodeCondition
  /** Whether it is offered where several nodes are selected, too: the command then takes all of them. */
  readonly isForSeveral?: boolean
}

/** What package.json contributes for one command. Each is in the palette too, where it asks for what it needs. */
export interface CommandContribution {
  readonly id: string
  /** Without the category. */
  readonly title: string
  /** A codicon's name; needed wherever a group is `inline` or `navigation`. */
  readonly icon?: string
  readonly places: readonly MenuPlace[]
}

/**
 * The id of a command as a view's title bar runs it. The editor hands the row with the focus to such a button, though
 * nobody clicked that row: under an id of its own the argument can be told apart and left alone.
 */
export function titleCommandId(id: string): string {
  return `${id}InView`
}

/** Whether a view's title bar offers a command. */
export function isInTitle({ places }: CommandContribution): boolean {
  return places.some(({ menu }) => menu === 'view/title')
}
