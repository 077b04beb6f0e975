import { measures } from './measures'
import { countsInWords } from './pair-counts'
import type { LinkLine } from './scene'
import { textWidth } from './text-width'
import type { PlacedCards } from './place-cards'
import type { TopologyLink } from './topology'

const { laneGap } = measures

/** The rows that links hang on, and the cards' right edge. */
export interface LinkPlace {
  readonly rows: PlacedCards['rows']
  readonly cardRight: number
}

/**
 * Links to the right of the cards, each in a lane of its own where it would touch another one, short ones inside. Several
 * that end at one row do so a few pixels apart.
 */
export function placeLinks(links: readonly TopologyLink[], { rows, cardRight }: LinkPlace) {
  const rowY = new Map(rows.map(({ hostId, networkKey, at }) => [`${networkKey} ${hostId}`, at.y]))
  const found = links.flatMap((link) => {
    const ends = [rowY.get(`${link.networkKey} ${link.from.id}`), rowY.get(`${link.networkKey} ${link.to.id}`)]
    const [a, b] = ends
    // A host that left the fleet since the test has no row.
    return a === undefined || b === undefined ? [] : [{ link, top: Math.min(a, b), bottom: Math.max(a, b) }]
  })
  const spans = found.toSorted((a, b) => a.bottom - a.top - (b.bottom - b.top) || a.top - b.top)
  const lanes: { top: number; bottom: number }[][] = []
  const ends = new EndPoints(spans.flatMap(({ top, bottom }) => [top, bottom]))
  const placed = spans.map(({ link, top, bottom }) => {
    let lane = lanes.findIndex((taken) => taken.every((span) => span.bottom <= top || span.top >= bottom))
    if (lane < 0) lane = lanes.push([]) - 1
    lanes[lane]?.push({ top, bottom })
    return lineOf(link, {
      lane,
      laneX: cardRight + 22 + lane * laneGap,
      right: cardRight,
      top: ends.next(top),
      bottom: ends.next(bottom),
    })
  })
  const right = Math.max(cardRight, ...placed.map(({ laneX, text }) => laneX + 14 + textWidth(text, 11)))
  // What fails is drawn last: its mark and figures lie above what they cross.
  return { links: placed.toSorted((a, b) => loudness[a.state] - loudness[b.state]), right }
}

const loudness: Readonly<Record<LinkLine['state'], number>> = {
  unknown: 0,
  'not-tested': 1,
  pass: 2,
  partly: 3,
  fail: 4,
}

/** Spreads what ends at one height over a few pixels around it. */
class EndPoints {
  readonly #counts = new Map<number, { all: number; used: number }>()

  constructor(heights: readonly number[]) {
    for (const y of heights) this.#counts.set(y, { all: (this.#counts.get(y)?.all ?? 0) + 1, used: 0 })
  }

  next(y: number): number {
    const count = this.#counts.get(y)
    if (count === undefined) return y
    const step = Math.min(6, 18 / count.all)
    return y + (count.used++ - (count.all - 1) / 2) * step
  }
}

/** Pixels from the middle, by lane. */
const offsets = [0, 18, -18, 36]

/** In the middle, and in neighbouring lanes not at one height: the figures beside would cover one another. */
function markY(top: number, bottom: number, lane: number): number {
  const room = Math.max(0, (bottom - top) / 2 - 16)
  return (top + bottom) / 2 + Math.max(-room, Math.min(room, offsets[lane % 4] ?? 0))
}

interface LinePlace {
  readonly lane: number
  readonly laneX: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

function lineOf(link: TopologyLink, { lane, laneX, right, top, bottom }: LinePlace): LinkLine {
  const { networkKey, network, from, to, state, counts } = link
  const all = counts.passed + counts.failed + counts.untested
  return {
    key: `link:${networkKey} ${from.id} ${to.id}`,
    target: { kind: 'link', networkKey, hostIds: [from.id, to.id] },
    box: { x: laneX - 8, y: top, width: 16, height: Math.max(bottom - top, 16) },
    label: `Link between ${from.name} and ${to.name} on ${network}: ${countsInWords(counts)}`,
    state,
    from: { x: right, y: top },
    to: { x: right, y: bottom },
    laneX,
    markY: markY(top, bottom, lane),
    text: counts.failed > 0 ? `${counts.failed}/${all}` : '',
  }
}
