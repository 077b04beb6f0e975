import type { TestController, TestItem, TestItemCollection } from 'vscode'
import type { FleetAccess } from '../../app/fleet-access'
import { findNetwork } from '../../app/fleet-lookup'
import { pathOf, type TestSubject } from '../../app/testing/test-subject'
import { childTests, membersKey, networkTests, type TestNode } from '../../app/testing/test-tree'

/** The items of the Testing view: networks always, sources and pairs once somebody opens or tests them. */
export class TestItems {
  readonly #controller: TestController
  readonly #fleet: FleetAccess
  readonly #subjects = new WeakMap<TestItem, TestSubject>()
  /** Items whose children are there. */
  readonly #opened = new WeakSet<TestItem>()
  /** What the children of each network were last made from. */
  readonly #madeFrom = new Map<string, string>()

  constructor(controller: TestController, fleet: FleetAccess) {
    this.#controller = controller
    this.#fleet = fleet
  }

  subjectOf(item: TestItem): TestSubject | undefined {
    return this.#subjects.get(item)
  }

  /** Brings what is there in line with the fleet; below a network only where its members are others. */
  update(): void {
    const { items } = this.#controller
    this.#sync(items, networkTests(this.#fleet.fleet))
    for (const [key] of this.#madeFrom) if (items.get(key) === undefined) this.#madeFrom.delete(key)
    for (const [key, item] of items) {
      const network = findNetwork(this.#fleet.fleet, key)
      if (network === undefined || !this.#opened.has(item)) continue
      const madeFrom = membersKey(network)
      if (this.#madeFrom.get(key) === madeFrom) continue
      this.#madeFrom.set(key, madeFrom)
      this.open(item)
      for (const [, source] of item.children) if (this.#opened.has(source)) this.open(source)
    }
  }

  /** Makes an item's children. */
  open(item: TestItem): void {
    const subject = this.#subjects.get(item)
    if (subject === undefined) return
    this.#opened.add(item)
    const network = findNetwork(this.#fleet.fleet, subject.networkKey)
    if (network !== undefined && subject.kind === 'network') this.#madeFrom.set(subject.networkKey, membersKey(network))
    this.#sync(item.children, childTests(this.#fleet.fleet, subject))
  }

  /** The item of a subject, made where nobody has opened the one above; `undefined` once it is gone. */
  find(subject: TestSubject): TestItem | undefined {
    const [first = '', ...rest] = pathOf(subject)
    let item = this.#controller.items.get(first)
    for (const id of rest) {
      if (item !== undefined && !this.#opened.has(item)) this.open(item)
      item = item?.children.get(id)
    }
    return item
  }

  #sync(collection: TestItemCollection, nodes: readonly TestNode[]): void {
    const wanted = new Set(nodes.map(({ id }) => id))
    for (const [id] of collection) if (!wanted.has(id)) collection.delete(id)
    nodes.forEach((node, index) => {
      const known = collection.get(node.id)
      const item = known ?? this.#make(node)
      // Only what differs is sent to the window.
      if (item.label !== node.label) item.label = node.label
      if (item.description !== node.description) item.description = node.description
      const place = String(index).padStart(6, '0')
      if (item.sortText !== place) item.sortText = place
      if (known === undefined) collection.add(item)
    })
  }

  #make({ id, label, subject, hasChildren }: TestNode): TestItem {
    const item = this.#controller.createTestItem(id, label)
    item.canResolveChildren = hasChildren
    this.#subjects.set(item, subject)
    return item
  }
}
