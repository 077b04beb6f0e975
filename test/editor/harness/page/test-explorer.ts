import type { Locator, Page } from 'playwright-core'
import { until } from '../until'
import { chooseFromMenu } from './context-menu'

/** The editor's own view of tests, and the panel with their results. */
export class TestExplorer {
  readonly #page: Page
  readonly #rows: Locator

  constructor(page: Page) {
    this.#page = page
    this.#rows = page.locator('.test-explorer .monaco-list-row')
  }

  /** Waits for a row with this text, in any depth that is open. */
  async waitFor(text: string | RegExp): Promise<void> {
    await this.#row(text).waitFor({ timeout: 20_000 })
  }

  /** Opens a row, so that what is below it shows. */
  async expand(text: string | RegExp): Promise<void> {
    await until(`the row ${String(text)} to be open`, async () => {
      const row = this.#row(text)
      if ((await row.getAttribute('aria-expanded')) === 'true') return true
      await row.locator('.monaco-tl-twistie').click({ timeout: 1_000 })
      return (await row.getAttribute('aria-expanded')) === 'true'
    })
  }

  /** Waits until a row's test has this state, as its icon and its label for screen readers say. */
  async waitForState(text: string | RegExp, state: 'Passed' | 'Failed' | 'Errored' | 'Skipped'): Promise<void> {
    await until(
      `${String(text)} to be ${state}`,
      async () => (await this.#row(text).getAttribute('aria-label'))?.includes(`(${state})`) === true,
      { timeout: 60_000 },
    )
  }

  /** The text of the first failure in the panel of results. */
  async failureMessage(text: string | RegExp): Promise<string> {
    const entry = this.#page.locator('.test-output-peek-tree .monaco-list-row', { hasText: text }).first()
    await entry.click({ timeout: 20_000 })
    const message = this.#page.locator('.test-output-peek-message-container')
    await message.getByText(text).first().waitFor({ timeout: 10_000 })
    return message.innerText()
  }

  /** Chooses from the menu of the first failure in the panel of results. */
  async chooseFromFailure(text: string | RegExp, title: string): Promise<void> {
    const entry = this.#page.locator('.test-output-peek-tree .monaco-list-row', { hasText: text }).first()
    await chooseFromMenu(this.#page, title, () => entry.click({ button: 'right', timeout: 20_000 }))
  }

  #row(text: string | RegExp): Locator {
    return this.#rows.filter({ hasText: text }).first()
  }
}
