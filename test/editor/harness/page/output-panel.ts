import type { Page } from 'playwright-core'
import { until, type UntilOptions } from '../until'

/** The output channel that the panel shows. */
export class OutputPanel {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  /** The visible lines. */
  async text(): Promise<string> {
    const lines = this.#page.locator('.output-view .view-lines')
    return (await lines.innerText({ timeout: 2000 })).replaceAll('\u00a0', ' ')
  }

  async waitForText(text: string | RegExp, options?: UntilOptions): Promise<string> {
    return await until(
      `${String(text)} in the output`,
      async () => {
        const shown = await this.text()
        return (typeof text === 'string' ? shown.includes(text) : text.test(shown)) && shown
      },
      options,
    )
  }
}
