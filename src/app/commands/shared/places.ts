import type { ViewId } from '../../tree/tree-node'
import type { MenuPlace, NodeCondition } from './contribution'

/** The views whose rows have menus. */
export const allViews: readonly ViewId[] = ['hosts', 'networks', 'services', 'findings']

/** The menus of the Testing view. */
export const inTesting: MenuPlace = { menu: 'testing', views: [], group: '1_fix@1' }

/** A place in the title bars of views. */
export function title(views: readonly ViewId[], group: string): MenuPlace {
  return { menu: 'view/title', views, group }
}

/** A place in the context menu, or on the row, of nodes in every view. */
export function node(group: string, condition: NodeCondition): MenuPlace {
  return { menu: 'view/item/context', views: allViews, group, condition }
}

/** As `node`, for a command that takes several of them at once. */
export function nodes(group: string, condition: NodeCondition): MenuPlace {
  return { ...node(group, condition), isForSeveral: true }
}
