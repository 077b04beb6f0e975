import { describe, expect, it } from 'vitest'
import { parseContract } from '../../../../src/core/contract/parse-contract'

/** The problems of a contract, each with the text it points at. */
function problems(text: string): readonly (readonly [code: string, at: string, message: string])[] {
  return parseContract(text).problems.map(({ code, range, message }) => [
    code,
    text.slice(range.start, range.end),
    message,
  ])
}

const line = (rest: string) => `must:\n  - from: shell1\n    to: web\n    ${rest}\n`

describe('a contract', () => {
  it('is read with all it can say', () => {
    const { contract, problems } = parseContract(`# who needs whom
network: gnswarm
must:
  - from: shell1
    to: web
    tcp: [80, 443]
    because: the page needs it
  - { from: "*", to: tolkewitz/web, ping: true, name: true, mtu: true }
  - from: [service:api, { label: tier=front, host: miltitz }]
    to: { service: db }
    network: backend
    http: [8080, { port: 81, path: /health, status: 2xx }]
    name: database
mustNot:
  - from: { host: lindenau }
    to: label:tier
`)
    expect(problems).toEqual([])
    expect(
      contract.lines.map(({ title, lineNumber, network, because }) => [lineNumber, title, network?.name, because]),
    ).toEqual([
      [4, 'shell1 must reach web on TCP port 80 and on TCP port 443', 'gnswarm', 'the page needs it'],
      [8, '* must reach tolkewitz/web by ping, with packets of full size and by name', 'gnswarm', undefined],
      [
        9,
        'service:api and miltitz/label:tier=front must reach service:db as database, by HTTP on port 8080 at / (status 200–399) and by HTTP on port 81 at /health (status 200–299) over backend',
        'backend',
        undefined,
      ],
      [15, 'lindenau/* must not reach label:tier at all', 'gnswarm', undefined],
    ])
    expect(contract.lines[1]?.to).toMatchObject([{ kind: 'name', name: 'web', host: 'tolkewitz' }])
  })

  it('keeps the place of each line', () => {
    const text = line('tcp: 80')
    const [first] = parseContract(text).contract.lines
    expect(text.slice(first?.range.start, first?.range.end)).toBe('from: shell1\n    to: web\n    tcp: 80')
  })

  it('takes an alias for what it names, and none that names itself', () => {
    const text = 'must:\n  - { from: &all [a, b], to: c }\n  - { from: *all, to: d }\n'
    expect(parseContract(text).contract.lines[1]?.from).toMatchObject([{ name: 'a' }, { name: 'b' }])
    expect(problems('must:\n  - { from: &all [*all], to: c }\n').map(([code]) => code)).toEqual(['wrong-type'])
  })
})

describe('what is wrong with a contract is told at its place', () => {
  it.each([
    ['an unknown key, with what was meant', line('tpc: 80'), 'unknown-key', 'tpc', /Did you mean `tcp`/],
    ['a key of a stranger', line('zebra: 1'), 'unknown-key', 'zebra', /Known are from, to, network/],
    ['must-not', 'must-not: []\nmust:\n  - {from: a, to: b}', 'unknown-key', 'must-not', /`mustNot`/],
    ['a port that is none', line('tcp: 70000'), 'out-of-range', '70000', /no port 70000.*1 to 65535/],
    ['a port zero', line('tcp: 0'), 'out-of-range', '0', /no port 0/],
    ['a port in words', line('tcp: http'), 'wrong-type', 'http', /number from 1 to 65535, not “http”/],
    ['one port of several', line('tcp: [80, x]'), 'wrong-type', 'x', /number/],
    ['no port at all', line('tcp:'), 'wrong-type', 'tcp', /missing/],
    ['an empty list', line('tcp: []'), 'wrong-type', '[]', /empty/],
    [
      'too many ports',
      line(`tcp: [${Array.from({ length: 17 }, (_, i) => i + 1).join(', ')}]`),
      'too-large',
      /^\[1, /,
      /At most 16/,
    ],
    ['ping in words', line('ping: often'), 'wrong-type', 'often', /`true`/],
    ['a path without a slash', line('http: { path: health }'), 'wrong-type', 'health', /slash/],
    ['a path that breaks the request', line('http: { path: "/a b" }'), 'wrong-type', '"/a b"', /blanks/],
    ['a status that is none', line('http: { status: ok }'), 'wrong-type', 'ok', /2xx/],
    ['a status out of range', line('http: { status: 700 }'), 'out-of-range', '700', /100 to 599/],
    ['an unknown key of http', line('http: { prot: 80 }'), 'unknown-key', 'prot', /`port`/],
    ['a name that is none', line('name: "a b"'), 'wrong-type', '"a b"', /`true` for the target/],
    ['no from', 'must:\n  - to: web', 'missing-key', 'to', /needs `from`/],
    ['no to', 'must:\n  - from: web', 'missing-key', 'from', /needs `to`/],
    ['an empty from', 'must:\n  - from:\n    to: web', 'wrong-type', 'from', /names nobody/],
    ['a list in a list', 'must:\n  - from: [[a]]\n    to: web', 'wrong-type', '[a]', /list inside a list/],
    ['a name with blanks', 'must:\n  - {from: a b, to: c}', 'wrong-type', 'a b', /not the name/],
    ['two kinds at once', 'must:\n  - {from: {service: a, label: b}, to: c}', 'contradiction', 'label', /not several/],
    ['an empty selector', 'must:\n  - {from: {}, to: c}', 'missing-key', '{}', /needs `container`/],
    ['a label that is none', 'must:\n  - {from: "label:=x", to: c}', 'wrong-type', '"label:=x"', /KEY=VALUE/],
    ['a line that is a word', 'must:\n  - web', 'wrong-type', 'web', /mapping with the keys `from`/],
    [
      'must without a list',
      'must:\n  from: a\n  to: b',
      'wrong-type',
      'from: a\n  to: b',
      /begin each line with a dash/,
    ],
    ['mtu under mustNot', 'mustNot:\n  - {from: a, to: b, mtu: true}', 'contradiction', 'mtu', /under `must`/],
    ['a network that is a list', 'network: []\nmust:\n  - {from: a, to: b}', 'wrong-type', '[]', /name or the ID/],
    ['no lines', 'network: a', 'missing-key', 'network: a', /`must` or `mustNot`/],
    ['nothing', '', 'missing-key', '', /empty/],
    ['only a comment', '# later\n', 'missing-key', '# later\n', /empty/],
    ['a list', '- a', 'wrong-type', '- a', /mapping with the keys `network`/],
    ['a bare star', 'must:\n  - {from: *, to: b}', 'syntax', '*', /quotes/],
    ['a key twice', line('tcp: 80\n    tcp: 81'), 'duplicate', 'tcp', /each key once/],
    ['broken YAML', 'must: [', 'syntax', /.*/, /not YAML/],
    ['an unknown alias', 'must:\n  - {from: *web, to: b}', 'syntax', '*web', /marked `&web`/],
    ['a text that is too long', ' '.repeat(300_000), 'too-large', ' ', /256 KiB/],
  ])('%s', (_what, text, code, at, message) => {
    const found = problems(text)
    const [first] = found
    expect(first?.[0]).toBe(code)
    if (typeof at === 'string') expect(first?.[1]).toBe(at)
    else expect(first?.[1]).toMatch(at)
    expect(first?.[2]).toMatch(message)
    expect(found.filter((problem) => problem !== first && code !== 'syntax' && code !== 'duplicate')).toEqual([])
  })

  it('with what to write instead', () => {
    expect(parseContract(line('tpc: 80')).problems).toMatchObject([{ replacement: 'tcp' }])
    expect(parseContract('must:\n  - {from: *, to: b}').problems[0]).toMatchObject({ replacement: '"*"' })
  })

  it('does not take a line for one that asks for less than it says', () => {
    expect(parseContract(line('tcp: 70000')).contract.lines).toEqual([])
  })
})

describe('lines that cannot be kept together', () => {
  const both = (must: string, mustNot: string) =>
    problems(`must:\n  - {from: a, to: b${must}}\nmustNot:\n  - {from: a, to: [c, b]${mustNot}}\n`).map(
      ([code]) => code,
    )

  it.each([
    [', tcp: 80', ', tcp: [443, 80]'],
    [', tcp: 80', ''],
    [', http: 80', ', tcp: 80'],
    [', http: {path: /a}', ', http: {path: /a, status: 302}'],
    [', ping: true', ', ping: true'],
    ['', ''],
  ])('must%s and mustNot%s', (must, mustNot) => {
    expect(both(must, mustNot)).toEqual(['contradiction'])
  })

  it.each([
    [', tcp: 80', ', tcp: 81'],
    [', tcp: 80', ', http: {path: /admin}'],
    [', http: {path: /a}', ', http: {path: /b}'],
    [', http: {status: 200}', ', http: {status: 500}'],
    [', ping: true', ', tcp: 80'],
    ['', ', tcp: 80'],
    [', tcp: 80, network: n', ', tcp: 80'],
  ])('but not must%s and mustNot%s', (must, mustNot) => {
    expect(both(must, mustNot)).toEqual([])
  })

  it('are named with the other one’s line', () => {
    expect(problems('must:\n  - {from: a, to: b}\nmustNot:\n  - {from: a, to: b}\n')[0]?.[2]).toMatch(
      /contradicts line 2/,
    )
  })

  it('are warned about where one says the same again', () => {
    const { problems: found } = parseContract('must:\n  - {from: a, to: b}\n  - {from: a, to: b}\n')
    expect(found).toMatchObject([{ code: 'duplicate', severity: 'warning' }])
    expect(found[0]?.message).toMatch(/Line 2/)
  })
})

describe('a contract of somebody who means harm', () => {
  const manyTimes = (text: string, times: number) => Array.from({ length: times }, () => text).join('')

  it.each([
    ['nested without end', `must: ${manyTimes('[', 50_000)}`],
    ['a mapping in a mapping without end', `must: ${manyTimes('{a: ', 20_000)}`],
    ['aliases of aliases', 'must:\n - {from: &a [b], to: [' + manyTimes('*a,', 60_000) + '*a]}\n'],
    [
      'lists that many lines share',
      `must:\n - {from: &a [${manyTimes('a,', 40_000)}a], to: b}\n${manyTimes(' - {from: *a, to: *a}\n', 300)}`,
    ],
    ['a key a thousand times', `must:\n - {${manyTimes('from: 1, ', 20_000)}}\n`],
    ['lines that are none', `must:\n${manyTimes(' - x\n', 50_000)}`],
    [
      'lines that are compared with each other',
      `must:\n${Array.from({ length: 250 }, (_, i) => ` - {from: ${i === 0 ? `&a [${manyTimes('a,', 99)}a]` : '*a'}, to: *a, tcp: ${i + 1}}\n`).join('')}mustNot:\n${manyTimes(' - {from: b, to: *a}\n', 250)}`,
    ],
  ])(
    'costs no more time than a person would wait, and no list without end: %s',
    (_what, text) => {
      const { contract, problems: found } = parseContract(text)
      expect(found.length).toBeLessThanOrEqual(201)
      expect(contract.lines.flatMap(({ from, to }) => [...from, ...to]).length).toBeLessThanOrEqual(100_000)
    },
    15_000,
  )

  it('says how many problems are not shown', () => {
    const { problems: found } = parseContract(`must:\n${manyTimes(' - x\n', 300)}`)
    expect(found).toHaveLength(101)
    expect(found.at(-1)?.message).toBe('200 more problems are not shown.')
  })

  it.each([
    ['a label that reorders what is beside it', 'must:\n - {from: "label:a=\u202eb", to: c}\n', /cannot be seen/],
    ['a terminal’s command in a host', 'must:\n - {from: {host: "a\\e[2Jb"}, to: c}\n', /cannot be seen/],
    ['a network’s name without end', `network: ${manyTimes('n', 600)}\nmust:\n - {from: a, to: c}\n`, /name or the ID/],
    ['a name without end', `must:\n - {from: ${manyTimes('n', 600)}, to: c}\n`, /not the name/],
    ['too many names', `must:\n - {from: [${manyTimes('a,', 101)}], to: c}\n`, /names 101; at most 100/],
    ['the prototype', 'must:\n - {from: a, to: b, __proto__: 1}\n', /no key `__proto__`/],
  ])('is told what is wrong with %s', (_what, text, message) => {
    const found = problems(text)
    expect(found.map(([, , said]) => said)).toEqual([expect.stringMatching(message)])
  })

  it('cannot give two lines one name', () => {
    const names = manyTimes('a,', 9)
    const { contract, problems: found } = parseContract(
      `must:\n - {from: [${names}b], to: c}\n - {from: [${names}d], to: c}\n`,
    )
    expect(found).toEqual([])
    expect(new Set(contract.lines.map(({ title }) => title)).size).toBe(2)
  })
})
