import { describe, expect, it } from 'vitest'
import { ContractBook } from '../../../../src/app/contract/contract-book'
import { Examinations } from '../../../../src/app/examinations'
import { TestResults } from '../../../../src/app/test-results'
import { countFindings, findingChildren, findingRoots } from '../../../../src/app/tree/findings-tree'
import type { TreeInput } from '../../../../src/app/tree/tree-input'
import type { TreeNode } from '../../../../src/app/tree/tree-node'
import type { HostFinding } from '../../../../src/core/model/host-finding'
import {
  aFailedRun,
  aFinding,
  aFleet,
  aHost,
  anOverlay,
  aPeer,
  aRun,
  aSilentHost,
  aSwarmId,
  noon,
} from '../../builders'

const expiring: HostFinding = {
  cause: 'certificate-expires-soon',
  title: 'Its certificate expires in 3 days',
  severity: 'warning',
  evidence: ['CN=tolkewitz is valid until 2026-03-07.'],
  remedy: 'Renew it.',
}

const fleet = aFleet([
  aHost('tolkewitz', { networks: [anOverlay()], over: { findings: [expiring] } }),
  aSilentHost('lindenau'),
])

function input(over: Partial<TreeInput> = {}): TreeInput {
  const results = new TestResults()
  results.set(aSwarmId('gnswarm'), aFailedRun({ findings: [aFinding({ pairs: [{ from: 'a', to: 'b' }] })] }))
  return {
    fleet,
    results,
    examinations: new Examinations(),
    problems: ['settings: entry 2 has no URL'],
    now: noon,
    ...over,
  }
}

/** The whole view as indented lines. */
function outline(state: TreeInput, nodes = findingRoots(state), depth = 0): readonly string[] {
  return nodes.flatMap((node) => [
    `${'  '.repeat(depth)}[${node.icon.name}] ${[node.label, node.description].filter(Boolean).join(' | ')}`,
    ...outline(state, findingChildren(node, state), depth + 1),
  ])
}

function find(state: TreeInput, label: string): TreeNode | undefined {
  const walk = (nodes: readonly TreeNode[]): TreeNode[] =>
    nodes.flatMap((node) => [node, ...walk(findingChildren(node, state))])
  return walk(findingRoots(state)).find((node) => node.label === label)
}

describe('the findings', () => {
  it('stand below their network, their host, or the sources of hosts, each with evidence and what to do', () => {
    expect(outline(input())).toEqual([
      '[type-hierarchy] gnswarm | 1 finding · tested 14:03:22',
      '  [error] web is not running | tolkewitz',
      '    [eye] The engine of tolkewitz says: exited.',
      '    [lightbulb] Start web.',
      '[server] lindenau | 1 finding · 198.18.0.3',
      '  [error] It cannot be reached | since 14:02:52',
      '    [eye] lindenau: connection refused. Start the Docker service there.',
      '    [lightbulb] It is tried again at 14:03:37; Refresh tries it now.',
      '[server-environment] tolkewitz | 1 finding · 198.18.0.2',
      '  [warning] Its certificate expires in 3 days',
      '    [eye] CN=tolkewitz is valid until 2026-03-07.',
      '    [lightbulb] Renew it.',
      '[plug] Sources of hosts | 1 finding',
      '  [warning] settings: entry 2 has no URL',
    ])
    expect(countFindings(input())).toBe(4)
  })

  it('of sources say first what happened, and below it what to do', () => {
    const problem = 'The machine "half" is left out, because /m/config.json cannot be used: no JSON. Restore the file.'
    expect(outline(input({ problems: [problem] })).slice(-2)).toEqual([
      '  [warning] The machine "half" is left out, because /m/config.json cannot be used: no JSON',
      '    [lightbulb] Restore the file.',
    ])
  })

  it('are none where nothing is known, so that the welcome text shows', () => {
    const state = input({ fleet: aFleet([aHost('tolkewitz', { networks: [anOverlay()] })]), problems: [] })
    expect(findingRoots({ ...state, results: new TestResults() })).toEqual([])
    const passed = new TestResults()
    passed.set(aSwarmId('gnswarm'), aRun())
    expect(countFindings({ ...state, results: passed })).toBe(0)
  })

  it('carry the words and subjects that their menus need', () => {
    const state = input()
    expect(find(state, 'web is not running')).toMatchObject({
      context: 'finding fixable fix-start-target',
      subject: { kind: 'finding', networkKey: aSwarmId('gnswarm'), cause: 'target-not-running', index: 0 },
    })
    expect(find(state, 'gnswarm')?.context).toContain('network overlay')
    expect(find(state, 'lindenau')).toMatchObject({
      context: 'host state-unreachable source-settings addressed worker ssh',
      subject: { kind: 'host', hostId: 'settings:lindenau' },
    })
    expect(find(state, 'Its certificate expires in 3 days')?.context).toBe(
      'host-finding cause-certificate-expires-soon',
    )
  })

  it('have ids that differ', () => {
    const state = input()
    const ids = (nodes: readonly TreeNode[]): string[] =>
      nodes.flatMap((node) => [node.id, ...ids(findingChildren(node, state))])
    const all = ids(findingRoots(state))
    expect(new Set(all).size).toBe(all.length)
  })

  it('take nothing that an engine says for markup', () => {
    const results = new TestResults()
    results.set(
      aSwarmId('gnswarm'),
      aFailedRun({ findings: [aFinding({ title: '[x](command:y)', evidence: ['<img src=x>'] })] }),
    )
    const row = find(input({ results }), '[x](command:y)')
    expect(row?.tooltip).toContain('\\[x\\](command:y)')
    expect(row?.tooltip).toContain('\\<img src=x\\>')
  })

  it('of a test that are about no pair are warnings', () => {
    const results = new TestResults()
    results.set(aSwarmId('gnswarm'), aRun({ findings: [aFinding({ cause: 'host-unreachable', title: 'X' })] }))
    expect(find(input({ results }), 'X')?.icon.name).toBe('warning')
  })

  it('of contracts stand at the network on which the line failed, or at the contract where it means nobody', () => {
    const contracts = new ContractBook()
    const address = 'file:///w/my%20app.connectivity.yaml'
    contracts.update(
      address,
      'must:\n - { from: shell1, to: web }\n - { from: shell1, to: gone }\n - { from: web, to: shell1 }\n',
    )
    const lines = contracts.get(address)!.contract.lines
    const ask = { ask: lines[0]!.asks[0]!, network: 'gnswarm', networkKey: aSwarmId('gnswarm'), detail: 'x' }
    const ends = { from: aPeer('shell1', 'tolkewitz'), to: aPeer('web', 'tolkewitz') }
    const failed = { line: lines[0]!, result: 'fail', sentence: 'shell1 → web: nothing came back' } as const
    const asks = [{ ...ask, ...ends, result: 'fail' } as const]
    const held = { line: lines[2]!, result: 'pass', sentence: 'Seen to hold once', asks: [], findings: [] } as const
    const run = {
      startedAt: noon,
      durationMs: 1,
      execs: 1,
      isCancelled: false,
      findings: [],
      helped: [],
      unreachableHosts: [],
    }
    const results = [{ ...failed, asks, findings: [aFinding()] }, held]
    contracts.keep(address, { lines: [lines[0]!, lines[2]!] }, { run: { ...run, lines: results } })
    const nobody = { code: 'matches-nothing', severity: 'error', message: 'No container matches gone now.' } as const
    const problems = [{ ...nobody, range: lines[1]!.to[0]!.range }]
    const unmatched = { ...held, line: lines[1]!, result: 'not-tested', problems } as const
    contracts.keep(address, { lines: [lines[1]!] }, { run: { ...run, lines: [unmatched] } })
    const quiet = aFleet([aHost('tolkewitz', { networks: [anOverlay()] })])
    const state = input({ fleet: quiet, results: new TestResults(), problems: [], contracts })
    expect(outline(state)).toEqual([
      '[type-hierarchy] gnswarm | 1 finding',
      '  [error] shell1 must reach web | my app.connectivity.yaml:2, tested 14:03:22',
      '    [eye] shell1 → web: nothing came back',
      '    [eye] web is not running',
      '    [eye] The engine of tolkewitz says: exited.',
      '    [lightbulb] Start web.',
      '[checklist] my app.connectivity.yaml | 1 finding',
      '  [error] shell1 must reach gone | my app.connectivity.yaml:3',
      '    [eye] No container matches gone now.',
      '    [lightbulb] Correct the line, or start what it means, and test it again.',
    ])
    expect(find(state, 'shell1 must reach web')).toMatchObject({
      subject: { kind: 'contract-line', address, title: 'shell1 must reach web' },
    })
  })

  it('say of a host that lets nobody in when it is tried again', () => {
    const failure = { code: 'unauthorized', message: 'No key was taken.', since: noon } as const
    const refusing = aFleet([aSilentHost('lindenau', { state: 'unauthorized', failure })])
    expect(outline(input({ fleet: refusing, problems: [] }))).toEqual([
      '[server] lindenau | 1 finding · 198.18.0.3',
      '  [error] It lets nobody in | since 14:03:22',
      '    [eye] No key was taken.',
      '    [lightbulb] It is not tried again by itself: use Refresh once it is mended.',
    ])
  })
})
