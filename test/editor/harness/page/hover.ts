import type { Page } from 'playwright-core'
import { until } from '../until'

/** Waits for the tooltip under the mouse and gives its text. */
export async function readHover(page: Page): Promise<string> {
  const hover = page.locator('.monaco-hover:visible, .workbench-hover:visible').last()
  return await until('a tooltip', async () => (await hover.innerText({ timeout: 500 })).trim() || undefined)
}
