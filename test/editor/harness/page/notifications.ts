import type { Locator, Page } from 'playwright-core'
import type { UntilOptions } from '../until'

/** The messages in the lower right corner, progress included. */
export class Notifications {
  readonly #toasts: Locator

  constructor(page: Page) {
    this.#toasts = page.locator('.notifications-toasts .notification-list-item')
  }

  /** The texts of the messages that are shown now, newest first. */
  async texts(): Promise<readonly string[]> {
    return (await this.#toasts.locator('.notification-list-item-message').allTextContents()).map((text) => text.trim())
  }

  /** Waits for a message with this text and gives the whole of it. */
  async waitFor(text: string | RegExp, options?: UntilOptions): Promise<string> {
    const toast = this.#toast(text)
    await toast.waitFor({ timeout: options?.timeout ?? 10_000 })
    return (await toast.locator('.notification-list-item-message').innerText()).trim()
  }

  async waitUntilGone(text: string | RegExp, options?: UntilOptions): Promise<void> {
    await this.#toast(text).waitFor({ state: 'hidden', timeout: options?.timeout ?? 10_000 })
  }

  /** Waits for a message and presses one of its buttons (`Cancel` for progress). */
  async press(text: string | RegExp, button: string): Promise<void> {
    const toast = this.#toast(text)
    await toast.hover()
    await toast.getByRole('button', { name: button }).click()
  }

  #toast(text: string | RegExp): Locator {
    return this.#toasts.filter({ hasText: text }).first()
  }
}
