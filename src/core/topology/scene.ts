import type { LinkState } from './topology'

export interface Point {
  readonly x: number
  readonly y: number
}

export interface Box extends Point {
  readonly width: number
  readonly height: number
}

/** What can be focused and activated. */
export type SceneTarget =
  | { readonly kind: 'network'; readonly networkKey: string }
  | { readonly kind: 'host'; readonly hostId: string }
  | { readonly kind: 'container'; readonly hostId: string; readonly containerId: string; readonly networkKey: string }
  | { readonly kind: 'row'; readonly hostId: string; readonly networkKey: string }
  | { readonly kind: 'link'; readonly networkKey: string; readonly hostIds: readonly [string, string] }

/** One thing that is drawn and can be focused. */
export interface SceneNode {
  /** Unique and stable: a node that moves keeps it. */
  readonly key: string
  readonly target: SceneTarget
  /** Where the focus ring goes, and where arrow keys measure from. */
  readonly box: Box
  /** What a screen reader says. */
  readonly label: string
  readonly state: LinkState
}

export interface NetworkHead extends SceneNode {
  readonly name: string
  readonly detail: string
  readonly verdict: string
  /** The line down which the network's hosts hang. */
  readonly rail: { readonly x: number; readonly top: number; readonly bottom: number }
}

export interface HostHead extends SceneNode {
  readonly card: Box
  readonly name: string
  /** Behind the name: role, or why the host cannot be asked. */
  readonly detail: string
  readonly address: string
  readonly isReady: boolean
  /** What stands in a card without rows. */
  readonly empty?: { readonly at: Point; readonly text: string }
}

/** A host's place on a network: from the rail to the card. */
export interface RowHead {
  readonly key: string
  readonly hostId: string
  readonly networkKey: string
  readonly state: LinkState
  readonly name: string
  readonly at: Point
  readonly stub: { readonly from: Point; readonly to: Point }
}

export interface Chip extends SceneNode {
  readonly text: string
  readonly kind: 'member' | 'more'
  readonly isRunning: boolean
}

export interface LinkLine extends SceneNode {
  /** From right edge to right edge, around a lane. */
  readonly from: Point
  readonly to: Point
  readonly laneX: number
  /** Where on the lane its state is marked. */
  readonly markY: number
  /** `2/4`: pairs that fail, of all; empty where nothing fails. */
  readonly text: string
}

export interface LegendEntry {
  readonly state: LinkState
  readonly text: string
  readonly at: Point
}

/** Everything with its place, in pixels from the upper left corner. */
export interface Scene {
  readonly width: number
  readonly height: number
  /** What a screen reader says of the whole. */
  readonly label: string
  readonly networks: readonly NetworkHead[]
  readonly hosts: readonly HostHead[]
  readonly rows: readonly RowHead[]
  readonly chips: readonly Chip[]
  readonly links: readonly LinkLine[]
  readonly legend: readonly LegendEntry[]
  readonly notes: readonly { readonly at: Point; readonly text: string }[]
}
