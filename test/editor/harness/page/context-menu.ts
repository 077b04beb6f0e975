import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { until } from '../until'

/** The titles of the open context menu, without what is only for other rows, in order. */
export async function readMenu(page: Page): Promise<readonly string[]> {
  const items = page.getByRole('menuitem')
  await items.first().waitFor()
  return (await items.locator('.action-label').allTextContents()).map((title) => title.trim()).filter((t) => t !== '')
}

/** A menu that has just opened takes no click for a moment. */
const deafMs = 200

/**
 * Presses an item of the context menu that `open` opens. A menu that loses the focus, to a document that finishes loading
 * for instance, closes by itself: it is opened again. One that closes after the press was taken, however late.
 */
export async function chooseFromMenu(page: Page, title: string, open: () => Promise<void>): Promise<void> {
  const item = page.getByRole('menuitem', { name: title, exact: true })
  let isPressed = false
  await until(
    `the menu item "${title}" to be taken`,
    async () => {
      if (!(await item.isVisible())) {
        if (isPressed) return true
        await open()
        await item.hover({ timeout: 2000 })
        await sleep(deafMs)
      }
      await item.click({ timeout: 2000 })
      isPressed = true
      await item.waitFor({ state: 'hidden', timeout: 500 })
      return true
    },
    { timeout: 20_000 },
  )
}
