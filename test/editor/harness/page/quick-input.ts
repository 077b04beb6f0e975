import type { Locator, Page } from 'playwright-core'
import { until, type UntilOptions } from '../until'
import type { PageElement } from './dom'

export interface QuickItem {
  readonly label: string
  readonly description: string
  readonly detail: string
}

/** The box at the top of the window in which commands ask: an input, or a list to pick from. */
export class QuickInput {
  readonly #page: Page
  readonly #widget: Locator

  constructor(page: Page) {
    this.#page = page
    this.#widget = page.locator('.quick-input-widget')
  }

  /** Waits until it is open, with this text in its title (the step is part of it, as in `Create Network (2/5)`). */
  async waitFor(title?: string | RegExp, options?: UntilOptions): Promise<void> {
    const timeout = options?.timeout
    const deadline = timeout === undefined ? {} : { timeout }
    await this.#input.waitFor(deadline)
    if (title !== undefined) await this.#widget.locator('.quick-input-title', { hasText: title }).waitFor(deadline)
  }

  async isOpen(): Promise<boolean> {
    return await this.#widget.isVisible()
  }

  async waitUntilClosed(): Promise<void> {
    await this.#widget.waitFor({ state: 'hidden' })
  }

  async title(): Promise<string> {
    return (await this.#widget.locator('.quick-input-title').innerText()).trim()
  }

  /** What stands under the input: the prompt, or why the value is not accepted. */
  async message(): Promise<string> {
    return (await this.#widget.locator('.quick-input-message').innerText()).trim()
  }

  async waitForMessage(text: string | RegExp): Promise<void> {
    await this.#widget.locator('.quick-input-message', { hasText: text }).waitFor()
  }

  async placeholder(): Promise<string> {
    return (await this.#input.getAttribute('placeholder')) ?? ''
  }

  async value(): Promise<string> {
    return await this.#input.inputValue()
  }

  /** Replaces what is in the input. */
  async fill(text: string): Promise<void> {
    await this.#input.fill(text)
  }

  /** Presses Enter. */
  async accept(): Promise<void> {
    await this.#input.press('Enter')
  }

  /** Fills the input and presses Enter: one step of a form. */
  async enter(text: string): Promise<void> {
    await this.fill(text)
    await this.accept()
  }

  async dismiss(): Promise<void> {
    await this.#input.press('Escape')
    await this.waitUntilClosed()
  }

  /** Presses a button in the title, for instance `Back`, or below the list, for instance `OK`. */
  async press(button: string): Promise<void> {
    await this.#widget.getByRole('button', { name: button }).click()
  }

  /** The items that the list shows now. */
  async items(): Promise<readonly QuickItem[]> {
    return await this.#rows.evaluateAll((elements: PageElement[]) =>
      elements.map((row) => ({
        label: row.querySelector('.label-name')?.textContent ?? '',
        description: row.querySelector('.label-description')?.textContent ?? '',
        detail: row.querySelector('.quick-input-list-label-meta')?.textContent ?? '',
      })),
    )
  }

  /** Waits for the item with exactly this label and picks it. */
  async pick(label: string): Promise<void> {
    await (await this.#row(label)).click()
  }

  /** Makes exactly these items ticked in a list with boxes, and presses OK. */
  async pickMany(labels: readonly string[]): Promise<void> {
    for (const label of labels) await this.#row(label)
    for (const item of await this.items()) {
      const box = (await this.#row(item.label)).getByRole('checkbox')
      const isChecked = (await box.getAttribute('aria-checked')) === 'true'
      if (isChecked !== labels.includes(item.label)) await box.click()
    }
    await this.press('OK')
  }

  get #input(): Locator {
    return this.#widget.locator('.quick-input-box input:visible, .quick-input-filter input:visible').first()
  }

  get #rows(): Locator {
    return this.#widget.locator('.quick-input-list .monaco-list-row')
  }

  async #row(label: string): Promise<Locator> {
    const rows = this.#rows
    const index = await until(`the item "${label}"`, async () => {
      const position = (await this.items()).findIndex((item) => item.label === label)
      return position >= 0 && { position }
    })
    return rows.nth(index.position)
  }

  /** The page's keyboard goes to the box. */
  async pressKey(key: string): Promise<void> {
    await this.#page.keyboard.press(key)
  }
}
