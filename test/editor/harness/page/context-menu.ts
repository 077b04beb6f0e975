import type { Page } from 'playwright-core'
import { until } from '../until'

/** The titles of the open context menu, without what is only for other rows, in order. */
export async function readMenu(page: Page): Promise<readonly string[]> {
  const items = page.getByRole('menuitem')
  await items.first().waitFor()
  return (await items.locator('.action-label').allTextContents()).map((title) => title.trim()).filter((t) => t !== '')
}

/**
 * Presses an item of the context menu that `open` opens. A menu that has just opened takes no click for a moment, and one
 * that loses the focus, to a document that finishes loading for instance, closes by itself: it is opened again.
 */
export async function chooseFromMenu(page: Page, title: string, open: () => Promise<void>): Promise<void> {
  const item = page.getByRole('menuitem', { name: title, exact: true })
  await until(
    `the menu item "${title}" to be taken`,
    async () => {
      if (!(await item.isVisible())) await open()
      await item.click({ timeout: 2000 })
      await item.waitFor({ state: 'hidden', timeout: 500 })
      return true
    },
    { timeout: 20_000 },
  )
}
