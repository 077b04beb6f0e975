import { navigate, type Direction, type Spot } from '../core/topology/navigate'
import { themeVariables } from '../core/topology/palette'
import type { FromTopologyView, ToTopologyView } from '../core/topology/protocol'
import { patchPicture } from './patch-picture'
import { rasterize } from './rasterize'

interface EditorApi {
  postMessage(message: FromTopologyView): void
}
declare function acquireVsCodeApi(): EditorApi

const editor = acquireVsCodeApi()
const picture = byId('picture')
const choice = byId('network') as HTMLSelectElement
let shownMatrices = ''

window.addEventListener('message', ({ data }: MessageEvent<ToTopologyView>) => {
  if (data.type === 'show') show(data)
  else void draw(data)
})

function show({ svg, matrices, tables, status, networks, selected }: Extract<ToTopologyView, { type: 'show' }>): void {
  patchPicture(picture, svg)
  keepOneTabStop()
  // What stays the same keeps the focus.
  if (shownMatrices !== matrices) byId('matrices').innerHTML = matrices
  shownMatrices = matrices
  byId('tables-body').innerHTML = tables
  if (status !== '') byId('status').textContent = status
  const [all] = choice.options
  const options = networks.map(({ key, name }) => new Option(name, key))
  choice.replaceChildren(...(all === undefined ? [] : [all]), ...options)
  choice.value = selected
}

async function draw(request: Extract<ToTopologyView, { type: 'rasterize' }>): Promise<void> {
  try {
    editor.postMessage({ type: 'png', data: await rasterize(request) })
  } catch (error) {
    editor.postMessage({ type: 'failed', message: error instanceof Error ? error.message : String(error) })
  }
}

const directions: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'first',
  End: 'last',
}

picture.addEventListener('keydown', (event) => {
  const node = nodeOf(event.target)
  if (node === undefined || event.altKey || event.ctrlKey || event.metaKey) return
  if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault()
    activate(node)
    return
  }
  const direction = directions[event.key]
  if (direction === undefined) return
  event.preventDefault()
  const key = navigate(spots(), node.dataset['key'], direction)
  const next = nodes().find((candidate) => candidate.dataset['key'] === key)
  if (next === undefined) return
  keepOneTabStop(next)
  next.focus()
  next.scrollIntoView({ block: 'nearest', inline: 'nearest' })
})

picture.addEventListener('click', (event) => {
  const node = nodeOf(event.target)
  if (node === undefined) return
  keepOneTabStop(node)
  node.focus({ preventScroll: true })
  activate(node)
})

// A node that got the focus in another way is where Tab comes back to.
picture.addEventListener('focusin', (event) => {
  const node = nodeOf(event.target)
  if (node !== undefined) keepOneTabStop(node)
})

choice.addEventListener('change', () => editor.postMessage({ type: 'choose', networkKey: choice.value }))
byId('test').addEventListener('click', () => editor.postMessage({ type: 'test' }))
for (const format of ['svg', 'png'] as const)
  byId(format).addEventListener('click', () => editor.postMessage({ type: 'export', format, colors: computedColors() }))

function activate(node: SVGGElement): void {
  const { key } = node.dataset
  if (key !== undefined) editor.postMessage({ type: 'activate', key })
}

/** One stop for Tab in the whole picture; the arrow keys move inside. */
function keepOneTabStop(wanted?: SVGGElement): void {
  const all = nodes()
  const stop = wanted ?? all.find((node) => node.tabIndex === 0) ?? all[0]
  for (const node of all) {
    const index = node === stop ? 0 : -1
    if (node.tabIndex !== index) node.tabIndex = index
  }
}

function nodes(): SVGGElement[] {
  return [...picture.querySelectorAll<SVGGElement>('g.sn-node')]
}

function nodeOf(target: EventTarget | null): SVGGElement | undefined {
  return target instanceof Element ? (target.closest<SVGGElement>('g.sn-node') ?? undefined) : undefined
}

function spots(): Spot[] {
  return nodes().map((node) => {
    // The ring is where the node is; a card's or a link's whole extent would have its middle elsewhere.
    const { left, top, height } = (node.querySelector('.sn-ring') ?? node).getBoundingClientRect()
    return { key: node.dataset['key'] ?? '', x: left, y: top + height / 2 }
  })
}

/** The theme's colours as they are now, for a picture that stands alone. */
function computedColors(): Record<string, string> {
  const style = getComputedStyle(document.documentElement)
  const valueOf = (variables: readonly string[]) =>
    variables.map((name) => style.getPropertyValue(name).trim()).find((value) => value !== '') ?? ''
  return Object.fromEntries(Object.entries(themeVariables).map(([name, variables]) => [name, valueOf(variables)]))
}

function byId(id: string): HTMLElement {
  const element = document.getElementById(id)
  if (element === null) throw new Error(`The page has no ${id}`)
  return element
}

editor.postMessage({ type: 'ready' })
