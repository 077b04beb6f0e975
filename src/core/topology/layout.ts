import { placeCards } from './place-cards'
import { placeLinks } from './place-links'
import { measures } from './measures'
import type { LegendEntry, NetworkHead, Scene } from './scene'
import { boldWidth, textWidth } from './text-width'
import type { Topology, TopologyNetwork } from './topology'

const { margin, railGap, headHeight, headGap, cardWidth } = measures

/**
 * Places everything. Networks stand at the top, each with a rail down its left side; hosts stand below one another, and a
 * branch leads from each rail to the hosts that are on it. Links between hosts run to the right of the cards, the short
 * ones inside. Pure and deterministic: a container that starts moves only what is below it.
 */
export function layoutTopology(topology: Topology): Scene {
  const { networks, hosts, links } = topology
  const railX = new Map(networks.map(({ key }, index) => [key, margin + 9 + index * railGap]))
  const cardX = margin + networks.length * railGap + (networks.length === 0 ? 0 : 22)
  const headsBottom = margin + networks.length * (headHeight + headGap)
  const cards = placeCards(hosts, { x: cardX, y: headsBottom + 14, railX })
  const lines = placeLinks(links, { rows: cards.rows, cardRight: cardX + cardWidth })
  const bottom = Math.max(cards.bottom, headsBottom)
  const heads = networks.map((network, index) => head(network, { index, railX, cards }))
  const legend = placeLegend(cardX, bottom + 30)
  const notes = topology.notes.map((text, index) => ({ text, at: { x: cardX, y: bottom + 54 + index * 18 } }))
  const width = Math.max(lines.right, ...heads.map(({ box }) => box.x + box.width), ...notes.map(rightOf), 480) + margin
  return {
    width: Math.ceil(width),
    height: Math.ceil(bottom + 44 + notes.length * 18 + margin),
    label: sceneLabel(topology),
    networks: heads,
    hosts: cards.hosts,
    rows: cards.rows,
    chips: cards.chips,
    links: lines.links,
    legend,
    notes,
  }
}

interface HeadPlace {
  readonly index: number
  readonly railX: ReadonlyMap<string, number>
  readonly cards: ReturnType<typeof placeCards>
}

function head(network: TopologyNetwork, { index, railX, cards }: HeadPlace): NetworkHead {
  const { key, name, subnets, isEncrypted, members, state, verdict } = network
  const x = railX.get(key) ?? margin
  const y = margin + index * (headHeight + headGap)
  const own = cards.rows.filter(({ networkKey }) => networkKey === key)
  const containers = `${members} ${members === 1 ? 'container' : 'containers'}`
  const detail = [subnets.join(', '), isEncrypted ? 'encrypted' : '', containers]
    .filter((part) => part !== '')
    .join(' · ')
  return {
    key: `network:${key}`,
    target: { kind: 'network', networkKey: key },
    box: {
      x: x - 9,
      y,
      width: 34 + boldWidth(name) + textWidth(detail) + textWidth(verdict) + 56,
      height: headHeight,
    },
    label: `Network ${name}, ${detail}, ${verdict}`,
    state,
    name,
    detail,
    verdict,
    rail: { x, top: y + headHeight / 2, bottom: Math.max(y + headHeight / 2, ...own.map(({ stub }) => stub.from.y)) },
  }
}

const legendTexts: readonly (readonly [LegendEntry['state'], string])[] = [
  ['pass', 'all pass'],
  ['partly', 'some fail'],
  ['fail', 'none passes'],
  ['not-tested', 'could not be tested'],
  ['unknown', 'not tested yet'],
]

function placeLegend(left: number, y: number): readonly LegendEntry[] {
  let x = left
  return legendTexts.map(([state, text]) => {
    const entry = { state, text, at: { x, y } }
    x += 46 + textWidth(text, 11)
    return entry
  })
}

function rightOf({ at, text }: { readonly at: { readonly x: number }; readonly text: string }): number {
  return at.x + textWidth(text, 11)
}

function sceneLabel({ networks, hosts, links }: Topology): string {
  const plural = (n: number, noun: string) => `${n} ${noun}${n === 1 ? '' : 's'}`
  const failing = links.filter(({ counts }) => counts.failed > 0)
  const all = failing.reduce((sum, { counts }) => sum + counts.failed, 0)
  const what =
    failing.length === 0 ? '' : `; ${plural(failing.length, 'link')} between hosts with ${plural(all, 'failing pair')}`
  return `${plural(networks.length, 'network')} over ${plural(hosts.length, 'host')}${what}. ${networks
    .map(({ name, state, verdict, members }) =>
      state === 'unknown' ? `${name}: ${plural(members, 'container')}, not tested yet.` : `${name}: ${verdict}.`,
    )
    .join(' ')}`.trim()
}
