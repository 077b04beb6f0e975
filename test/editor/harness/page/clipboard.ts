import type { Page } from 'playwright-core'
import { until } from '../until'

/** The browser's clipboard, which the editor's commands write to. */
export class Clipboard {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  async read(): Promise<string> {
    return await this.#page.evaluate<string>('navigator.clipboard.readText()')
  }

  /** Empties the clipboard, does something that copies, and gives what was copied. */
  async copiedBy(action: () => Promise<void>): Promise<string> {
    await this.#page.evaluate(`navigator.clipboard.writeText('')`)
    await action()
    return await until('something to be copied', async () => (await this.read()) || undefined)
  }
}
