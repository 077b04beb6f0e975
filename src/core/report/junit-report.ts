import { nameKey, type NameResult } from '../connectivity/names/types'
import type { PairResult, TestedNetwork } from '../connectivity/types'
import type { ConnectivityRun } from '../connectivity/run'
import type { Finding } from '../diagnosis/finding'
import { findingOfPair } from '../diagnosis/finding-of-pair'
import { legalXml } from '../text/xml'
import { secondsText, writeXml } from './xml'

/**
 * A test's outcome as JUnit XML, the form that CI systems read: a test case a pair, and one for each further name and who asked. A failure's message is the finding
 * that explains the pair, its text what was seen.
 */
export function junitReport(run: ConnectivityRun): string {
  const names = run.names ?? []
  const count = (wanted: PairResult['result']) =>
    [...run.pairs, ...names].filter(({ result }) => result === wanted).length
  const totals = {
    '@tests': String(run.pairs.length + names.length),
    '@failures': String(count('fail')),
    '@errors': '0',
    '@skipped': String(count('not-tested')),
    '@time': secondsText(run.durationMs),
  }
  const explain = findingOfPair(run.findings)
  const suite = {
    '@name': legalXml(run.network.name),
    ...totals,
    '@timestamp': new Date(run.startedAt).toISOString().replace(/\.\d+Z$/, ''),
    testcase: [
      ...run.pairs.map((pair) => testCase(run.network, pair, explain(pair))),
      ...names.map((name) => nameCase(run, name)),
    ],
  }
  return writeXml({ testsuites: { '@name': 'swarm-networks', ...totals, testsuite: suite } })
}

function testCase(network: TestedNetwork, pair: PairResult, finding: Finding | undefined): object {
  const { from, to, result, reason = '' } = pair
  const ms = pair.checks.reduce((longest, check) => Math.max(longest, check.ms ?? 0), 0)
  return {
    '@classname': legalXml(`${network.name}.${from.host}`),
    '@name': legalXml(`${from.container} (${from.host}) → ${to.container} (${to.host})`),
    '@time': secondsText(ms),
    ...(result === 'fail' && { failure: failure(pair, finding) }),
    ...(result === 'not-tested' && { skipped: { '@message': legalXml(reason) } }),
  }
}

function nameCase({ network, findings }: ConnectivityRun, name: NameResult): object {
  const { from, target, result, reason = '', checks } = name
  const isAbout = ({ names = [] }: Finding) => names.some((own) => `${own.from} ${own.name}` === nameKey(name))
  const ms = checks.reduce((longest, check) => Math.max(longest, check.ms ?? 0), 0)
  return {
    '@classname': legalXml(`${network.name}.${from.host}`),
    '@name': legalXml(`${from.container} (${from.host}) → ${target.name} (${target.standsFor})`),
    '@time': secondsText(ms),
    ...(result === 'fail' && { failure: failure(name, findings.find(isAbout)) }),
    ...(result === 'not-tested' && { skipped: { '@message': legalXml(reason) } }),
  }
}

function failure({ checks, reason = '' }: Pick<PairResult, 'checks' | 'reason'>, finding: Finding | undefined): object {
  const seen = checks.map(({ kind, result, detail }) => `${result}: ${kind}: ${detail}`)
  const why = finding ? ['', ...finding.evidence, finding.remedy] : []
  return {
    '@type': finding?.cause ?? 'unexplained',
    '@message': legalXml(finding?.title ?? reason),
    '#text': legalXml([...seen, ...why].join('\n')),
  }
}
