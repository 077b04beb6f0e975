import { MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, type Command } from 'vscode'
import { showLineCommand } from './contracts/show-line'
import type { TreeNode } from '../app/tree/tree-node'

const collapsibleStates = {
  none: TreeItemCollapsibleState.None,
  collapsed: TreeItemCollapsibleState.Collapsed,
  expanded: TreeItemCollapsibleState.Expanded,
} as const

/** @param element what the view hands to a command that is run by a click. */
export function treeItem(node: TreeNode, element: string): TreeItem {
  const item = new TreeItem(node.label, collapsibleStates[node.collapse])
  item.id = node.id
  item.description = node.description
  item.tooltip = tooltip(node.tooltip)
  item.contextValue = node.context
  item.iconPath = new ThemeIcon(
    node.icon.name,
    node.icon.color === undefined ? undefined : new ThemeColor(node.icon.color),
  )
  item.accessibilityInformation = { label: node.accessibleText }
  const command = clickCommand(node, element)
  if (command !== undefined) item.command = command
  return item
}

/** Text from engines is in it, so nothing may run from it: no command links, no HTML. */
function tooltip(markdown: string): MarkdownString {
  const text = new MarkdownString(markdown)
  text.isTrusted = false
  text.supportHtml = false
  return text
}

/** Only what a person would read next opens on a click; whatever changes something stays in the menus. */
function clickCommand({ subject }: TreeNode, element: string): Command | undefined {
  if (subject.kind === 'host-diagnosis')
    return { command: 'swarmNetworks.showExamination', title: '', arguments: [element] }
  if (subject.kind === 'contract-line')
    return { command: showLineCommand, title: '', arguments: [subject.address, subject.title] }
  if (subject.kind !== 'test-result' && subject.kind !== 'finding') return undefined
  return { command: 'swarmNetworks.showReport', title: '', arguments: [element] }
}
