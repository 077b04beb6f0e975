import type { Chip, HostHead, LegendEntry, LinkLine, NetworkHead, RowHead, Scene, SceneNode } from './scene'
import { element, text, type Markup } from './svg-element'
import { topologyStyle } from './style'
import { boldWidth, textWidth } from './text-width'
import { measures } from './measures'
import type { Palette } from './palette'
import type { LinkState } from './topology'

export interface SvgOptions {
  readonly palette: Palette
  /** With it the picture stands alone: style, background, font and size are in it. */
  readonly isFile?: boolean
  /** What an element carries for whoever handles its clicks and menus; nothing in a file. */
  readonly dataOf?: (node: SceneNode) => Readonly<Record<string, string>>
}

/**
 * The scene as an SVG document. Each thing that is drawn is a group of its own with a stable `data-key`, so that a window
 * can replace what changed and leave the rest, the focus included, alone. Every text is escaped.
 */
export function writeSvg(scene: Scene, options: SvgOptions): string {
  const { width, height } = scene
  const { isFile = false, palette } = options
  const size = { width, height, viewBox: `0 0 ${width} ${height}` }
  const around = isFile
    ? {
        ...size,
        role: 'img',
        'font-family': 'system-ui, -apple-system, Segoe UI, Ubuntu, Helvetica, Arial, sans-serif',
      }
    : { ...size, role: 'group' }
  const nodes = [
    ...scene.networks.map(rail),
    ...scene.rows.map(stub),
    ...scene.networks.map((network) => node(network, options, networkHead(network))),
    ...scene.hosts.flatMap((host) => [
      node(host, options, hostHead(host)),
      ...scene.rows.filter(({ hostId }) => hostId === hostIdOf(host)).map(rowName),
      ...scene.chips
        .filter(({ target }) => 'hostId' in target && target.hostId === hostIdOf(host))
        .map((c) => node(c, options, chip(c))),
    ]),
    ...scene.links.map((link) => node(link, options, linkLine(link))),
    group('legend', {}, scene.legend.flatMap(legendEntry)),
    ...scene.notes.map(({ at, text: note }, index) =>
      group(`note:${index}`, {}, [label(at.x, at.y, note, 'sn-dim sn-small')]),
    ),
  ]
  return element(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', ...around, 'aria-label': scene.label },
    ...(isFile
      ? [
          element('title', {}, text(scene.label)),
          element('style', {}, { markup: topologyStyle(palette) }),
          element('rect', { class: 'sn-page', width, height }),
        ]
      : []),
    ...nodes,
  ).markup
}

function node(of: SceneNode, { isFile = false, dataOf }: SvgOptions, drawn: readonly Markup[]): Markup {
  const { x, y, width, height } = of.box
  const ring = element('rect', { class: 'sn-ring', x: x - 3, y: y - 3, width: width + 6, height: height + 6, rx: 6 })
  const title = element('title', {}, text(of.label))
  if (isFile) return group(of.key, {}, [title, ...drawn])
  return group(of.key, { ...dataOf?.(of), class: 'sn-node', role: 'button', tabindex: -1, 'aria-label': of.label }, [
    ...drawn,
    ring,
  ])
}

function group(key: string, attributes: Readonly<Record<string, string | number>>, drawn: readonly Markup[]): Markup {
  return element('g', { 'data-key': key, ...attributes }, ...drawn)
}

function rail({ key, rail: { x, top, bottom } }: NetworkHead): Markup {
  return group(`rail:${key}`, {}, [element('line', { class: 'sn-rail', x1: x, x2: x, y1: top, y2: bottom })])
}

function stub({ key, state, stub: { from, to } }: RowHead): Markup {
  const ends = { x1: from.x, y1: from.y, x2: to.x, y2: to.y }
  return group(`stub:${key}`, {}, [
    element('line', { class: 'sn-halo', ...ends, x1: from.x + 6 }),
    element('line', { class: `sn-line ${stateClass(state)}`, ...ends }),
    element('circle', { class: `sn-dot ${stateClass(state)}`, cx: from.x, cy: from.y, r: 5 }),
  ])
}

function networkHead({ box, rail: { x }, name, detail, verdict, state }: NetworkHead): readonly Markup[] {
  const y = box.y + box.height / 2
  const detailX = x + 18 + boldWidth(name) + 12
  return [
    element('circle', { class: `sn-dot ${stateClass(state)}`, cx: x, cy: y, r: 9 }),
    ...stateMark(state, x, y),
    label(x + 18, y, name, 'sn-strong'),
    label(detailX, y, detail, 'sn-dim'),
    label(detailX + textWidth(detail) + 8, y, verdict, verdictLook[state]),
  ]
}

function hostHead({ card, name, detail, address, isReady, state, empty }: HostHead): readonly Markup[] {
  const y = card.y + 20
  const left = card.x + measures.cardPadding + 2
  const look = ['sn-card', ...(isReady ? [] : ['sn-away']), ...(state === 'fail' ? ['sn-fail'] : [])]
  return [
    element('rect', { class: look.join(' '), ...boxOf(card), rx: 8 }),
    label(left, y, name, 'sn-strong'),
    label(left + boldWidth(name) + 10, y, detail, isReady ? 'sn-dim sn-small' : 'sn-bad sn-small'),
    element(
      'text',
      {
        class: 'sn-dim sn-small',
        x: card.x + card.width - measures.cardPadding - 2,
        y,
        dy: '0.35em',
        'text-anchor': 'end',
      },
      text(address),
    ),
    ...(empty ? [label(empty.at.x, empty.at.y, empty.text, 'sn-dim sn-small')] : []),
  ]
}

function rowName({ key, name, at }: RowHead): Markup {
  return group(`name:${key}`, {}, [label(at.x, at.y, name, 'sn-dim')])
}

function chip(of: Chip): readonly Markup[] {
  const { box, text: name, kind, isRunning, state } = of
  const y = box.y + box.height / 2
  const look = ['sn-chip', ...(isRunning ? [] : ['sn-stopped']), ...(state === 'fail' ? ['sn-fail'] : [])]
  const dot = dotOf(of)
  return [
    element('rect', { class: look.join(' '), ...boxOf(box), rx: box.height / 2 }),
    ...(dot === undefined ? [] : [element('circle', { class: `sn-dot ${dot}`, cx: box.x + 12, cy: y, r: 4 })]),
    label(box.x + (dot === undefined ? 11 : 21), y, name, kind === 'more' || !isRunning ? 'sn-dim' : ''),
  ]
}

/** Filled while it runs, in the colour of its test; none where it only says how many more there are. */
function dotOf({ kind, isRunning, state }: Chip): string | undefined {
  if (!isRunning) return 'sn-hollow'
  if (state !== 'unknown') return stateClass(state)
  return kind === 'more' ? undefined : 'sn-running'
}

function linkLine({ from, to, laneX, markY, state, text: figures }: LinkLine): readonly Markup[] {
  const turn = Math.min(8, (to.y - from.y) / 2, laneX - from.x)
  const path = `M${from.x} ${from.y}H${laneX - turn}Q${laneX} ${from.y} ${laneX} ${from.y + turn}V${to.y - turn}Q${laneX} ${to.y} ${laneX - turn} ${to.y}H${to.x}`
  const isMarked = state === 'fail' || state === 'partly'
  return [
    element('path', { class: 'sn-hit', d: path }),
    element('path', { class: `sn-line ${stateClass(state)}`, d: path }),
    ...(isMarked
      ? [
          element('circle', { class: `sn-dot ${stateClass(state)}`, cx: laneX, cy: markY, r: 7 }),
          ...stateMark(state, laneX, markY),
          label(laneX + 12, markY, figures, `${verdictLook[state]} sn-small sn-figures`),
        ]
      : []),
  ]
}

const verdictLook: Readonly<Record<LinkState, string>> = {
  pass: 'sn-dim',
  partly: 'sn-warn',
  fail: 'sn-bad',
  'not-tested': 'sn-dim',
  unknown: 'sn-dim',
}

function legendEntry({ at, state, text: meaning }: LegendEntry): readonly Markup[] {
  return [
    element('line', { class: `sn-line ${stateClass(state)}`, x1: at.x, y1: at.y, x2: at.x + 22, y2: at.y }),
    ...(state === 'fail' || state === 'partly'
      ? [
          element('circle', { class: `sn-dot ${stateClass(state)}`, cx: at.x + 11, cy: at.y, r: 6 }),
          ...stateMark(state, at.x + 11, at.y),
        ]
      : []),
    label(at.x + 29, at.y, meaning, 'sn-dim sn-small'),
  ]
}

/** So that a state can be told without its colour. */
function stateMark(state: LinkState, x: number, y: number): readonly Markup[] {
  const d = {
    pass: `M${x - 4} ${y}L${x - 1} ${y + 3}L${x + 4} ${y - 3}`,
    fail: `M${x - 2.5} ${y - 2.5}L${x + 2.5} ${y + 2.5}M${x + 2.5} ${y - 2.5}L${x - 2.5} ${y + 2.5}`,
    partly: `M${x} ${y - 3.5}V${y + 0.5}M${x} ${y + 3.4}V${y + 3.5}`,
    'not-tested': `M${x - 3.5} ${y}H${x + 3.5}`,
    unknown: undefined,
  }[state]
  return d === undefined ? [] : [element('path', { class: 'sn-mark', d })]
}

function label(x: number, y: number, ...[content, look]: readonly [string, string]): Markup {
  return content === ''
    ? { markup: '' }
    : element('text', { class: look === '' ? undefined : look, x, y, dy: '0.35em' }, text(content))
}

function stateClass(state: LinkState): string {
  return `sn-${state}`
}

function boxOf({ x, y, width, height }: SceneNode['box']) {
  return { x, y, width, height }
}

function hostIdOf({ target }: HostHead): string {
  return target.kind === 'host' ? target.hostId : ''
}
