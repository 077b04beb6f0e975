import { XMLParser } from 'fast-xml-parser'
import { describe, expect, it } from 'vitest'
import type { ContractRun } from '../../../../../src/core/contract/contract-run'
import type { AskResult } from '../../../../../src/core/contract/judge'
import { parseContract } from '../../../../../src/core/contract/parse-contract'
import { contractJson } from '../../../../../src/core/contract/report/contract-json'
import { contractJunit } from '../../../../../src/core/contract/report/contract-junit'
import { contractMarkdown } from '../../../../../src/core/contract/report/contract-markdown'
import { contractText } from '../../../../../src/core/contract/report/contract-text'
import { aFinding, aPeer, noon } from '../../../builders'

const text = `must:
  - {from: shell1, to: web, tcp: 80, because: "the page | needs it"}
  - {from: shell1, to: web, ping: true}
mustNot:
  - {from: shell1, to: web, tcp: 22}
`
const { lines } = parseContract(text).contract

function ask(line: number, over: Partial<AskResult>): AskResult {
  const ask = lines[line]?.asks[0] ?? { kind: 'any' }
  return {
    ask,
    from: aPeer('shell1', 'miltitz'),
    to: aPeer('web', 'tolkewitz'),
    network: 'gnswarm',
    networkKey: 'n1',
    result: 'pass',
    detail: 'TCP port 80: connected',
    ...over,
  }
}

function aContractRun(): ContractRun {
  const finding = aFinding()
  return {
    startedAt: noon,
    durationMs: 1_500,
    execs: 2,
    isCancelled: false,
    helped: [],
    unreachableHosts: [{ hostId: 'x', host: 'lindenau', reason: 'connection <refused>' }],
    findings: [finding],
    lines: [
      {
        line: lines[0]!,
        result: 'fail',
        sentence: 'shell1 → web: stopped',
        asks: [ask(0, { result: 'fail', detail: 'web is *not* running' })],
        findings: [finding],
      },
      { line: lines[1]!, result: 'pass', sentence: 'Seen to hold once', asks: [ask(1, {})], findings: [] },
      {
        line: lines[2]!,
        result: 'not-tested',
        sentence: 'nothing listens',
        asks: [ask(2, { result: 'not-tested', detail: 'nothing listens' })],
        findings: [],
      },
    ],
  }
}

describe('a contract’s outcome', () => {
  it('is text with the line, the pair, the cause, and the verdict last', () => {
    const said = contractText(aContractRun(), { isColored: false })
    expect(said).toBe(`✗ line 2: shell1 must reach web on TCP port 80 (the page | needs it)
    shell1 (miltitz) → web (tolkewitz): web is *not* running
    web is not running [target-not-running, 99 %]
      - The engine of tolkewitz says: exited.
      → Start web.
✓ line 3: shell1 must reach web by ping
– line 5: shell1 must not reach web on TCP port 22
    not tested: nothing listens

1 of 3 lines fails, 1 could not be tested (1.5 s, 2 execs)`)
  })

  it('is JSON that names file, lines and causes', () => {
    const json = contractJson({ name: 'a.connectivity.yaml', text }, { problems: [], run: aContractRun() })
    expect(json).toMatchObject({ file: 'a.connectivity.yaml', ok: false, summary: { pass: 1, fail: 1, notTested: 1 } })
    expect(json.lines.map(({ line, result, causes }) => [line, result, causes])).toEqual([
      [2, 'fail', ['target-not-running']],
      [3, 'pass', []],
      [5, 'not-tested', []],
    ])
    expect(json.lines[0]?.asks).toEqual([
      {
        from: 'shell1',
        fromHost: 'miltitz',
        to: 'web',
        toHost: 'tolkewitz',
        network: 'gnswarm',
        kind: 'tcp',
        port: 80,
        result: 'fail',
        detail: 'web is *not* running',
      },
    ])
    expect(json.unreachableHosts).toHaveLength(1)
  })

  it('is JSON with the places of what is wrong where nothing was tested', () => {
    const broken = 'must:\n  - {from: a, to: b, tcp: 70000}\n'
    const { problems } = parseContract(broken)
    expect(contractJson({ name: 'b.yaml', text: broken }, { problems })).toMatchObject({
      ok: false,
      lines: [],
      problems: [{ line: 2, column: 27, severity: 'error', code: 'out-of-range' }],
    })
  })

  it('is JUnit with a case a line, at its place', () => {
    const parsed = new XMLParser({ ignoreAttributes: false }).parse(contractJunit(aContractRun(), 'a.yaml')) as {
      testsuites: { testsuite: { testcase: Record<string, unknown>[] } }
    }
    const cases = parsed.testsuites.testsuite.testcase
    expect(cases.map((one) => [one['@_file'], one['@_line'], 'failure' in one, 'skipped' in one])).toEqual([
      ['a.yaml', '2', true, false],
      ['a.yaml', '3', false, false],
      ['a.yaml', '5', false, true],
    ])
    expect(cases[0]?.['failure']).toMatchObject({ '@_type': 'target-not-running', '@_message': 'web is not running' })
  })

  it('has a line that means nobody as an error in JUnit, and as a problem at its place in JSON', () => {
    const [, , nobody] = lines
    const problem = { code: 'matches-nothing', severity: 'error', message: 'No container matches web now.' } as const
    const problems = [{ ...problem, range: nobody!.to[0]!.range }]
    const unmatched = { line: nobody!, result: 'not-tested', asks: [], findings: [], problems } as const
    const run = { ...aContractRun(), lines: [{ ...unmatched, sentence: 'No container matches web now' }] }
    const parsed = new XMLParser({ ignoreAttributes: false }).parse(contractJunit(run, 'a.yaml')) as {
      testsuites: { testsuite: Record<string, unknown> & { testcase: Record<string, unknown> } }
    }
    expect(parsed.testsuites.testsuite).toMatchObject({ '@_tests': '1', '@_errors': '1', '@_skipped': '0' })
    expect(parsed.testsuites.testsuite.testcase).toMatchObject({
      ...{ '@_line': '5', error: { '@_type': 'matches-nothing', '@_message': 'No container matches web now' } },
    })
    expect(parsed.testsuites.testsuite.testcase).not.toHaveProperty('skipped')
    expect(contractJson({ name: 'a.yaml', text }, { problems: [], run })).toMatchObject({
      ...{ ok: false, problems: [{ line: 5, column: 24, code: 'matches-nothing' }] },
      lines: [{ line: 5, result: 'not-tested', causes: ['matches-nothing'] }],
    })
  })

  it('is Markdown in which no name is markup', () => {
    const markdown = contractMarkdown(aContractRun(), 'a.yaml')
    expect(markdown).toContain('❌ **1 of 3 lines fails, 1 could not be tested**')
    expect(markdown).toContain('web is \\*not\\* running')
    expect(markdown).toContain('the page \\| needs it')
    expect(markdown).toContain('connection \\<refused\\>')
  })
})
