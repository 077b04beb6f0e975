import type { Page } from 'playwright-core'
import { until } from '../until'
import { CommandPalette } from './command-palette'

/** The list of activated extensions, with what the workbench measured of them. */
export class RunningExtensions {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  /**
   * How long the workbench says that the activation took, in milliseconds: loading its code, the call of `activate` and
   * waiting for it. Opens the list as a document.
   *
   * @param name the extension's display name.
   */
  async activationMs(name: string): Promise<number> {
    await new CommandPalette(this.#page).run('Developer: Show Running Extensions')
    const rows = this.#page.locator('.runtime-extensions-editor .monaco-list-row')
    const row = rows.filter({ has: this.#page.locator('.name').getByText(name, { exact: true }) })
    return await until(`the activation time of ${name}`, async () => {
      const text = await row.locator('.activation-time').innerText({ timeout: 1000 })
      const match = /(\d+)\s*ms/.exec(text)
      return match?.[1] !== undefined && Number(match[1])
    })
  }
}
