import type { ConnectivityRun } from '../connectivity/run'
import { singleLine } from '../text/single-line'
import { allPeers, containerMatrix, hostMatrix, peerLabels, type Cell } from './matrix'
import type { Painter } from './paint'

/** Columns of a terminal that every terminal has. */
const width = 80
const cellWidth = 3
const minLabel = 12

const signs: Readonly<Record<Cell, string>> = { pass: '✓', fail: '✗', 'not-tested': '–', self: '·', none: ' ' }

/**
 * The matrix by container for a terminal, at most 80 columns wide: rows ask, columns answer; a column's number is that
 * of the row with the same container. What does not fit beside is put below.
 */
export function textMatrix(run: Pick<ConnectivityRun, 'pairs'>, paint: Painter): string {
  const { sources, targets, cells } = containerMatrix(run)
  const peers = allPeers(run)
  const numbers = new Map(peers.map(({ containerId }, index) => [containerId, String(index + 1)]))
  const labels = peerLabels(peers)
  const lines = peers.map((peer) => {
    const row = sources.findIndex(({ containerId }) => containerId === peer.containerId)
    const label = labels.get(peer.containerId) ?? peer.container
    const shown = label === peer.container ? `${label} (${peer.host})` : label
    return {
      label: `${(numbers.get(peer.containerId) ?? '').padStart(3)} ${singleLine(shown)}`,
      cells: row < 0 ? [] : (cells[row] ?? []),
    }
  })
  return grid({ lines, header: targets.map(({ containerId }) => numbers.get(containerId) ?? '') }, paint)
}

/** The matrix by host, for runs with too many containers; each cell sums up all pairs between two hosts. */
export function textHostMatrix(run: Pick<ConnectivityRun, 'pairs'>, paint: Painter): string {
  const { sources, targets, cells } = hostMatrix(run)
  const hosts = [...new Set([...sources, ...targets])].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  const number = (host: string) => String(hosts.indexOf(host) + 1)
  const lines = hosts.map((host) => ({
    label: `${number(host).padStart(3)} ${singleLine(host)}`,
    cells: (cells[sources.indexOf(host)] ?? []).map(({ cell }) => cell),
  }))
  return grid({ lines, header: targets.map(number) }, paint)
}

interface Grid {
  readonly lines: readonly { readonly label: string; readonly cells: readonly Cell[] }[]
  readonly header: readonly string[]
}

function grid({ lines, header }: Grid, paint: Painter): string {
  const longest = Math.max(minLabel, ...lines.map(({ label }) => label.length))
  const perBlock = Math.max(1, Math.floor((width - Math.min(longest, 32)) / cellWidth))
  const blocks: string[] = []
  for (let start = 0; start < header.length; start += perBlock) {
    const columns = header.slice(start, start + perBlock)
    const room = Math.min(longest, width - columns.length * cellWidth)
    blocks.push(
      [
        ' '.repeat(room) + columns.map((number) => number.padStart(cellWidth)).join(''),
        ...lines.map(({ label, cells }) => {
          const shown = cells.slice(start, start + perBlock).map((cell) => '  ' + paint(cell, signs[cell]))
          return (cut(label, room).padEnd(room) + shown.join('')).trimEnd()
        }),
      ].join('\n'),
    )
  }
  return blocks.join('\n\n')
}

function cut(label: string, room: number): string {
  return label.length <= room ? label : `${label.slice(0, room - 1)}…`
}
