import type { Locator, Page } from 'playwright-core'

/** The question in the middle of the window that must be answered before anything else. */
export class ModalDialog {
  readonly #box: Locator

  constructor(page: Page) {
    this.#box = page.locator('.monaco-dialog-box')
  }

  /** Waits for a dialog with this text and gives all of its text: message and detail. */
  async waitFor(text: string | RegExp): Promise<string> {
    await this.#box.filter({ hasText: text }).waitFor()
    return (await this.#box.locator('.dialog-message-container').innerText()).trim()
  }

  /** The titles of its buttons. */
  async buttons(): Promise<readonly string[]> {
    const row = this.#box.locator('.dialog-buttons-row').getByRole('button')
    return (await row.allTextContents()).map((title) => title.trim()).filter((title) => title !== '')
  }

  async press(button: string | RegExp): Promise<void> {
    await this.#box.getByRole('button', { name: button, exact: true }).click()
    await this.#box.waitFor({ state: 'hidden' })
  }
}
