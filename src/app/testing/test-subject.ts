import type { NodeSubject } from '../tree/tree-node'

/** One end of a pair, as the fleet knows it. */
export interface PeerRef {
  readonly hostId: string
  readonly containerId: string
}

/** An end of a pair without all else that is known of it. */
export function peerRef({ hostId, containerId }: PeerRef): PeerRef {
  return { hostId, containerId }
}

/** What an item of the Testing view stands for: all pairs of a network, those from one container, or one pair. */
export type TestSubject =
  | { readonly kind: 'network'; readonly networkKey: string }
  | { readonly kind: 'source'; readonly networkKey: string; readonly from: PeerRef }
  | { readonly kind: 'pair'; readonly networkKey: string; readonly from: PeerRef; readonly to: PeerRef }

/** An end of a pair as the id of its item among its siblings. */
export function peerId({ hostId, containerId }: PeerRef): string {
  return `${hostId} ${containerId}`
}

/** The ids on the way from the root to the subject's item. */
export function pathOf(subject: TestSubject): readonly string[] {
  switch (subject.kind) {
    case 'network':
      return [subject.networkKey]
    case 'source':
      return [subject.networkKey, peerId(subject.from)]
    case 'pair':
      return [subject.networkKey, peerId(subject.from), peerId(subject.to)]
  }
}

/** The same as the trees' commands take it. Those from one container are its container's. */
export function nodeSubject(subject: TestSubject): NodeSubject {
  const { networkKey } = subject
  switch (subject.kind) {
    case 'network':
      return { kind: 'network', networkKey }
    case 'source':
      return { kind: 'container', networkKey, ...subject.from }
    case 'pair':
      return { kind: 'pair', networkKey, from: subject.from, to: subject.to }
  }
}
