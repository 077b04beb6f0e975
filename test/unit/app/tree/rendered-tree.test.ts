import { describe, expect, it } from 'vitest'
import { RenderedTree } from '../../../../src/app/tree/rendered-tree'
import type { TreeNode } from '../../../../src/app/tree/tree-node'

const aNode = (id: string, over: Partial<TreeNode> = {}): TreeNode => ({
  id,
  subject: { kind: 'message' },
  label: id,
  description: '',
  tooltip: '',
  accessibleText: '',
  icon: { name: 'circle' },
  collapse: 'collapsed',
  context: '',
  ...over,
})

/** A tree by parent; `''` holds the roots. `asked` counts how often children were computed. */
function aTree(nodes: Record<string, TreeNode[]>) {
  const asked: string[] = []
  const children = (id: string): TreeNode[] => {
    asked.push(id)
    return nodes[id] ?? []
  }
  const tree = new RenderedTree({ roots: () => children(''), children: (node) => children(node.id) })
  return { tree, nodes, asked }
}

function shownHosts() {
  const shown = aTree({ '': [aNode('a'), aNode('b')], a: [aNode('a1'), aNode('a2')], b: [aNode('b1')] })
  shown.tree.open()
  shown.tree.open('a')
  return shown
}

describe('RenderedTree', () => {
  it('gives what it opened', () => {
    const { tree } = shownHosts()
    expect(tree.open()).toEqual(['a', 'b'])
    expect(tree.open('a')).toEqual(['a1', 'a2'])
    expect(tree.node('a2')?.label).toBe('a2')
  })

  it('has nothing to redraw before it was shown, and none where nothing changed', () => {
    expect(aTree({ '': [aNode('a')] }).tree.update()).toEqual([])
    expect(shownHosts().tree.update()).toEqual([])
  })

  it.each([
    ['label', { label: 'other' }],
    ['description', { description: 'other' }],
    ['tooltip', { tooltip: 'other' }],
    ['accessible text', { accessibleText: 'other' }],
    ['icon', { icon: { name: 'other' } }],
    ['colour', { icon: { name: 'circle', color: 'charts.red' } }],
    ['collapse', { collapse: 'none' as const }],
    ['context', { context: 'other' }],
  ])('redraws one node whose %s changed', (_name, over) => {
    const { tree, nodes } = shownHosts()
    nodes['a'] = [aNode('a1'), aNode('a2', over)]
    expect(tree.update()).toEqual(['a2'])
    expect(tree.node('a2')).toMatchObject(over)
    expect(tree.update()).toEqual([])
  })

  it('redraws the parent whose children came, went or moved', () => {
    const { tree, nodes } = shownHosts()
    nodes['a'] = [aNode('a2'), aNode('a1')]
    expect(tree.update()).toEqual(['a'])
    tree.open('a')
    nodes['a'] = [aNode('a2')]
    expect(tree.update()).toEqual(['a'])
  })

  it('asks once for a node that is not looked at, and again once it was', () => {
    const { tree, nodes } = shownHosts()
    nodes['a'] = []
    expect(tree.update()).toEqual(['a'])
    nodes['a'] = [aNode('a3')]
    expect(tree.update()).toEqual([])
    expect(tree.open('a')).toEqual(['a3'])
    nodes['a'] = []
    expect(tree.update()).toEqual(['a'])
  })

  it('redraws everything where the roots changed', () => {
    const { tree, nodes } = shownHosts()
    nodes['']!.push(aNode('c'))
    expect(tree.update()).toBe('all')
  })

  it('does not compute what nobody has opened', () => {
    const { tree, asked } = shownHosts()
    asked.length = 0
    tree.update()
    expect(asked).toEqual(['', 'a'])
  })

  it('redraws a changed parent alone, not its children too', () => {
    const { tree, nodes } = shownHosts()
    nodes[''] = [aNode('a', { label: 'other' }), aNode('b')]
    nodes['a'] = [aNode('a1', { label: 'other' })]
    expect(tree.update()).toEqual(['a'])
  })

  it('forgets what is gone', () => {
    const { tree, nodes } = shownHosts()
    nodes[''] = [aNode('b')]
    tree.open()
    expect(tree.node('a')).toBeUndefined()
    expect(tree.node('a1')).toBeUndefined()
    expect(tree.open('a')).toEqual([])
  })
})
