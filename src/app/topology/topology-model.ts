import { isOverlay } from '../../core/model/network'
import { buildTopology } from '../../core/topology/build-topology'
import { layoutTopology } from '../../core/topology/layout'
import { themePalette, type Palette } from '../../core/topology/palette'
import type { ToTopologyView } from '../../core/topology/protocol'
import type { Scene, SceneNode } from '../../core/topology/scene'
import { writeSvg } from '../../core/topology/write-svg'
import { writeMatrix } from '../../core/topology/write-matrix'
import { writeTables, type TableTexts } from '../../core/topology/write-tables'
import type { FleetAccess } from '../fleet-access'
import { findNetwork } from '../fleet-lookup'
import type { TestResults } from '../test-results'
import type { Translate } from '../translate'
import { cellData, contextData } from './context-data'

export interface TopologyContext {
  readonly fleet: Pick<FleetAccess, 'fleet'>
  readonly results: Pick<TestResults, 'latest'>
  readonly translate: Translate
}

type ShowMessage = Extract<ToTopologyView, { readonly type: 'show' }>

/** The picture as it is now, and the network that it is limited to. */
export class TopologyModel {
  readonly #context: TopologyContext
  #networkKey: string | undefined
  #scene: Scene | undefined
  #sent = ''
  #said = ''

  constructor(context: TopologyContext) {
    this.#context = context
  }

  /** The network that is shown alone, while there is one and it is there. */
  get networkKey(): string | undefined {
    const key = this.#networkKey
    return key !== undefined && findNetwork(this.#context.fleet.fleet, key) !== undefined ? key : undefined
  }

  choose(networkKey: string | undefined): void {
    this.#networkKey = networkKey === '' ? undefined : networkKey
  }

  /** Whatever is shown next has to be sent whole: the window knows nothing yet. */
  forget(): void {
    this.#sent = ''
  }

  /** What to tell the window; `undefined` where it shows the same already. */
  next(): ShowMessage | undefined {
    const { fleet, latest } = this.#now()
    const topology = this.#topology()
    this.#scene = layoutTopology(topology)
    const svg = writeSvg(this.#scene, {
      palette: themePalette(),
      dataOf: (node) => contextData(node, fleet, latest),
    })
    const networks = fleet.networks
      .filter((network) => isOverlay(network) && !network.isIngress)
      .map(({ key, name }) => ({ key, name }))
    const verdicts = topology.networks
      .filter(({ state }) => state !== 'unknown')
      .map(({ name, verdict }) => `${name}: ${verdict}`)
    const status = verdicts.join('. ')
    const selected = this.networkKey ?? ''
    const tables = writeTables(topology, this.#texts())
    const matrices = this.#matrices()
    const message: ShowMessage = {
      type: 'show',
      svg,
      matrices,
      tables,
      status: status === this.#said ? '' : status,
      networks,
      selected,
    }
    const content = JSON.stringify([svg, matrices, tables, networks, selected])
    if (content === this.#sent) return undefined
    this.#sent = content
    this.#said = status
    return message
  }

  /** What was drawn last under a key. */
  find(key: string): SceneNode | undefined {
    const scene = this.#scene
    return scene && [...scene.networks, ...scene.hosts, ...scene.chips, ...scene.links].find((node) => node.key === key)
  }

  /** The picture as a file of its own, with its size in pixels. */
  file(palette: Palette): { readonly svg: string; readonly width: number; readonly height: number } {
    const scene = layoutTopology(this.#topology())
    return { svg: writeSvg(scene, { palette, isFile: true }), width: scene.width, height: scene.height }
  }

  /** A name for the file: `topology-gnswarm`. */
  get fileName(): string {
    const { networkKey } = this
    const name = networkKey === undefined ? undefined : findNetwork(this.#context.fleet.fleet, networkKey)?.name
    return name === undefined ? 'topology' : `topology-${name.replace(/[^\w.-]+/g, '_')}`
  }

  #topology() {
    const { networkKey } = this
    return buildTopology({ ...this.#now(), ...(networkKey !== undefined && { networkKey }) })
  }

  /** The last tests of the networks that are shown. */
  #matrices(): string {
    const { translate } = this.#context
    const { fleet, latest } = this.#now()
    const words = { passes: translate('passes'), fails: translate('fails'), notTested: translate('not tested') }
    return fleet.networks
      .filter(({ key }) => this.networkKey === undefined || key === this.networkKey)
      .map(({ key, name }) => {
        const run = latest(key)
        if (run === undefined) return ''
        const caption = translate('Last test of {0}: rows ask, columns answer', name)
        return writeMatrix(run, { caption, ...words }, (pair) => cellData(pair, key))
      })
      .join('')
  }

  #now() {
    const { fleet, results } = this.#context
    return { fleet: fleet.fleet, latest: (key: string) => results.latest(key) }
  }

  #texts(): TableTexts {
    const { translate } = this.#context
    return {
      host: translate('Host'),
      network: translate('Network'),
      containers: translate('Containers'),
      lastTest: translate('Last test'),
      link: translate('Link'),
      hostsAndNetworks: translate('Hosts and networks'),
      links: translate('Links between hosts'),
    }
  }
}
