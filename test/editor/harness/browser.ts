import { join } from 'node:path'
import { chromium, type BrowserContext, type Page } from 'playwright-core'
import type { EditorInstall } from './install'
import type { Sandbox } from './sandbox'

/** A browser window that reaches nothing but this machine; disposing it closes the browser. */
export interface BrowserWindow extends AsyncDisposable {
  readonly page: Page
  /** Errors that the page wrote to its console or threw, oldest first. */
  readonly errors: readonly string[]
}

const size = { width: 1440, height: 900 }

/** Starts a headless Chromium with its profile in the sandbox (the window's state, such as secrets, lives in it). */
export async function openBrowser(install: EditorInstall, sandbox: Sandbox): Promise<BrowserWindow> {
  const context = await chromium.launchPersistentContext(sandbox.browserProfile, {
    executablePath: install.chromium,
    artifactsDir: join(sandbox.root, 'playwright'),
    headless: true,
    viewport: size,
    env: { HOME: sandbox.root, PATH: process.env['PATH'] ?? '' },
    args: [
      '--no-sandbox', // root in a container has no user namespaces
      '--disable-gpu',
      '--disable-quic',
      '--disable-dev-shm-usage',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  })
  context.setDefaultTimeout(10_000)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const errors: string[] = []
  const page = context.pages()[0] ?? (await context.newPage())
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message))
  return { page, errors, [Symbol.asyncDispose]: () => closeBrowser(context) }
}

async function closeBrowser(context: BrowserContext): Promise<void> {
  await context.close({ reason: 'the test is over' })
}
