import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FrameLocator, Page } from 'playwright-core'
import { artifactsFolder } from './artifacts'
import { openBrowser, type BrowserWindow } from './browser'
import { installEditor, type EditorInstall } from './install'
import { ActivityBar } from './page/activity-bar'
import { Clipboard } from './page/clipboard'
import { CommandPalette } from './page/command-palette'
import { Editors } from './page/editors'
import { ModalDialog } from './page/modal-dialog'
import { Notifications } from './page/notifications'
import { OutputPanel } from './page/output-panel'
import { Problems } from './page/problems'
import { QuickInput } from './page/quick-input'
import { RunningExtensions } from './page/running-extensions'
import { StatusBar } from './page/status-bar'
import { TestExplorer } from './page/test-explorer'
import { Terminals } from './page/terminals'
import { TreeView } from './page/tree-view'
import { webviewContent } from './page/webview'
import { createSandbox, writeSettings, type Sandbox } from './sandbox'
import { startServer, type EditorServer } from './server'

export interface WorkbenchOptions {
  /** The packaged extension to install. */
  readonly vsix?: string
  /** Settings of the user, machine-scoped ones included. */
  readonly settings?: Readonly<Record<string, unknown>>
  /** The folder to open; an empty one unless told. */
  readonly folder?: string
  /** A prepared home folder (for `.ssh`, `.docker`) that stays the caller's; an empty one unless told. */
  readonly home?: string
  /** Added to the little environment that the server starts with. */
  readonly env?: NodeJS.ProcessEnv
  /** Whether the editor asks before it trusts the folder; it trusts it without a word unless told. */
  readonly asksForTrust?: boolean
}

/**
 * Starts a real VS Code workbench with a person's view of it. Dispose it in every case: `await using`.
 *
 * @throws Error with the server's output or the page's state when it does not come up within about a minute.
 */
export async function startWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const install = await installEditor()
  const sandbox = await createSandbox({ home: options.home, settings: options.settings })
  const { vsix, env, asksForTrust } = options
  const server = await startServer(install, sandbox, { form: 'person', vsix, env, asksForTrust })
  try {
    const browser = await openBrowser(install, sandbox)
    const workbench = new Workbench({ install, sandbox, server, browser })
    try {
      await workbench.open(options.folder ?? sandbox.workspace)
      return workbench
    } catch (error) {
      await workbench.keepEvidence('start')
      await browser[Symbol.asyncDispose]()
      throw error
    }
  } catch (error) {
    await server[Symbol.asyncDispose]()
    throw error
  }
}

interface Parts {
  readonly install: EditorInstall
  readonly sandbox: Sandbox
  readonly server: EditorServer
  readonly browser: BrowserWindow
}

/** One window of the editor with its server. */
export class Workbench implements AsyncDisposable {
  readonly page: Page
  readonly activityBar: ActivityBar
  readonly palette: CommandPalette
  readonly quickInput: QuickInput
  readonly notifications: Notifications
  readonly dialog: ModalDialog
  readonly statusBar: StatusBar
  readonly terminals: Terminals
  readonly testExplorer: TestExplorer
  readonly editors: Editors
  readonly output: OutputPanel
  readonly problems: Problems
  readonly clipboard: Clipboard
  readonly runningExtensions: RunningExtensions
  /** Version of VS Code, for instance `1.139.1`. */
  readonly version: string
  readonly home: string
  readonly #parts: Parts

  constructor(parts: Parts) {
    const { page } = parts.browser
    this.#parts = parts
    this.version = parts.install.vscodeVersion
    this.home = parts.sandbox.home
    this.page = page
    this.activityBar = new ActivityBar(page)
    this.palette = new CommandPalette(page)
    this.quickInput = new QuickInput(page)
    this.notifications = new Notifications(page)
    this.dialog = new ModalDialog(page)
    this.statusBar = new StatusBar(page)
    this.terminals = new Terminals(page)
    this.testExplorer = new TestExplorer(page)
    this.editors = new Editors(page)
    this.output = new OutputPanel(page)
    this.problems = new Problems(page)
    this.clipboard = new Clipboard(page)
    this.runningExtensions = new RunningExtensions(page)
  }

  /** The tree view with this title; its view container must be open. */
  tree(title: string): TreeView {
    return new TreeView(this.page, title)
  }

  /** The document inside the webview that is shown. */
  get webview(): FrameLocator {
    return webviewContent(this.page)
  }

  /** Opens a folder in this window. */
  async open(folder: string): Promise<void> {
    const query = new URLSearchParams({ folder })
    await this.page.goto(`http://127.0.0.1:${this.#parts.server.port}/?${query.toString()}`, { timeout: 60_000 })
    await this.#waitUntilShown()
  }

  /** Reloads the window: the extension host starts anew; secrets and states stay. */
  async reload(): Promise<void> {
    await this.page.reload({ timeout: 60_000 })
    await this.#waitUntilShown()
  }

  /** Opens a file of the folder by its name, as a person does with Ctrl+P. */
  async openFile(name: string): Promise<void> {
    await this.page.keyboard.press('Control+p')
    await this.quickInput.waitFor()
    await this.quickInput.fill(name)
    await this.quickInput.pick(name)
    await this.editors.waitForTitle(name)
  }

  /** Replaces the user's settings; the window follows at once. */
  async changeSettings(settings: Readonly<Record<string, unknown>>): Promise<void> {
    await writeSettings(this.#parts.sandbox, settings)
  }

  /** Keeps a picture of the window as `artifacts/editor/NAME.png` and gives its path. */
  async screenshot(name: string): Promise<string> {
    const path = join(artifactsFolder, `${name}.png`)
    await this.page.screenshot({ path })
    return path
  }

  /** Keeps what explains a failure in `artifacts/editor/failures/NAME`: a picture, the page's errors, the logs. */
  async keepEvidence(name: string): Promise<string> {
    const folder = join(artifactsFolder, 'failures', name.replaceAll(/[^\w.-]+/g, '-'))
    await rm(folder, { recursive: true, force: true })
    await mkdir(folder, { recursive: true })
    const { browser, sandbox, server } = this.#parts
    await writeFile(join(folder, 'page-errors.log'), browser.errors.join('\n'))
    await writeFile(join(folder, 'server.log'), server.output)
    await cp(join(sandbox.userData, 'logs'), join(folder, 'logs'), { recursive: true })
    await this.page.screenshot({ path: join(folder, 'window.png') })
    return folder
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      await this.#parts.browser[Symbol.asyncDispose]()
    } finally {
      await this.#parts.server[Symbol.asyncDispose]()
    }
  }

  async #waitUntilShown(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 })
    await this.page.locator('.part.activitybar').getByRole('tab').first().waitFor({ timeout: 30_000 })
  }
}
