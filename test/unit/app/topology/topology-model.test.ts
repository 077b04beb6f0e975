import { beforeEach, describe, expect, it } from 'vitest'
import { TestResults } from '../../../../src/app/test-results'
import { contextData, subjectOf } from '../../../../src/app/topology/context-data'
import { revealPath } from '../../../../src/app/topology/reveal-path'
import { topologyHtml } from '../../../../src/app/topology/topology-html'
import { TopologyModel } from '../../../../src/app/topology/topology-model'
import { hostChildren, hostRoots } from '../../../../src/app/tree/hosts-tree'
import { networkChildren, networkRoots } from '../../../../src/app/tree/networks-tree'
import { subjectFromArgument } from '../../../../src/app/tree/subject-argument'
import type { TreeInput } from '../../../../src/app/tree/tree-input'
import type { TreeNode } from '../../../../src/app/tree/tree-node'
import { untranslated } from '../../../../src/app/translate'
import { defaultPalette } from '../../../../src/core/topology/palette'
import type { SceneNode } from '../../../../src/core/topology/scene'
import { aFinding, aFleet, noon } from '../../builders'
import { aSmallFleet, backend, gnswarm, testOf, webIsStopped } from '../../core/topology/samples'

const fleet = aSmallFleet()

describe('the picture’s model', () => {
  let access: { fleet: typeof fleet }
  let results: TestResults
  let model: TopologyModel

  beforeEach(() => {
    access = { fleet }
    results = new TestResults()
    model = new TopologyModel({ fleet: access, results, translate: untranslated })
  })

  it('sends a picture once, and another one when something looks different', () => {
    const first = model.next()
    expect(first).toMatchObject({ selected: '', status: '', networks: [{ name: 'backend' }, { name: 'gnswarm' }] })
    access.fleet = { ...fleet }
    expect(model.next()).toBeUndefined()
    results.set(gnswarm.id, testOf(fleet, gnswarm, webIsStopped))
    expect(model.next()?.status).toBe('gnswarm: 2 of 6 pairs fail, 2 were not tested')
    model.forget()
    // A page that is shown again is drawn, and nothing is said that was said already.
    expect(model.next()).toMatchObject({ status: '' })
  })

  it('has the last test as a matrix, whose failing cells have the menu of their pair', () => {
    expect(model.next()?.matrices).toBe('')
    const run = testOf(fleet, gnswarm, webIsStopped)
    const [failed] = run.pairs.filter(({ result }) => result === 'fail')
    const ref = ({ hostId, containerId }: { readonly hostId: string; readonly containerId: string }) => ({
      hostId,
      containerId,
    })
    const pair = { from: ref(failed!.from), to: ref(failed!.to) }
    const ids = { from: pair.from.containerId, to: pair.to.containerId }
    results.set(gnswarm.id, { ...run, findings: [aFinding({ pairs: [ids] })] })
    const { matrices = '' } = model.next() ?? {}
    expect(matrices).toContain('<caption>Last test of gnswarm: rows ask, columns answer</caption>')
    const cells = [...matrices.matchAll(/<td class="sn-cell sn-(\S+)"([^>]*)>/g)]
    expect(cells).toHaveLength(6)
    const menus = cells.flatMap(([, , attributes = '']) => /data-vscode-context="([^"]*)"/.exec(attributes)?.[1] ?? [])
    expect(menus).toHaveLength(1)
    const context = JSON.parse(menus[0]!.replaceAll('&quot;', '"')) as unknown
    expect(context).toMatchObject({ kind: 'pair', networkKey: gnswarm.id, ...pair, swarmNode: 'pair fixable' })
    expect(subjectFromArgument(context)).toMatchObject({ kind: 'pair', ...pair })
    expect(subjectFromArgument({ kind: 'pair', networkKey: 'n', from: pair.from, to: {} })).toBeUndefined()
    // Each that fails takes the focus: the keyboard opens the menu, too.
    expect(
      cells.filter(([, state, attributes]) => state === 'fail' && attributes?.includes('tabindex="0"')),
    ).toHaveLength(run.pairs.filter(({ result }) => result === 'fail').length)
    model.choose(backend.id)
    expect(model.next()?.matrices).toBe('')
  })

  it('limits itself to a network while that is there', () => {
    model.choose(backend.id)
    expect(model.next()).toMatchObject({ selected: backend.id })
    expect(model.fileName).toBe('topology-backend')
    access.fleet = aFleet([])
    expect(model.next()).toMatchObject({ selected: '' })
    model.choose('')
    expect(model.fileName).toBe('topology')
  })

  it('knows what was drawn, by its key', () => {
    model.next()
    expect(model.find('host:settings:kaditz')?.target).toEqual({ kind: 'host', hostId: 'settings:kaditz' })
    expect(model.find('host:gone')).toBeUndefined()
  })

  it('makes a file with fixed colours', () => {
    const file = model.file(defaultPalette)
    expect(file.svg.startsWith(`<svg xmlns="http://www.w3.org/2000/svg" width="${file.width}"`)).toBe(true)
  })
})

describe('a node of the picture', () => {
  const nodes = (): readonly SceneNode[] => {
    const model = new TopologyModel({ fleet: { fleet }, results: new TestResults(), translate: untranslated })
    const svg = model.next()?.svg ?? ''
    return [...svg.matchAll(/<g data-key="([^"]+)"[^>]*class="sn-node"/g)].flatMap(
      ([, key = '']) => model.find(key) ?? [],
    )
  }

  it('has the menus of the same thing in the trees', () => {
    const contexts = nodes().map((node) => {
      const { 'data-vscode-context': data = '{}' } = contextData(node, fleet, () => undefined)
      return JSON.parse(data) as { swarmNode: string; preventDefaultContextMenuItems: boolean }
    })
    expect(contexts.map(({ swarmNode }) => swarmNode.split(' ').slice(0, 2).join(' '))).toEqual([
      'network overlay',
      'network overlay',
      'host state-unreachable',
      'host state-ready',
      'container state-running',
      'container state-running',
      'host state-ready',
      'container state-running',
      'container state-running',
      'container state-exited',
    ])
    for (const context of contexts) expect(subjectFromArgument(context)).toMatchObject(context)
  })

  it('is found in its tree', () => {
    const input: TreeInput = { fleet, results: new TestResults(), problems: [], now: noon }
    const views = { hosts: [hostRoots, hostChildren], networks: [networkRoots, networkChildren] } as const
    for (const node of nodes()) {
      const path = revealPath(subjectOf(node.target))
      if (path?.view !== 'hosts' && path?.view !== 'networks') throw new Error(`${node.key} has no row`)
      const [roots, children] = views[path.view]
      let level: readonly TreeNode[] = roots(input)
      for (const id of path.ids) {
        const row = level.find((candidate) => candidate.id === id)
        expect(row, id).toBeDefined()
        level = row === undefined ? [] : children(row, input)
      }
    }
  })
})

it('is shown by a page in which only its own script runs', () => {
  const html = topologyHtml({
    ...{ nonce: 'abc123', cspSource: 'https://x', script: 'https://x/a.js', styleSheet: 'https://x/a.css' },
    ...{ language: 'de', translate: (message) => `<${message}>` },
  })
  expect(html).toContain(
    'content="default-src &#39;none&#39;; style-src https://x &#39;nonce-abc123&#39;; script-src &#39;nonce-abc123&#39;; img-src blob: data:"',
  )
  expect(html.match(/<script[^>]*>/g)).toEqual(['<script nonce="abc123" src="https://x/a.js">'])
  expect(html).toContain('&lt;As tables&gt;')
  expect(html).not.toMatch(/ on\w+=/)
})
