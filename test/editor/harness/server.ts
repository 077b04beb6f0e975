import { join } from 'node:path'
import { writeFile } from 'node:fs/promises'
import { GuardedProcess } from './guarded-process'
import type { EditorInstall } from './install'
import { runCommand } from './run-command'
import { removeSandbox, sandboxEnvironment, type Sandbox } from './sandbox'
import { until } from './until'

/** A running server of the workbench. It owns the sandbox: where it ends, or cannot start, the folders are removed. */
export interface EditorServer extends AsyncDisposable {
  readonly port: number
  readonly output: string
}

export interface ServerOptions {
  /** `person`: code-server as people run it. `driver`: VS Code's own server with the driver that runs a suite in the extension host. */
  readonly form: 'person' | 'driver'
  /** An extension package to install first. */
  readonly vsix?: string | undefined
  readonly env?: NodeJS.ProcessEnv | undefined
  /** Whether the editor asks before it trusts a folder; where not, it trusts every one. */
  readonly asksForTrust?: boolean | undefined
}

/**
 * Starts a server on a free port of the loopback interface and waits until it answers.
 *
 * @throws Error with the server's output when it ends or is not ready within 30 s.
 */
export async function startServer(
  install: EditorInstall,
  sandbox: Sandbox,
  options: ServerOptions,
): Promise<EditorServer> {
  const env = sandboxEnvironment(sandbox, options.env)
  const command = options.form === 'person' ? await personCommand(install, sandbox) : driverCommand(install, sandbox)
  if (options.vsix !== undefined) {
    try {
      await runCommand(install.node, [...command, '--install-extension', options.vsix], { env, timeout: 60_000 })
    } catch (error) {
      await removeSandbox(sandbox)
      throw error
    }
  }
  const process = new GuardedProcess(install.node, [...command, ...listening(options)], {
    folder: sandbox.root,
    env,
  })
  try {
    const port = await until('the port of the server', () => {
      process.assertRunning()
      const match = /(?:agent listening on |listening on http:\/\/127\.0\.0\.1:)(\d+)/.exec(process.output)
      return match?.[1] !== undefined && Number(match[1])
    }, { timeout: 30_000 }) // prettier-ignore
    const health = `http://127.0.0.1:${port}/${options.form === 'person' ? 'healthz' : 'version'}`
    await until(health, async () => (await fetch(health, { signal: AbortSignal.timeout(2000) })).ok)
    return {
      port,
      get output() {
        return process.output
      },
      [Symbol.asyncDispose]: () => process[Symbol.asyncDispose](),
    }
  } catch (error) {
    await process[Symbol.asyncDispose]()
    throw new Error(`The editor's server did not start.\n${process.output}`, { cause: error })
  }
}

const folders = (sandbox: Sandbox) => ['--user-data-dir', sandbox.userData, '--extensions-dir', sandbox.extensions]

async function personCommand(install: EditorInstall, sandbox: Sandbox): Promise<string[]> {
  // With a file of its own it neither reads nor writes the user's; it must not be empty.
  const config = join(sandbox.root, 'code-server.yaml')
  await writeFile(config, '{}\n')
  return [install.codeServerEntry, '--config', config, ...folders(sandbox), '--disable-telemetry']
}

function driverCommand(install: EditorInstall, sandbox: Sandbox): string[] {
  return [install.serverMain, '--server-data-dir', sandbox.serverData, ...folders(sandbox)]
}

function listening({ form, asksForTrust = false }: ServerOptions): readonly string[] {
  return form === 'person'
    ? [
        '--auth=none',
        '--bind-addr=127.0.0.1:0',
        '--disable-update-check',
        ...(asksForTrust ? [] : ['--disable-workspace-trust']),
        '--disable-getting-started-override',
        '--disable-proxy',
        '--ignore-last-opened',
      ]
    : [
        '--host=127.0.0.1',
        '--port=0',
        '--without-connection-token',
        '--accept-server-license-terms',
        '--telemetry-level=off',
        '--disable-workspace-trust',
        '--enable-smoke-test-driver',
      ]
}
