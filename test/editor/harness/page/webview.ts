import type { FrameLocator, Page } from 'playwright-core'

/**
 * The document inside the webview that is shown (a picture, a Markdown preview): locate in it as in a page.
 * The outer frame is the workbench's, the inner one has the extension's HTML.
 */
export function webviewContent(page: Page): FrameLocator {
  return page
    .locator('iframe.webview.ready:visible')
    .first()
    .contentFrame()
    .locator('iframe#active-frame')
    .contentFrame()
}
