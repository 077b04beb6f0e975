// Entry for a fresh clone, without any dependency: installs the packages when they are missing or not those of the lock
// file, then runs all checks (`test`) or the demonstration (`demo`).
//
//   node scripts/bootstrap.mjs test [--only format,lint,types,build,unit,lab,editor]
//   node scripts/bootstrap.mjs demo
import { fileURLToPath } from 'node:url'
import { installPackages } from './bootstrap/install-packages.mjs'
import { runGates } from './bootstrap/gates.mjs'
import { runNode } from './bootstrap/run.mjs'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))

const [what, ...args] = process.argv.slice(2)

async function main() {
  await installPackages()
  if (what === 'test') return await runGates(args)
  if (what === 'demo') return await runNode(['node_modules/tsx/dist/cli.mjs', 'test/demo/run.ts', ...args])
  throw new Error(`"${what}" is none of: test, demo`)
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}
