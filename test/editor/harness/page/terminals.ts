import type { Locator, Page } from 'playwright-core'
import { until, type UntilOptions } from '../until'

/** The terminals of the panel. Reading and typing are about the one that is shown. */
export class Terminals {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  /** The titles of all terminals, in the order of their tabs. */
  async titles(): Promise<readonly string[]> {
    return (await this.#tabs.locator('.label-name').allTextContents()).map((title) => title.trim())
  }

  /** Waits for a terminal whose title has this text. */
  async waitForTitle(title: string | RegExp, options?: UntilOptions): Promise<void> {
    await this.#tab(title).waitFor({ timeout: options?.timeout ?? 10_000 })
  }

  async waitUntilClosed(title: string | RegExp): Promise<void> {
    await this.#tab(title).waitFor({ state: 'hidden' })
  }

  /** Shows the terminal whose title has this text. */
  async select(title: string | RegExp): Promise<void> {
    await this.#tab(title).click()
  }

  /** Closes a terminal with the bin in its tab, as a person does. */
  async close(title: string | RegExp): Promise<void> {
    await this.#tab(title).hover()
    await this.#tab(title).locator('.codicon-trashcan, .codicon-trash').click()
    await this.waitUntilClosed(title)
  }

  /** The visible lines, without trailing blanks. */
  async text(): Promise<string> {
    const rows = await this.#active.locator('.xterm-rows > div').allTextContents()
    return rows.map((row) => row.replaceAll('\u00a0', ' ').trimEnd()).join('\n').trimEnd() // prettier-ignore
  }

  /** Waits until the visible lines have this text, and gives them. */
  async waitForText(text: string | RegExp, options?: UntilOptions): Promise<string> {
    let last = ''
    try {
      return await until(
        'the text',
        async () => {
          last = await this.text()
          return (typeof text === 'string' ? last.includes(text) : text.test(last)) && last
        },
        options,
      )
    } catch (cause) {
      throw new Error(`The terminal does not show ${String(text)}; it shows:\n${last}`, { cause })
    }
  }

  /** Types into the terminal; `\n` is Enter. */
  async type(text: string): Promise<void> {
    await this.#focus()
    await this.#page.keyboard.type(text)
  }

  /** Presses one key, for instance `Control+c`. */
  async press(key: string): Promise<void> {
    await this.#focus()
    await this.#page.keyboard.press(key)
  }

  get #active(): Locator {
    return this.#page.locator('.terminal-wrapper.active')
  }

  get #tabs(): Locator {
    return this.#page.locator('.terminal-tabs-entry')
  }

  #tab(title: string | RegExp): Locator {
    return this.#tabs.filter({ hasText: title }).first()
  }

  async #focus(): Promise<void> {
    await this.#active.locator('.xterm-helper-textarea').focus()
  }
}
