import { singleLine } from '../text/single-line'
import { measures } from './measures'
import { countsInWords } from './pair-counts'
import type { Chip, HostHead, RowHead } from './scene'
import { fitText, textWidth } from './text-width'
import type { TopologyHost, TopologyMember, TopologyRow } from './topology'

const { cardWidth, cardGap, cardHead, cardPadding, maxRowLabel, chipHeight, chipGap, rowGap } = measures
/** A longer name is shortened in its chip; its label has it whole. */
const maxChipText = 150

/** Where the cards begin, and where each network's rail is. */
export interface CardPlace {
  readonly x: number
  readonly y: number
  readonly railX: ReadonlyMap<string, number>
}

export interface PlacedCards {
  readonly hosts: readonly HostHead[]
  readonly rows: readonly RowHead[]
  readonly chips: readonly Chip[]
  readonly bottom: number
}

/** One card a host, below one another; its height is that of its rows. */
export function placeCards(hosts: readonly TopologyHost[], { x, y: top, railX }: CardPlace): PlacedCards {
  const placed = { hosts: [] as HostHead[], rows: [] as RowHead[], chips: [] as Chip[] }
  const rowLabel = rowLabelFor(hosts)
  let y = top
  for (const host of hosts) {
    let rowY = y + cardHead
    for (const row of host.rows) {
      const chips = placeChips(
        { host, row },
        { x: x + cardPadding + rowLabel, y: rowY, right: x + cardWidth - cardPadding },
      )
      const middle = rowY + chipHeight / 2
      placed.chips.push(...chips.chips)
      placed.rows.push({
        key: `row:${row.networkKey} ${host.id}`,
        hostId: host.id,
        networkKey: row.networkKey,
        state: row.state,
        name: fitText(singleLine(row.network), rowLabel - 16),
        at: { x: x + cardPadding + 2, y: middle },
        stub: { from: { x: railX.get(row.networkKey) ?? x, y: middle }, to: { x, y: middle } },
      })
      rowY = chips.bottom + rowGap
    }
    const bottom = host.rows.length === 0 ? y + cardHead + 20 : rowY - rowGap + cardPadding
    placed.hosts.push(cardOf(host, { x, y, width: cardWidth, height: bottom - y }))
    y = bottom + cardGap
  }
  return { ...placed, bottom: hosts.length === 0 ? top : y - cardGap }
}

function cardOf(host: TopologyHost, card: HostHead['card']): HostHead {
  const isReady = host.state === 'ready'
  const detail = isReady ? host.role : host.state === 'unknown' ? 'no way in' : host.state
  const why = isReady ? 'No container on these networks' : 'Its containers are not known while it cannot be asked'
  const rows = host.rows.map((row) => `${row.network}: ${countsInWords(row.counts)}`)
  return {
    key: `host:${host.id}`,
    target: { kind: 'host', hostId: host.id },
    box: { x: card.x, y: card.y, width: card.width, height: cardHead - 6 },
    label: ['Host ' + host.name, detail, host.address, ...(rows.length === 0 ? [why] : rows)]
      .filter(Boolean)
      .join(', '),
    state: host.rows.some(({ state }) => state === 'fail') ? 'fail' : 'unknown',
    card,
    name: fitText(singleLine(host.name), 260, 13),
    detail,
    address: fitText(singleLine(host.address), 180),
    isReady,
    ...(host.rows.length === 0 && {
      empty: { at: { x: card.x + cardPadding + 2, y: card.y + cardHead + 4 }, text: why },
    }),
  }
}

/** As wide as the longest name of a network needs, so that the chips of all cards begin at one line. */
function rowLabelFor(hosts: readonly TopologyHost[]): number {
  const names = hosts.flatMap(({ rows }) => rows.map(({ network }) => textWidth(singleLine(network))))
  return Math.min(maxRowLabel, Math.max(40, ...names) + 22)
}

interface RowOfHost {
  readonly host: TopologyHost
  readonly row: TopologyRow
}

interface ChipPlace {
  readonly x: number
  readonly y: number
  readonly right: number
}

function placeChips({ host, row }: RowOfHost, { right, ...from }: ChipPlace) {
  const chips: Chip[] = []
  let { x, y } = from
  for (const chip of [...row.members.map((member) => memberChip(member, { host, row })), ...moreChip({ host, row })]) {
    const width = textWidth(chip.text) + (chip.kind === 'more' && chip.state === 'unknown' ? 20 : 30)
    if (x + width > right && x > from.x) {
      x = from.x
      y += chipHeight + chipGap
    }
    chips.push({ ...chip, box: { x, y, width, height: chipHeight } })
    x += width + chipGap
  }
  return { chips, bottom: y + chipHeight }
}

function memberChip(member: TopologyMember, { host, row }: RowOfHost): Omit<Chip, 'box'> {
  const { containerId, name, address, isRunning, state, counts } = member
  const said = [name, isRunning ? 'running' : 'not running', address, `on ${row.network} at ${host.name}`]
  return {
    key: `member:${row.networkKey} ${host.id} ${containerId}`,
    target: { kind: 'container', hostId: host.id, containerId, networkKey: row.networkKey },
    label: [...said.filter((part) => part !== undefined), countsInWords(counts)].join(', '),
    state,
    text: fitText(singleLine(name), maxChipText),
    kind: 'member',
    isRunning,
  }
}

function moreChip({ host, row }: RowOfHost): readonly Omit<Chip, 'box'>[] {
  if (row.hidden === 0) return []
  const text =
    row.members.length === 0 ? `${row.hidden} ${row.hidden === 1 ? 'container' : 'containers'}` : `+${row.hidden} more`
  return [
    {
      key: `more:${row.networkKey} ${host.id}`,
      target: { kind: 'row', hostId: host.id, networkKey: row.networkKey },
      label: `${text} on ${row.network} at ${host.name}, ${countsInWords(row.counts)}`,
      state: row.members.length === 0 ? row.state : 'unknown',
      text,
      kind: 'more',
      isRunning: true,
    },
  ]
}
