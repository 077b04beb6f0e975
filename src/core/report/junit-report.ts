import Builder from 'fast-xml-builder'
import type { ConnectivityRun, PairResult, TestedNetwork } from '../connectivity/types'
import type { Finding } from '../diagnosis/finding'
import { findingOfPair } from '../diagnosis/finding-of-pair'

const builder = new Builder({
  attributeNamePrefix: '@',
  ignoreAttributes: false,
  format: true,
  suppressEmptyNode: true,
  suppressBooleanAttributes: false,
})

/**
 * A test's outcome as JUnit XML, the form that CI systems read: a test case a pair. A failure's message is the finding
 * that explains the pair, its text what was seen.
 */
export function junitReport(run: ConnectivityRun): string {
  const count = (result: PairResult['result']) => run.pairs.filter((pair) => pair.result === result).length
  const totals = {
    '@tests': String(run.pairs.length),
    '@failures': String(count('fail')),
    '@errors': '0',
    '@skipped': String(count('not-tested')),
    '@time': seconds(run.durationMs),
  }
  const explain = findingOfPair(run.findings)
  const suite = {
    '@name': legal(run.network.name),
    ...totals,
    '@timestamp': new Date(run.startedAt).toISOString().replace(/\.\d+Z$/, ''),
    testcase: run.pairs.map((pair) => testCase(run.network, pair, explain(pair))),
  }
  return builder.build({
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    testsuites: { '@name': 'swarm-networks', ...totals, testsuite: suite },
  })
}

function testCase(network: TestedNetwork, pair: PairResult, finding: Finding | undefined): object {
  const { from, to, result, reason = '' } = pair
  const ms = pair.checks.reduce((longest, check) => Math.max(longest, check.ms ?? 0), 0)
  return {
    '@classname': legal(`${network.name}.${from.host}`),
    '@name': legal(`${from.container} (${from.host}) → ${to.container} (${to.host})`),
    '@time': seconds(ms),
    ...(result === 'fail' && { failure: failure(pair, finding) }),
    ...(result === 'not-tested' && { skipped: { '@message': legal(reason) } }),
  }
}

function failure({ checks, reason = '' }: PairResult, finding: Finding | undefined): object {
  const seen = checks.map(({ kind, result, detail }) => `${result}: ${kind}: ${detail}`)
  const why = finding ? ['', ...finding.evidence, finding.remedy] : []
  return {
    '@type': finding?.cause ?? 'unexplained',
    '@message': legal(finding?.title ?? reason),
    '#text': legal([...seen, ...why].join('\n')),
  }
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3)
}

/** Without what no XML 1.0 document can hold, escaped or not (https://www.w3.org/TR/xml/#charsets). */
function legal(text: string): string {
  return text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
}
