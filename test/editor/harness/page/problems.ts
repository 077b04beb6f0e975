import type { Locator, Page } from 'playwright-core'
import { CommandPalette } from './command-palette'

/** The panel with what is wrong in files. */
export class Problems {
  readonly #page: Page
  readonly #rows: Locator

  constructor(page: Page) {
    this.#page = page
    this.#rows = page.locator('.markers-panel .monaco-list-row')
  }

  /** Shows the panel. */
  async open(): Promise<void> {
    if (await this.#page.locator('.markers-panel').isVisible()) return
    await new CommandPalette(this.#page).run('Problems: Focus on Problems View')
  }

  /** Waits for a problem with this text, and gives its row's whole text: message, source, code and place. */
  async waitFor(text: string | RegExp, timeout = 20_000): Promise<string> {
    await this.open()
    const row = this.#row(text)
    await row.waitFor({ timeout })
    return (await row.innerText()).replaceAll('\u00a0', ' ')
  }

  async waitUntilGone(text: string | RegExp, timeout = 20_000): Promise<void> {
    await this.open()
    await this.#row(text).waitFor({ state: 'hidden', timeout })
  }

  /** Shows a problem's place in its file. */
  async reveal(text: string | RegExp): Promise<void> {
    await this.#row(text).dblclick()
  }

  #row(text: string | RegExp): Locator {
    return this.#rows.filter({ hasText: text }).first()
  }
}
