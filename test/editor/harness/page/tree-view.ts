import type { Locator, Page } from 'playwright-core'
import { until, type UntilOptions } from '../until'
import { chooseFromMenu, readMenu } from './context-menu'
import { readHover } from './hover'
import { ListScroll } from './list-scroll'
import { findRow, readRows, type TreePath, type TreeRow } from './tree-rows'

export interface RowCondition extends UntilOptions {
  /** What must be true of the row besides being there. */
  readonly where?: (row: TreeRow) => boolean
}

/** A tree view in the side bar. Rows are named by their labels from the root down. */
export class TreeView {
  readonly #page: Page
  readonly #title: string

  constructor(page: Page, title: string) {
    this.#page = page
    this.#title = title
  }

  /** All rows whose parents are expanded, also those outside the visible part. */
  async rows(): Promise<readonly TreeRow[]> {
    const rows = new Map<number, TreeRow>()
    await this.#scrollThrough((rendered) => {
      for (const row of rendered) rows.set(row.index, row)
      return false
    })
    return [...rows.values()].sort((a, b) => a.index - b.index)
  }

  /** Waits until there is a row at this path (that meets the condition), and gives it as it was then. */
  async waitFor(path: TreePath, condition: RowCondition = {}): Promise<TreeRow> {
    const { where = () => true, ...deadline } = condition
    let last: TreeRow | undefined
    try {
      return await until(
        'the row',
        async () => {
          last = await this.#find(path)
          return last !== undefined && where(last) && last
        },
        deadline,
      )
    } catch (cause) {
      const seen = last === undefined ? await this.#outline() : JSON.stringify(last)
      throw new Error(`No row ${path.join(' › ')} as wanted in the view "${this.#title}"; there is: ${seen}`, { cause })
    }
  }

  /** Waits until there is no row at this path. */
  async waitUntilGone(path: TreePath, options?: UntilOptions): Promise<void> {
    await until(
      `the row ${path.join(' › ')} to go`,
      async () => findRow(await this.rows(), path) === undefined,
      options,
    )
  }

  /** Expands every row on the way to this one and the row itself. */
  async expand(path: TreePath): Promise<void> {
    for (let depth = 1; depth <= path.length; depth++) await this.#toggle(path.slice(0, depth), true)
  }

  async collapse(path: TreePath): Promise<void> {
    await this.#toggle(path, false)
  }

  /** Selects the row, and runs its command where it has one. */
  async click(path: TreePath): Promise<void> {
    await this.#onRow(path, (row) => row.locator('.label-name').first().click({ timeout: 1000 }))
  }

  /** Selects these rows and no others; the menu of one of them is then about all. */
  async selectRows(first: TreePath, ...others: readonly TreePath[]): Promise<void> {
    await this.click(first)
    for (const path of others)
      await this.#onRow(path, (row) =>
        row
          .locator('.label-name')
          .first()
          .click({ modifiers: ['Control'], timeout: 1000 }),
      )
  }

  /** Presses the button with this title that the row shows under the mouse. */
  async pressInlineAction(path: TreePath, title: string): Promise<void> {
    await this.#onRow(path, async (row) => {
      await row.hover({ timeout: 1000 })
      await row.locator('.actions').getByRole('button', { name: title }).click({ timeout: 1000 })
    })
  }

  /** The titles in the row's context menu. */
  async menu(path: TreePath): Promise<readonly string[]> {
    await this.#openMenu(path)
    const titles = await readMenu(this.#page)
    await this.#page.keyboard.press('Escape')
    return titles
  }

  /** Runs the command with this title from the row's context menu. */
  async chooseFromMenu(path: TreePath, title: string): Promise<void> {
    await chooseFromMenu(this.#page, title, () => this.#openMenu(path))
  }

  /** The text of the row's tooltip. */
  async tooltip(path: TreePath): Promise<string> {
    await this.#onRow(path, (row) => row.locator('.label-name').first().hover({ timeout: 1000 }))
    return await readHover(this.#page)
  }

  /** Presses a button in the view's title bar. */
  async pressTitleAction(title: string): Promise<void> {
    await this.#pane.locator('.pane-header').hover()
    await this.#pane.locator('.pane-header').getByRole('button', { name: title }).click()
  }

  /** Waits for the text that the view shows while it is empty. */
  async waitForWelcome(text: string | RegExp): Promise<void> {
    await this.#pane.locator('.welcome-view-content').filter({ hasText: text }).waitFor()
  }

  /** Presses a button of the text that the view shows while it is empty. */
  async pressWelcomeButton(title: string): Promise<void> {
    await this.#pane.locator('.welcome-view-content').getByRole('button', { name: title }).click()
  }

  get #pane(): Locator {
    const title = this.#page.locator('.pane-header').getByText(this.#title, { exact: true })
    return this.#page.locator('.part.sidebar .pane', { has: title })
  }

  async #toggle(path: TreePath, isExpanded: boolean): Promise<void> {
    const row = await this.waitFor(path, { where: (candidate) => candidate.isExpanded !== undefined })
    if (row.isExpanded === isExpanded) return
    await this.#onRow(path, (locator) => locator.locator('.monaco-tl-twistie').click({ timeout: 1000 }))
    await this.waitFor(path, { where: (candidate) => candidate.isExpanded === isExpanded })
  }

  async #openMenu(path: TreePath): Promise<void> {
    await this.#onRow(path, (row) => row.locator('.label-name').first().click({ button: 'right', timeout: 1000 }))
  }

  /** Rows move while the tree changes: a try that met the wrong place is made again. */
  async #onRow(path: TreePath, act: (row: Locator) => Promise<void>): Promise<void> {
    await until(`the row ${path.join(' › ')} to take the mouse`, async () => {
      const row = await this.#find(path)
      if (row === undefined) throw new Error(`no such row; there is: ${await this.#outline()}`)
      const locator = this.#pane
        .locator(`.monaco-list-row[data-index="${row.index}"][aria-level="${row.level}"]`)
        .filter({ has: this.#page.locator('.label-name', { hasText: row.label }) })
      await act(locator)
      return true
    })
  }

  async #find(path: TreePath): Promise<TreeRow | undefined> {
    const seen = new Map<number, TreeRow>()
    let found: TreeRow | undefined
    await this.#scrollThrough((rendered) => {
      for (const row of rendered) seen.set(row.index, row)
      found = findRow(seen.values(), path)
      return found !== undefined
    })
    return found
  }

  /** Shows one part of the list after the other, from the top, until `look` has seen enough. */
  async #scrollThrough(look: (rendered: readonly TreeRow[]) => boolean): Promise<void> {
    const list = this.#pane.locator('.monaco-list').first()
    if (look(await readRows(list))) return
    const scroll = new ListScroll(list)
    if ((await scroll.state()).end === 0) return
    await scroll.toTop()
    do {
      if (look(await readRows(list))) return
    } while (await scroll.pageDown())
  }

  async #outline(): Promise<string> {
    const rows = await this.rows()
    return rows.map((row) => `${'  '.repeat(row.level - 1)}${row.label} ${row.description}`).join('\n') || 'nothing'
  }
}
