import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { describe, expect, it } from 'vitest'
import { beforeAfterSection } from '../../../../src/core/report/before-after'
import { connectivityJson } from '../../../../src/core/report/json-report'
import { junitReport } from '../../../../src/core/report/junit-report'
import { markdownReport } from '../../../../src/core/report/markdown-report'
import { textReport } from '../../../../src/core/report/text-report'
import { stripControl } from '../../../../src/core/text/sanitize'
import { aRun } from '../../builders'
import type { ConnectivityRun } from '../../../../src/core/connectivity/run'
import { explainNamesOn } from '../../../../src/core/dialects/name-resolution'
import { expectGolden } from '../../golden'
import { aGreenRun, aHostileRun, aLargeRun, aRedRun, aRunWithNames } from './runs'

const runs = [
  ['green', aGreenRun()],
  ['red', aRedRun()],
  ['large', aLargeRun()],
  ['hostile', aHostileRun()],
  ['names', aRunWithNames()],
] as const

describe.each(runs)('a %s run', (name, run) => {
  it('as Markdown', () => {
    expectGolden(`${name}.golden.md`, markdownReport(run))
  })

  it('as text for a terminal, at most 80 columns of matrix', () => {
    const text = textReport(run, { isColored: false })
    expectGolden(`${name}.golden.txt`, `${text}\n`)
    const rows = text.split('\n').filter((line) => /^ *\d* .*[✓✗–·]/.test(line))
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.filter((line) => line.length > 80)).toEqual([])
    expect(text.split('\n').filter((line) => line.trim() !== stripControl(line))).toEqual([])
  })

  it('as JUnit', () => {
    const xml = junitReport(run)
    if (name !== 'large') expectGolden(`${name}.golden.xml`, xml)
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- its successor is a package of its own; this is enough here
    expect(XMLValidator.validate(xml)).toBe(true)
    // What no XML 1.0 document may hold (https://www.w3.org/TR/xml/#charsets), as it is or as a reference.
    expect(xml).not.toMatch(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]|&#/u)
  })
})

// The large one would be 20,000 lines of the same.
it.each(runs.filter(([name]) => name !== 'large'))('a %s run as JSON', (name, run) => {
  expectGolden(`${name}.golden.json`, `${JSON.stringify(connectivityJson(run), undefined, 2)}\n`)
})

describe('connectivityJson', () => {
  it('has what the interface promises, and nothing that was not put into it', () => {
    const json = connectivityJson(aRedRun())
    expect(Object.keys(json)).toEqual([
      'network',
      'networkId',
      'ok',
      'startedAt',
      'durationMs',
      'execs',
      'cancelled',
      'summary',
      'pairs',
      'findings',
      'unreachableHosts',
    ])
    expect(json).toMatchObject({ network: 'gnswarm', ok: false, startedAt: '2026-03-04T14:03:22.000Z', execs: 3 })
    const [pair] = json.pairs
    expect(pair).toMatchObject({ from: 'shell1', fromHost: 'miltitz', to: 'bare', toHost: 'miltitz', result: 'pass' })
    expect(json.findings.map(({ cause }) => cause)).toEqual([
      'target-not-running',
      'no-path-between-hosts',
      'port-closed',
      'host-unreachable',
    ])
    expect(json.findings[0]!.fixes[0]).toEqual({ id: 'start-target', title: 'Start web on tolkewitz' })
    expect(json.unreachableHosts).toEqual([{ host: 'kaditz', reason: 'connection refused.' }])
  })

  it.each([
    ['something passed and nothing failed', aGreenRun(), true],
    ['something failed', aRedRun(), false],
    ['nothing was tested', aRun({ pairs: [] }), false],
    ['it was cancelled', { ...aGreenRun(), isCancelled: true }, false],
  ])('is ok or not where %s', (_name, run, ok) => expect(connectivityJson(run).ok).toBe(ok))
})

describe('junitReport', () => {
  it('gives a failed pair the finding that explains it, and an untested one its reason', () => {
    const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' })
    interface Case {
      readonly name: string
      readonly failure?: { readonly type: string; readonly message: string }
      readonly skipped?: { readonly message: string }
    }
    const document = parser.parse(junitReport(aRedRun())) as {
      readonly testsuites: { readonly testsuite: { readonly testcase: readonly Case[]; readonly failures: string } }
    }
    const { testcase: cases, failures } = document.testsuites.testsuite
    const find = (name: string) => cases.find((one) => one.name === name)!
    expect(failures).toBe(String(cases.filter(({ failure }) => failure).length))
    expect(find('shell1 (miltitz) → web (tolkewitz)').failure).toMatchObject({
      type: 'target-not-running',
      message: 'web on tolkewitz is not running (exited).',
    })
    expect(find('far (lindenau) → deaf (tolkewitz)').failure!.type).toBe('no-path-between-hosts')
    expect(find('bare (miltitz) → shell1 (miltitz)').skipped!.message).toMatch(/no shell/)
    expect(find('shell1 (miltitz) → far (lindenau)')).not.toHaveProperty('failure')
  })
})

describe('textReport', () => {
  it('is coloured only where that is asked for', () => {
    const escape = '\u001b['
    expect(textReport(aRedRun(), { isColored: true })).toContain(`${escape}31m✗${escape}0m`)
    expect(textReport(aRedRun(), { isColored: false })).not.toContain(escape)
  })

  it('says what a run without pairs means', () => {
    expect(textReport(aRun({ pairs: [] }), { isColored: false })).toMatch(/fewer than two containers/)
    expect(markdownReport(aRun({ pairs: [] }))).toMatch(/fewer than two containers/)
  })
})

describe('before and after', () => {
  const red = aRedRun()
  const mended = { ...aGreenRun(), before: { startedAt: red.startedAt, pairs: red.pairs, findings: red.findings } }

  it('is a section of the Markdown report', () => {
    expectGolden('before-after.golden.md', beforeAfterSection(mended))
    expect(markdownReport(mended)).toContain(beforeAfterSection(mended))
  })

  it('shows the other way round what fails since', () => {
    const green = aGreenRun()
    const broken = { ...red, before: { startedAt: green.startedAt, pairs: green.pairs, findings: green.findings } }
    expectGolden('after-before.golden.md', beforeAfterSection(broken))
  })

  it('says so where a fix changed nothing', () => {
    const same = { ...red, before: { startedAt: red.startedAt, pairs: red.pairs, findings: red.findings } }
    expect(beforeAfterSection(same)).toContain('Nothing else has changed.')
  })

  it('is left out for a first test, and where all passes as before', () => {
    const green = aGreenRun()
    expect(beforeAfterSection(red)).toBe('')
    expect(beforeAfterSection({ ...green, before: { startedAt: 1, pairs: green.pairs, findings: [] } })).toBe('')
  })

  it('is in the JSON, field by field', () => {
    const { before } = connectivityJson(mended)
    expect(before).toMatchObject({
      startedAt: '2026-03-04T14:03:22.000Z',
      causes: ['target-not-running', 'no-path-between-hosts', 'port-closed', 'host-unreachable'],
      broken: [],
    })
    expect(before?.mended.length).toBeGreaterThan(0)
    expect(Object.keys(before?.mended[0] ?? {})).toEqual(['from', 'fromHost', 'to', 'toHost', 'reason'])
  })
})

describe('the Markdown report', () => {
  const withNames = (over: Partial<ConnectivityRun['network']>) => {
    const run = aRun()
    return markdownReport({ ...run, network: { ...run.network, ...over } })
  }

  it('says how names are found on the engines that were asked', () => {
    const names = explainNamesOn([{ host: 'tolkewitz', version: '1.9.1' }])!
    expect(withNames({ names })).toContain('Names are found by: entries in each container’s /etc/hosts')
    expect(markdownReport(aRun())).not.toContain('Names are found')
  })

  it('says that the default bridge has none', () => {
    expect(withNames({ hasNames: false })).toContain('Docker’s default bridge has no names')
  })
})
