// Bundles the extension (the editor stays external) and the command line (nothing of the editor may be in it:
// 'vscode' is not external there, so an import that leaks fails the build).
import { writeFileSync } from 'node:fs'
import * as esbuild from 'esbuild'

const isWatch = process.argv.includes('--watch')

/** dockerode loads gRPC for BuildKit sessions; nothing here builds images, and it is half of the bundle. */
const withoutBuildKit = {
  name: 'without-buildkit',
  setup(build) {
    build.onResolve({ filter: /^(@grpc\/(grpc-js|proto-loader)|protobufjs)$/ }, (args) => ({
      path: args.path,
      namespace: 'empty',
    }))
    build.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: 'module.exports = {}' }))
  },
}

/**
 * The transport libraries are two thirds of the code, and not needed before the first host is connected to: as files of
 * their own they cost the extension's start nothing.
 */
const libraries = ['dockerode', 'ssh2']
const besideLibraries = {
  name: 'beside-libraries',
  setup(build) {
    build.onResolve({ filter: /^(dockerode|ssh2)$/ }, ({ path, kind }) =>
      kind === 'entry-point' ? undefined : { path: `./${path}.js`, external: true },
    )
  },
}

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: !isWatch,
  keepNames: true,
  sourcemap: isWatch ? 'inline' : false,
  metafile: true,
  legalComments: 'none',
  logLevel: 'info',
  loader: { '.node': 'empty' },
  // Its other form finds its own files at run time only.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  plugins: [withoutBuildKit],
}

const builds = [
  // cpu-features and ssh2's own native part only speed up some ciphers; pure JavaScript works everywhere.
  {
    ...common,
    entryPoints: ['src/extension.ts'],
    outfile: 'dist/extension.js',
    external: ['vscode'],
    plugins: [besideLibraries],
  },
  ...libraries.map((name) => ({
    ...common,
    entryPoints: [name],
    outfile: `dist/${name}.js`,
    external: ['cpu-features'],
    plugins: [withoutBuildKit, besideLibraries],
  })),
  // Runs in the window that shows the picture.
  {
    ...common,
    platform: 'browser',
    target: 'es2023',
    format: 'iife',
    entryPoints: ['src/webview/topology.ts'],
    outfile: 'dist/topology-view.js',
  },
  {
    ...common,
    entryPoints: ['src/cli.ts'],
    outfile: 'dist/cli.js',
    external: ['cpu-features'],
    banner: { js: '#!/usr/bin/env node' },
  },
]

if (isWatch) {
  for (const options of builds) await (await esbuild.context(options)).watch()
} else {
  for (const options of builds) {
    const result = await esbuild.build(options)
    writeFileSync(options.outfile.replace(/\.js$/, '.meta.json'), JSON.stringify(result.metafile))
  }
}
