import type { PairResult } from '../connectivity/types'
import type { ConnectivityRun } from '../connectivity/run'
import { findingOfPair } from '../diagnosis/finding-of-pair'
import { allPeers, containerMatrix, isReadable, peerLabels, type Cell } from '../report/matrix'
import { element, text, type Markup } from './svg-element'

/** The words of a matrix, in the reader's language. */
export interface MatrixTexts {
  /** For instance `Last test of gnswarm: rows ask, columns answer`. */
  readonly caption: string
  readonly passes: string
  readonly fails: string
  readonly notTested: string
}

const signs: Readonly<Record<Cell, string>> = { pass: '✓', fail: '✗', 'not-tested': '–', self: '·', none: '' }

/**
 * The last test of a network as an HTML table, a cell for each pair of containers. A cell that fails takes the focus;
 * one that a finding explains carries what `dataOf` gives, so that it has a context menu. Empty where there are too many.
 */
export function writeMatrix(
  run: Pick<ConnectivityRun, 'pairs' | 'findings'>,
  texts: MatrixTexts,
  dataOf: (pair: PairResult) => Readonly<Record<string, string>>,
): string {
  const { sources, targets, cells } = containerMatrix(run)
  if (sources.length === 0 || !isReadable({ sources, targets })) return ''
  const labels = peerLabels(allPeers(run))
  const labelOf = (id: string) => labels.get(id) ?? ''
  const explain = findingOfPair(run.findings)
  const pairs = new Map(run.pairs.map((pair) => [`${pair.from.containerId} ${pair.to.containerId}`, pair]))
  const head = targets.map(({ containerId }) => element('th', { scope: 'col' }, text(labelOf(containerId))))
  const rows = sources.map((from, row) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, text(`${labelOf(from.containerId)} · ${from.host}`)),
      ...targets.map((to, column) => {
        const pair = pairs.get(`${from.containerId} ${to.containerId}`)
        return cellOf(cells[row]?.[column] ?? 'none', pair, { texts, dataOf, why: explain({ from, to })?.title })
      }),
    ),
  )
  const parts = [
    element('caption', {}, text(texts.caption)),
    element('thead', {}, element('tr', {}, element('td', {}, text('')), ...head)),
    element('tbody', {}, ...rows),
  ]
  return element('table', { class: 'sn-matrix' }, ...parts).markup
}

interface CellTexts {
  readonly texts: MatrixTexts
  readonly dataOf: (pair: PairResult) => Readonly<Record<string, string>>
  /** The cause in one sentence, where a finding says it. */
  readonly why: string | undefined
}

function cellOf(cell: Cell, pair: PairResult | undefined, { texts, dataOf, why }: CellTexts): Markup {
  if (pair === undefined) return element('td', { class: 'sn-none' }, text(signs[cell]))
  const { from, to, result, reason = '' } = pair
  const words = { pass: texts.passes, fail: texts.fails, 'not-tested': texts.notTested }[result]
  const label = [`${from.container} → ${to.container}`, words, why ?? reason].filter((part) => part !== '').join(': ')
  const attributes = {
    class: `sn-cell sn-${result}`,
    'aria-label': label,
    title: label,
    ...(result === 'fail' && { tabindex: '0', ...(why !== undefined && dataOf(pair)) }),
  }
  return element('td', attributes, text(signs[cell]))
}
