import type { Page } from 'playwright-core'
import { until } from '../until'

/** The column of icons that choose what the side bar shows. */
export class ActivityBar {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  /** Shows the view container with this title in the side bar; does nothing where it is shown already. */
  async open(title: string): Promise<void> {
    const tab = this.#page.locator('.part.activitybar').getByRole('tab', { name: title })
    await tab.waitFor({ timeout: 30_000 })
    await until(`the view container "${title}"`, async () => {
      if ((await tab.getAttribute('aria-expanded')) === 'true') return true
      // Not the icon: a badge may cover it.
      await tab.click()
      return (await tab.getAttribute('aria-expanded')) === 'true'
    })
  }

  /** The titles of all view containers. */
  async titles(): Promise<readonly string[]> {
    const tabs = await this.#page.locator('.part.activitybar').getByRole('tab').all()
    return await Promise.all(tabs.map(async (tab) => (await tab.locator('a').getAttribute('aria-label')) ?? ''))
  }
}
