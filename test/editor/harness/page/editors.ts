import type { Locator, Page } from 'playwright-core'
import { until, type UntilOptions } from '../until'
import { Clipboard } from './clipboard'

/** The documents in the middle of the window. */
export class Editors {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  /** The titles of the open documents. */
  async titles(): Promise<readonly string[]> {
    return (await this.#tabs.locator('.label-name').allTextContents()).map((title) => title.trim())
  }

  /** Waits for a document whose title has this text. */
  async waitForTitle(title: string | RegExp, options?: UntilOptions): Promise<void> {
    await this.#tab(title).waitFor({ timeout: options?.timeout ?? 10_000 })
  }

  async select(title: string | RegExp): Promise<void> {
    await this.#tab(title).click()
  }

  async close(title: string | RegExp): Promise<void> {
    await this.#tab(title).hover()
    await this.#tab(title).locator('.codicon-close').click()
    await this.#tab(title).waitFor({ state: 'hidden' })
  }

  /** The whole text of the document that is shown, also what is scrolled away. Goes through the clipboard. */
  async text(): Promise<string> {
    const clipboard = new Clipboard(this.#page)
    await this.#active.locator('.view-lines').click()
    return await clipboard.copiedBy(async () => {
      await this.#page.keyboard.press('Control+a')
      await this.#page.keyboard.press('Control+c')
    })
  }

  /** Waits until the visible part of the document that is shown has this text. */
  async waitForText(text: string | RegExp, options?: UntilOptions): Promise<void> {
    await until(
      `${String(text)} in the document`,
      async () => {
        const lines = await this.#active.locator('.view-lines').innerText({ timeout: 1000 })
        const plain = lines.replaceAll('\u00a0', ' ')
        return typeof text === 'string' ? plain.includes(text) : text.test(plain)
      },
      options,
    )
  }

  /** Points at the first place of this text in the visible part of the document that is shown. */
  async hover(text: string): Promise<void> {
    await this.#word(text).hover()
  }

  /** Waits for what the editor says of the place under the mouse. */
  async hoverText(text: string | RegExp): Promise<string> {
    const hover = this.#page.locator('.monaco-hover:visible', { hasText: text }).first()
    await hover.waitFor({ timeout: 10_000 })
    return await hover.innerText()
  }

  /** Puts the cursor into the first place of this text in the visible part. */
  async putCursorAt(text: string): Promise<void> {
    await this.#word(text).click()
  }

  /** The titles of what is offered at the cursor under Ctrl+. */
  async quickFixes(): Promise<readonly string[]> {
    await this.#page.keyboard.press('Control+.')
    await this.#actions.first().waitFor({ timeout: 10_000 })
    const titles = await this.#actions.allInnerTexts()
    await this.#page.keyboard.press('Escape')
    return titles.map((title) => title.trim())
  }

  /** Chooses one of them. */
  async applyQuickFix(title: string | RegExp): Promise<void> {
    await this.#page.keyboard.press('Control+.')
    await this.#actions.filter({ hasText: title }).first().click({ timeout: 10_000 })
  }

  /** Opens the list of what could stand at the cursor, and waits for one with this label. */
  async waitForCompletion(label: string): Promise<readonly string[]> {
    const rows = this.#page.locator('.suggest-widget.visible .monaco-list-row .label-name')
    await until(`the completion ${label}`, async () => {
      if ((await rows.allInnerTexts()).includes(label)) return true
      await this.#page.keyboard.press('Control+Space')
      return false
    }, { timeout: 15_000 }) // prettier-ignore
    return await rows.allInnerTexts()
  }

  /** How many lines in the visible part have a test's icon beside them in this state, as its name says. */
  async testIcons(state: 'run' | 'passed' | 'failed' | 'error'): Promise<number> {
    return await this.#active
      .locator(`.margin-view-overlays .testing-run-glyph, .glyph-margin-widgets .testing-run-glyph`)
      .and(this.#page.locator(`[class*="codicon-testing-${state}"]`))
      .count()
  }

  get #actions(): Locator {
    return this.#page.locator('.action-widget .monaco-list-row.action')
  }

  #word(text: string): Locator {
    return this.#active.locator('.view-line span > span', { hasText: text }).first()
  }

  get #active(): Locator {
    return this.#page.locator('.part.editor .editor-group-container.active .editor-instance:visible').first()
  }

  get #tabs(): Locator {
    return this.#page.locator('.part.editor .tabs-container .tab')
  }

  #tab(title: string | RegExp): Locator {
    return this.#tabs.filter({ hasText: title }).first()
  }
}
