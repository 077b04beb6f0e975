import { legalXml } from '../../text/xml'
import { secondsText, writeXml } from '../../report/xml'
import type { ContractRun } from '../contract-run'
import type { LineResult } from '../judge'
import { countLines } from './summary'

/** A contract's outcome as JUnit XML: a test case a line, with its place in the file. */
export function contractJunit(run: ContractRun, file: string): string {
  const { fail, 'not-tested': untested } = countLines(run.lines)
  const broken = run.lines.filter(({ problems }) => problems !== undefined).length
  const totals = {
    '@tests': String(run.lines.length),
    '@failures': String(fail),
    '@errors': String(broken),
    '@skipped': String(untested - broken),
    '@time': secondsText(run.durationMs),
  }
  const suite = {
    '@name': legalXml(file),
    ...totals,
    '@timestamp': new Date(run.startedAt).toISOString().replace(/\.\d+Z$/, ''),
    testcase: run.lines.map((line) => testCase(line, file)),
  }
  return writeXml({ testsuites: { '@name': 'swarm-networks', ...totals, testsuite: suite } })
}

function testCase({ line, result, sentence, asks, findings, problems }: LineResult, file: string): object {
  const [finding] = findings
  const seen = asks.map(
    ({ from, to, result: each, detail }) =>
      `${each}: ${from.container} (${from.host}) → ${to.container} (${to.host}): ${detail}`,
  )
  const why = finding ? ['', ...finding.evidence, finding.remedy] : []
  return {
    '@classname': legalXml(file),
    '@name': legalXml(line.title),
    '@file': legalXml(file),
    '@line': String(line.lineNumber),
    ...(result === 'fail' && {
      failure: {
        '@type': finding?.cause ?? asks.find(({ cause }) => cause !== undefined)?.cause ?? 'unexplained',
        '@message': legalXml(finding?.title ?? sentence),
        '#text': legalXml([...seen, ...why].join('\n')),
      },
    }),
    // A line that means nobody is a mistake, or something that is gone: skipped would look as if that were fine.
    ...(problems && { error: { '@type': problems[0]?.code ?? '', '@message': legalXml(sentence) } }),
    ...(result === 'not-tested' && !problems && { skipped: { '@message': legalXml(sentence) } }),
  }
}
