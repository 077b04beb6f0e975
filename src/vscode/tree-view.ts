import { EventEmitter, window, type Disposable, type TreeDataProvider, type TreeItem, type TreeView } from 'vscode'
import { RenderedTree, type TreeContent } from '../app/tree/rendered-tree'
import type { NodeSubject, ViewId } from '../app/tree/tree-node'
import { treeItem } from './tree-item'

/** What the editor calls an element is `<view>:<node id>`: a string, so that it stays equal over refreshes. */
type Element = string

/** One view of the activity bar's container, drawn from plain nodes. */
export class FleetTreeView implements TreeDataProvider<Element>, Disposable {
  readonly id: ViewId
  readonly #prefix: string
  readonly #tree: RenderedTree
  readonly #redraw = new EventEmitter<Element[] | undefined>()
  readonly #view: TreeView<Element>

  readonly #looked = new EventEmitter<void>()
  /** Elements that somebody expanded, and that are not collapsed since. */
  readonly #expanded = new Set<Element>()
  #wasSeen = false

  readonly onDidChangeTreeData = this.#redraw.event
  /** Something else of the view is seen now than before: it was shown or hidden, or a row was opened or closed. */
  readonly onDidChangeLook = this.#looked.event

  constructor(id: ViewId, content: TreeContent) {
    this.id = id
    this.#prefix = `${id}:`
    this.#tree = new RenderedTree(content)
    this.#view = window.createTreeView(`swarmNetworks.${id}`, {
      treeDataProvider: this,
      showCollapseAll: true,
      canSelectMany: true,
    })
    this.#view.onDidChangeVisibility(() => this.#looked.fire())
    this.#view.onDidExpandElement(({ element }) => {
      this.#expanded.add(element)
      this.#looked.fire()
    })
    this.#view.onDidCollapseElement(({ element }) => {
      this.#expanded.delete(element)
      this.#looked.fire()
    })
  }

  /** Whether somebody has ever seen it. */
  get wasSeen(): boolean {
    return this.#wasSeen || this.#view.visible
  }

  get isVisible(): boolean {
    return this.#view.visible
  }

  /** Whether somebody sees what is below one of its rows. */
  get isOpened(): boolean {
    return this.#view.visible && this.#expanded.size > 0
  }

  /** A number on the view, and on the icon of its container; none for 0. */
  setBadge(value: number, tooltip: string): void {
    if ((this.#view.badge?.value ?? 0) !== value) this.#view.badge = value === 0 ? undefined : { value, tooltip }
  }

  /** Draws again what looks different now. */
  update(): void {
    const redraw = this.#tree.update()
    if (redraw === 'all') this.#redraw.fire(undefined)
    else if (redraw.length > 0) this.#redraw.fire(redraw.map((id) => this.#prefix + id))
  }

  /** The subject of an element of this view; `undefined` for another view's, and for one that is gone. */
  subjectOf(element: Element): NodeSubject | undefined {
    return element.startsWith(this.#prefix) ? this.#tree.node(this.#idOf(element))?.subject : undefined
  }

  /**
   * Shows and selects a row, whatever is collapsed above it; nothing where it is gone.
   *
   * @param ids from the root down to the row
   */
  async reveal(ids: readonly string[]): Promise<void> {
    // The editor asks for a row before it asks for what is above it: what nobody has opened yet is made known first.
    ids.forEach((id, depth) => {
      if (this.#tree.node(id) === undefined) this.#tree.open(ids[depth - 1])
    })
    const id = ids.at(-1) ?? ''
    if (this.#tree.node(id) === undefined) return
    await this.#view.reveal(this.#prefix + id, { select: true, focus: false, expand: true })
  }

  getParent(element: Element): Element | undefined {
    const parent = this.#tree.parentOf(this.#idOf(element))
    return parent === undefined ? undefined : this.#prefix + parent
  }

  getTreeItem(element: Element): TreeItem {
    const node = this.#tree.node(this.#idOf(element))
    if (node === undefined) throw new Error(`${element} is no longer in the tree`)
    return treeItem(node, element)
  }

  getChildren(element?: Element): Element[] {
    // The editor asks for rows only to show them. Where showing them activated us, nothing else says that they are seen.
    if (!this.#wasSeen) {
      this.#wasSeen = true
      this.#looked.fire()
    }
    return this.#tree.open(element === undefined ? undefined : this.#idOf(element)).map((id) => this.#prefix + id)
  }

  dispose(): void {
    this.#view.dispose()
    this.#redraw.dispose()
    this.#looked.dispose()
  }

  #idOf(element: Element): string {
    return element.slice(this.#prefix.length)
  }
}
