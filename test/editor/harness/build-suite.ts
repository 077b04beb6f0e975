import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import * as esbuild from 'esbuild'
import { repositoryRoot } from './artifacts'

/** The built suite's entry, as the extension host loads it. */
export const suiteEntry = join(repositoryRoot, 'out', 'test', 'editor', 'suite', 'index.js')

/** Bundles the suite for the extension host: each test file by itself, so that a new one needs no list. */
export async function buildSuite(): Promise<string> {
  const source = join(repositoryRoot, 'test', 'editor', 'suite')
  const outdir = join(suiteEntry, '..')
  await rm(outdir, { recursive: true, force: true })
  const tests = (await readdir(source)).filter((name) => name.endsWith('.test.ts'))
  await esbuild.build({
    entryPoints: ['index.ts', ...tests].map((name) => join(source, name)),
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  })
  return suiteEntry
}
