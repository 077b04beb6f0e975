import type { ContainerState } from '../../core/model/container'
import type { HostState } from '../../core/model/host'

/**
 * What a tree node stands for: enough for a command to find it in the newest fleet, never a copy of its state.
 * Every action is bound to the host in it.
 */
export type NodeSubject =
  | { readonly kind: 'host'; readonly hostId: string }
  | { readonly kind: 'container'; readonly hostId: string; readonly containerId: string; readonly networkKey?: string }
  | { readonly kind: 'network'; readonly networkKey: string; readonly hostId?: string }
  | { readonly kind: 'service'; readonly serviceId: string }
  | { readonly kind: 'task'; readonly serviceId: string; readonly taskId: string }
  | { readonly kind: 'test-result'; readonly networkKey: string }
  | { readonly kind: 'finding'; readonly networkKey: string; readonly cause: string; readonly index: number }
  /** Two containers of a test, and the way from one to the other. */
  | {
      readonly kind: 'pair'
      readonly networkKey: string
      readonly from: { readonly hostId: string; readonly containerId: string }
      readonly to: { readonly hostId: string; readonly containerId: string }
    }
  | { readonly kind: 'host-finding'; readonly hostId: string; readonly cause: string }
  /** What an examination found; `index` in its findings. */
  | { readonly kind: 'host-diagnosis'; readonly hostId: string; readonly cause: string; readonly index: number }
  /** A line of a contract: the address of its file, and what it says. */
  | { readonly kind: 'contract-line'; readonly address: string; readonly title: string }
  | { readonly kind: 'group'; readonly hostId: string; readonly group: 'containers' | 'networks' }
  | { readonly kind: 'message' }

/** One node of a view, as plain data. */
export interface TreeNode {
  /** Unique in its view and stable over refreshes, so that expansion and selection survive. */
  readonly id: string
  readonly subject: NodeSubject
  readonly label: string
  readonly description: string
  /** Markdown; text from engines is escaped already. */
  readonly tooltip: string
  /** What a screen reader says instead of the tooltip. */
  readonly accessibleText: string
  /** A codicon's name and, where it carries a state, a theme colour. */
  readonly icon: { readonly name: string; readonly color?: string }
  readonly collapse: 'none' | 'collapsed' | 'expanded'
  /** Words separated by blanks that the menus' when clauses match, for instance `container running`. */
  readonly context: string
}

export type ViewId = 'hosts' | 'networks' | 'services' | 'findings'

/** The words of `TreeNode.context`; package.json's when clauses use these and no others. */
export type ContextWord =
  | 'host'
  | 'container'
  | 'network'
  | 'service'
  | 'task'
  /** A container that the swarm runs for a service. */
  | 'task-of-service'
  | 'overlay'
  | 'local'
  | 'predefined'
  | 'takes-containers'
  | 'testable'
  | 'test-result'
  | 'finding'
  | 'host-finding'
  /** What an examination found. */
  | 'host-diagnosis'
  /** A line of a contract that does not hold. */
  | 'contract-line'
  /** It has an address that can be copied. */
  | 'addressed'
  /** Something that the last test found is about it, and can be fixed or is told how. */
  | 'fixable'
  /** A network with a test result. */
  | 'tested'
  /** A host's role in its swarm. */
  | 'manager'
  | 'worker'
  /** A host that can be asked to make an overlay network. */
  | 'makes-networks'
  /** A swarm node that takes nothing new: drained or paused. */
  | 'inactive-node'
  /** A service or task that waits for a node that takes nothing new. */
  | 'waits-for-node'
  /** A host that was examined. */
  | 'examined'
  /** A host with a way in over SSH. */
  | 'ssh'
  | `state-${HostState | ContainerState}`
  | `source-${string}`
  | `fix-${string}`
  | `cause-${string}`
