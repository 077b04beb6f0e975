import { describe, expect, it } from 'vitest'
import { ContractBook } from '../../../../src/app/contract/contract-book'
import { contractCompletions } from '../../../../src/app/contract/contract-completion'
import { contractHover } from '../../../../src/app/contract/contract-hover'
import { fixesOfLine } from '../../../../src/app/contract/line-fixes'
import { contractMarks } from '../../../../src/app/contract/contract-marks'
import type { ContractRun } from '../../../../src/core/contract/contract-run'
import type { LineResult } from '../../../../src/core/contract/judge'
import type { ContractLine } from '../../../../src/core/contract/types'
import { aContainer, aFinding, aFleet, aHost, anOverlay, aPeer, aSwarmOfThree, attachedTo, noon } from '../../builders'

const address = 'file:///w/app.connectivity.yaml'
const text = 'network: gnswarm\nmust:\n  - from: shell1\n    to: web\n    tcp: 80\n'

function aBook(content = text): ContractBook {
  const book = new ContractBook()
  book.update(address, content)
  return book
}

function aResult(line: ContractLine, over: Partial<LineResult> = {}): LineResult {
  const [ask] = line.asks
  const asks = [
    {
      ask: ask!,
      from: aPeer('shell1', 'miltitz'),
      to: aPeer('web', 'tolkewitz'),
      network: 'gnswarm',
      networkKey: 'n1',
      result: 'fail',
      detail: 'web is not running',
    } as const,
  ]
  return { line, result: 'fail', sentence: 'shell1 → web: web is not running', asks, findings: [aFinding()], ...over }
}

function keep(book: ContractBook, over: Partial<LineResult> = {}): void {
  const { contract } = book.get(address)!
  const run: ContractRun = {
    ...{ startedAt: noon, durationMs: 1, execs: 1, isCancelled: false, findings: [], helped: [], unreachableHosts: [] },
    lines: contract.lines.map((line) => aResult(line, over)),
  }
  book.keep(address, contract, { run })
}

const marks = (book: ContractBook) => contractMarks(book.get(address)!)

describe('the Problems panel', () => {
  it('has what is wrong with the text, with what to write instead', () => {
    expect(marks(aBook(text.replace('tcp', 'tpc')))).toMatchObject([
      { code: 'unknown-key', severity: 'error', page: 'contract.md', fixes: [{ kind: 'replace', text: 'tcp' }] },
    ])
  })

  it('says of a file that is too large to be read that it is', () => {
    const book = new ContractBook()
    book.refuse(address, 3_000_000)
    expect(marks(book)).toMatchObject([
      { code: 'too-large', message: expect.stringMatching(/at most 256 KiB.*2930/) as string },
    ])
    book.update(address, text)
    expect(marks(book)).toEqual([])
  })

  it('offers the same beside the line’s row, as long as it was not changed since', () => {
    const book = aBook()
    const [{ title } = { title: '' }] = book.get(address)!.contract.lines
    expect(fixesOfLine(book, { address, title })).toEqual([])
    keep(book)
    expect(fixesOfLine(book, { address, title })).toEqual(marks(book)[0]?.fixes)
    expect(fixesOfLine(book, { address, title: 'gone' })).toEqual([])
    expect(fixesOfLine(book, { address: 'file:///gone', title })).toEqual([])
  })

  it('has a line that fails on its first row, with the diagnosis and its fixes', () => {
    const book = aBook()
    keep(book)
    const [mark] = marks(book)
    expect(text.slice(mark?.range.start, mark?.range.end)).toBe('from: shell1')
    expect(mark).toMatchObject({ code: 'target-not-running', page: 'findings.md', severity: 'error' })
    expect(mark?.message).toBe('web is not running\nshell1 → web: web is not running.')
    expect(mark?.fixes.map((fix) => [fix.kind, fix.title, 'command' in fix ? fix.command : ''])).toEqual([
      ['command', 'Start web', 'swarmNetworks.startContainer'],
      ['test', 'Test this line again', ''],
      ['command', 'Test all of gnswarm for the cause', 'swarmNetworks.testConnectivity'],
    ])
    // What mends is followed by a test of the line.
    expect(mark?.fixes[0]).toMatchObject({ thenTest: 'shell1 must reach web on TCP port 80' })
  })

  it('warns of a line that could not be tested, and is silent about one that holds', () => {
    const book = aBook()
    keep(book, { result: 'not-tested', sentence: 'nothing listens', findings: [] })
    expect(marks(book)).toMatchObject([{ severity: 'warning', message: 'Not tested: nothing listens.' }])
    keep(book, { result: 'pass' })
    expect(marks(book)).toEqual([])
  })

  it('keeps a result with a line that moved, and drops it with one that was edited', () => {
    const book = aBook()
    keep(book)
    book.update(address, `# moved\n${text}`)
    expect(marks(book)[0]?.range.start).toBeGreaterThan(text.indexOf('from'))
    book.update(address, text.replace('80', '81'))
    expect(marks(book)).toEqual([])
  })

  it('has a line that means nobody', () => {
    const book = aBook()
    const { contract } = book.get(address)!
    const [line] = contract.lines
    const problem = {
      code: 'matches-nothing',
      severity: 'error',
      message: 'Nobody',
      range: line!.to[0]!.range,
    } as const
    keep(book, { result: 'not-tested', asks: [], findings: [], problems: [problem] })
    expect(marks(book)).toMatchObject([{ code: 'matches-nothing', message: 'Nobody' }])
    keep(book, { result: 'pass' })
    expect(marks(book)).toEqual([])
    book.keep(address, contract, {
      problems: [{ ...problem, code: 'contradiction', message: 'The opposite', range: line!.range }],
    })
    expect(marks(book)).toMatchObject([{ code: 'contradiction', message: 'The opposite', severity: 'error' }])
  })

  it('tells of each change, and of a file that is gone', () => {
    const book = aBook()
    const told: string[] = []
    book.onDidChange((which) => told.push(which))
    book.update(address, text)
    expect(told).toEqual([])
    book.update(address, `${text}#`)
    book.remove(address)
    expect([told, book.addresses]).toEqual([[address, address], []])
  })
})

describe('a hover', () => {
  const at = (word: string) => contractHover(aBook().get(address)!, aSwarmOfThree(), text.indexOf(word) + 1)?.markdown

  it('says whom a selector means now, where, and what the last test said', () => {
    expect(at('web')).toMatch(
      /`web` means 1 container on `gnswarm` now:\n\n- \*\*web\*\* at tolkewitz: 10\\\.0\.1\.3 on gnswarm/,
    )
    expect(at('web')).toContain('The line was not tested yet.')
    const book = aBook()
    keep(book)
    const tested = contractHover(book.get(address)!, aSwarmOfThree(), text.indexOf('web'))
    expect(tested?.markdown).toContain('Last test: it fails. shell1 → web: web is not running')
  })

  it('explains a key, and says nothing elsewhere', () => {
    expect(at('tcp')).toContain('accepts a connection')
    expect(contractHover(aBook('must: []\n\n').get(address)!, aSwarmOfThree(), 10)).toBeUndefined()
  })

  it('shows a name as nothing but a name', () => {
    const gnswarm = anOverlay()
    const evil = aContainer({
      name: 'web',
      labels: { 'a*b': '[x](command:y)' },
      attachments: [attachedTo(gnswarm, '10.0.1.3')],
    })
    const fleet = aFleet([aHost('t[x](command:y)', { containers: [evil], networks: [gnswarm] })])
    expect(contractHover(aBook().get(address)!, fleet, text.indexOf('web'))?.markdown).toContain('t\\[x\\](command:y)')
  })
})

describe('a completion', () => {
  const offered = (before: string) =>
    contractCompletions(before, before.length, aSwarmOfThree()).map(({ label, replaces }) => `${label} ${replaces}`)

  it.each([
    ['', 'network 0'],
    ['mu', 'must 2'],
    ['must:\n  - fr', 'from 2'],
    ['must:\n  - from: a\n    t', 'tcp 1'],
    ['must:\n  - from:\n      ser', 'service 3'],
    ['must:\n  - { from: a, ', 'to 0'],
    ['must:\n  - from: { ', 'label 0'],
    ['must:\n  - { from: a, http: { pa', 'path 2'],
    ['network: gn', 'gnswarm 2'],
    ['must:\n  - from: sh', 'shell1 2'],
    ['must:\n  - from: [web, sh', 'shell1 2'],
    ['must:\n  - { from: { container: w', 'web 1'],
    ['must:\n  - from: { host: ', 'miltitz 0'],
    ['must:\n  - from: a\n    ping: ', 'true 0'],
    ['must:\n  - from: ', '"*" 0'],
    ['must:\n  - from:\n      - sh', 'shell1 2'],
  ])('at the end of %j offers %s', (before, label) => {
    expect(offered(before)).toContain(label)
  })

  it.each(['# from: ', 'must:\n  - from: a\n    tcp: ', 'must:\n  - from: a b '])(
    'offers nothing at the end of %j',
    (before) => {
      expect(offered(before)).toEqual([])
    },
  )

  it('offers no key where a value belongs, and no line’s key at the top', () => {
    expect(offered('').map((one) => one.split(' ')[0])).toEqual(['network', 'must', 'mustNot'])
    expect(offered('must:\n  - from: ')).not.toContain('tcp 0')
  })
})
