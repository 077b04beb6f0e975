import { contextWordsKey, pictureViewType } from '../../topology/context-data'
import type { MenuPlace } from './contribution'

/** The prefix of view ids in package.json: `swarmNetworks.hosts`. */
const viewPrefix = 'swarmNetworks.'

/**
 * The `when` clause of package.json for a place: the views, and for a node its context words. Words are matched whole,
 * so that `host` is not found in `source-host`. https://code.visualstudio.com/api/references/when-clause-contexts
 */
export function whenClause(place: MenuPlace): string {
  const views = `view =~ /^${viewPrefix.replace('.', '\\.')}(${place.views.join('|')})$/`
  // A command that takes one node would leave the others alone, though all are selected.
  const alone = place.menu === 'view/title' || place.isForSeveral === true ? [] : ['!listMultiSelection']
  return [views, ...conditions(place, 'viewItem'), ...alone].join(' && ')
}

/** The same for a node of the topology's picture, which carries its words itself. */
export function pictureClause(place: MenuPlace): string {
  return [`webviewId == '${pictureViewType}'`, ...conditions(place, contextWordsKey)].join(' && ')
}

function conditions(place: MenuPlace, key: string): readonly string[] {
  const { all = [], any = [], none = [] } = place.condition ?? {}
  return [
    ...all.map((word) => `${key} =~ ${oneOf([word])}`),
    ...(any.length === 0 ? [] : [`${key} =~ ${oneOf(any)}`]),
    ...(none.length === 0 ? [] : [`!(${key} =~ ${oneOf(none)})`]),
  ]
}

function oneOf(words: readonly string[]): string {
  return `/(^| )(${words.join('|')})( |$)/`
}

/** Whether a node with these context words offers the command: the same decision as the `when` clause's. */
export function isOffered(place: MenuPlace, context: string): boolean {
  const words = new Set(context.split(' '))
  const { all = [], any = [], none = [] } = place.condition ?? {}
  return (
    all.every((word) => words.has(word)) &&
    (any.length === 0 || any.some((word) => words.has(word))) &&
    !none.some((word) => words.has(word))
  )
}
