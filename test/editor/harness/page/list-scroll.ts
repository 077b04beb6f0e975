import type { Locator } from 'playwright-core'
import { until } from '../until'

/** Scrolls a list that renders only the rows on the screen. The mouse stays where it is. */
export class ListScroll {
  readonly #list: Locator

  constructor(list: Locator) {
    this.#list = list
  }

  /** Where the list is and how far it goes, in pixels; `end` is 0 where everything fits. */
  async state(): Promise<{ readonly top: number; readonly end: number; readonly height: number }> {
    const [rows, view] = await Promise.all([
      this.#list.locator('.monaco-list-rows').boundingBox({ timeout: 2000 }),
      this.#list.boundingBox({ timeout: 2000 }),
    ])
    if (rows === null || view === null) return { top: 0, end: 0, height: 0 }
    return { top: view.y - rows.y, end: Math.max(0, rows.height - view.height), height: view.height }
  }

  async toTop(): Promise<void> {
    await until('the list to be at its top', async () => {
      const { top } = await this.state()
      if (top < 1) return true
      await this.#wheel(-top)
      return (await this.state()).top < 1
    })
  }

  /** Goes on by a little less than a page; `false` where the end is reached already. */
  async pageDown(): Promise<boolean> {
    const before = await this.state()
    if (before.top >= before.end - 1) return false
    await this.#wheel(before.height * 0.8)
    await until('the list to scroll', async () => (await this.state()).top > before.top)
    return true
  }

  /** The workbench scrolls by 50 pixels for each notch of the wheel, and a notch counts 120. */
  async #wheel(pixels: number): Promise<void> {
    const wheelDeltaY = -(pixels / 50) * 120
    await this.#list
      .locator('.monaco-list-rows')
      .dispatchEvent('wheel', { deltaY: -wheelDeltaY, wheelDeltaY, bubbles: true, cancelable: true })
  }
}
