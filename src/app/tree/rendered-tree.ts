import type { TreeNode } from './tree-node'

/** The nodes of one view, computed from the newest state whenever it is asked. */
export interface TreeContent {
  roots(): readonly TreeNode[]
  children(node: TreeNode): readonly TreeNode[]
}

/** What has to be drawn again: the whole view, or nodes by id, each with what is below it. */
export type Redraw = 'all' | readonly string[]

/**
 * Remembers what a view has shown, so that a change redraws only the nodes that look different now. A fleet of a
 * hundred hosts changes somewhere all the time; a container's start must not make the editor fetch every open node.
 */
export class RenderedTree {
  readonly #content: TreeContent
  readonly #nodes = new Map<string, TreeNode>()
  /** The children of each node that was opened; the roots are under `undefined`. */
  readonly #children = new Map<string | undefined, readonly string[]>()
  /** Nodes whose redraw was asked for and whose children the editor has not fetched since: it does when they are seen. */
  readonly #stale = new Set<string | undefined>()

  constructor(content: TreeContent) {
    this.#content = content
  }

  node(id: string): TreeNode | undefined {
    return this.#nodes.get(id)
  }

  /** The id of the node that this one was shown below; `undefined` for a root, and for what was never shown. */
  parentOf(id: string): string | undefined {
    for (const [parent, children] of this.#children) if (children.includes(id)) return parent
    return undefined
  }

  /** Computes and remembers the children of a node, of the view itself where no id is given. */
  open(id?: string): readonly string[] {
    const children = this.#compute(id)
    this.#forgetBelow(id)
    for (const child of children) this.#nodes.set(child.id, child)
    const ids = children.map((child) => child.id)
    this.#children.set(id, ids)
    this.#stale.delete(id)
    return ids
  }

  /** Compares everything that was shown with the newest state. */
  update(): Redraw {
    if (!this.#children.has(undefined)) return []
    const changed: string[] = []
    return this.#compare(undefined, changed) ? changed : 'all'
  }

  /** @returns whether the list below `id` still holds the same nodes; those that look different go to `changed`. */
  #compare(id: string | undefined, changed: string[]): boolean {
    const shown = this.#children.get(id)
    if (shown === undefined || this.#stale.has(id)) return true
    const fresh = this.#compute(id)
    if (shown.length !== fresh.length || fresh.some((node, index) => node.id !== shown[index])) {
      this.#stale.add(id)
      return false
    }
    for (const node of fresh) {
      const isSame = looksLike(node, this.#nodes.get(node.id))
      this.#nodes.set(node.id, node)
      if (!isSame || !this.#compare(node.id, changed)) changed.push(node.id)
    }
    return true
  }

  #compute(id: string | undefined): readonly TreeNode[] {
    if (id === undefined) return this.#content.roots()
    const node = this.#nodes.get(id)
    return node === undefined ? [] : this.#content.children(node)
  }

  #forgetBelow(id: string | undefined): void {
    for (const child of this.#children.get(id) ?? []) {
      this.#forgetBelow(child)
      this.#nodes.delete(child)
    }
    this.#children.delete(id)
    this.#stale.delete(id)
  }
}

function looksLike(node: TreeNode, shown: TreeNode | undefined): boolean {
  return (
    node.label === shown?.label &&
    node.description === shown.description &&
    node.tooltip === shown.tooltip &&
    node.accessibleText === shown.accessibleText &&
    node.icon.name === shown.icon.name &&
    node.icon.color === shown.icon.color &&
    node.collapse === shown.collapse &&
    node.context === shown.context
  )
}
