// Builds the bundles and packages the extension as dist/swarm-networks.vsix.
import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const vsix = 'dist/swarm-networks.vsix'

/** Ends here, with the program's own words, where it fails. */
function run(...args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
  if (status !== 0) process.exit(status ?? 1)
}

run('esbuild.mjs')
run(
  'node_modules/@vscode/vsce/vsce',
  'package',
  // Everything that runs is in the bundles.
  '--no-dependencies',
  // There is no address that links to files of the repository could be completed with.
  '--allow-missing-repository',
  '--no-rewrite-relative-links',
  '--out',
  vsix,
)

for (const file of ['extension.js', 'dockerode.js', 'ssh2.js', 'cli.js'].map((name) => `dist/${name}`).concat(vsix)) {
  console.log(`${file.padEnd(26)} ${(statSync(`${root}/${file}`).size / 1024).toFixed(0).padStart(6)} KB`)
}
