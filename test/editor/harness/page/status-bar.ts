import type { Locator, Page } from 'playwright-core'

/** The line at the bottom of the window. An item is named as the workbench does: `publisher.extension.item`. */
export class StatusBar {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  async waitFor(id: string, text: string | RegExp): Promise<string> {
    await this.#item(id).filter({ hasText: text }).waitFor()
    return (await this.#item(id).innerText()).trim()
  }

  /** What a screen reader says of the item: its text and its tooltip. */
  async ariaLabel(id: string): Promise<string> {
    return (await this.#item(id).getAttribute('aria-label')) ?? ''
  }

  async click(id: string): Promise<void> {
    await this.#item(id).locator('a').click()
  }

  #item(id: string): Locator {
    return this.#page.locator(`.part.statusbar [id="${id}"]`)
  }
}
