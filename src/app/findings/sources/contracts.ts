import type { LineResult } from '../../../core/contract/judge'
import type { Finding } from '../../../core/diagnosis/finding'
import { formatMoment } from '../../../core/text/moment'
import type { ContractFileState } from '../../contract/contract-book'
import type { TreeInput } from '../../tree/tree-input'
import { contractGroup, networkGroup } from '../finding-groups'
import type { FindingGroup, FindingSource, ListedFinding } from '../listed-finding'

/** Lines of contracts that did not hold, or meant nobody, when they were last tested; a click shows the line. */
export const contracts: FindingSource = {
  id: 'contracts',
  list(input) {
    const { contracts: book } = input
    return (book?.addresses ?? []).flatMap((address) => {
      const file = book?.get(address)
      return file === undefined ? [] : findingsOf(input, address, file)
    })
  },
}

function findingsOf(input: TreeInput, address: string, file: ContractFileState): readonly ListedFinding[] {
  const { now } = input
  const name = fileName(address)
  return file.contract.lines.flatMap((line): readonly ListedFinding[] => {
    const result = file.results.get(line.title)
    const nobody = file.unmatched.get(line.title)
    const place = `${name}:${line.lineNumber}`
    const base = {
      id: `contract:${address}:${line.title}`,
      subject: { kind: 'contract-line' as const, address, title: line.title },
      title: line.title,
      context: 'contract-line fixable',
    }
    if (nobody !== undefined)
      return [
        {
          ...{ ...base, group: contractGroup(address, name), severity: 'error' as const, description: place },
          evidence: nobody.map(({ message }) => message),
          remedy: 'Correct the line, or start what it means, and test it again.',
        },
      ]
    if (result === undefined || result.result === 'pass') return []
    const [finding] = result.findings
    return [
      {
        ...{ ...base, group: groupOf(input, result) ?? contractGroup(address, name) },
        severity: result.result === 'fail' ? 'error' : 'warning',
        description: [
          place,
          ...(file.testedAt === undefined ? [] : [`tested ${formatMoment(file.testedAt, now)}`]),
        ].join(', '),
        evidence: [result.sentence, ...causeOf(finding)],
        remedy: finding?.remedy ?? 'Test the whole network for the cause: the line’s quick fixes have that.',
        ...(finding && { confidence: finding.confidence }),
      },
    ]
  })
}

function causeOf(finding: Finding | undefined): readonly string[] {
  return finding === undefined ? [] : [finding.title, ...finding.evidence]
}

/** The network on which the line failed; a line may be about several, and the first is where one looks first. */
function groupOf({ fleet, results, now }: TreeInput, { asks, result }: LineResult): FindingGroup | undefined {
  const key = asks.find((ask) => ask.result === result)?.networkKey
  const network = fleet.networks.find((candidate) => candidate.key === key)
  return network && networkGroup(network, results.latest(network.key), now)
}

function fileName(address: string): string {
  return decodeURIComponent(address.split('/').at(-1) ?? address)
}
