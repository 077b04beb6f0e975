import type { Page } from 'playwright-core'
import { until } from '../until'
import { QuickInput } from './quick-input'

/** The list of all commands (F1). */
export class CommandPalette {
  readonly #page: Page
  readonly #quickInput: QuickInput

  constructor(page: Page) {
    this.#page = page
    this.#quickInput = new QuickInput(page)
  }

  /**
   * Runs a command as a person does.
   *
   * @param title with its category, for instance `Swarm: Refresh`.
   */
  async run(title: string): Promise<void> {
    await this.#open(title)
    await this.#quickInput.pick(title)
  }

  /** Whether the palette offers a command with this title now. */
  async offers(title: string): Promise<boolean> {
    const titles = await this.#settledTitles(title)
    await this.#quickInput.dismiss()
    return titles.includes(title)
  }

  async #open(filter: string): Promise<void> {
    await this.#page.keyboard.press('F1')
    await this.#quickInput.waitFor()
    await this.#quickInput.fill(`>${filter}`)
  }

  /** The list follows the input a moment later: what is the same in several looks has settled. */
  async #settledTitles(filter: string): Promise<readonly string[]> {
    await this.#open(filter)
    let last = ''
    let looks = 0
    return await until('the list of commands to settle', async () => {
      const titles = (await this.#quickInput.items()).map((item) => item.label)
      const now = titles.join('\n')
      looks = now === last && titles.length > 0 ? looks + 1 : 0
      last = now
      return looks >= 10 && titles
    })
  }
}
