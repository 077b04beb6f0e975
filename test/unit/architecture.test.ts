import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const src = join(root, 'src')

/** What each layer may import; ARCHITECTURE.md gives the reasons. Lint says the same at the line, this holds it whole. */
const allowed: Readonly<Record<string, { readonly layers: readonly string[]; readonly packages: readonly RegExp[] }>> =
  {
    core: {
      layers: ['core'],
      packages: [
        /^(valibot|ipaddr\.js|jsonc-parser|string-argv|markdown-table|fast-xml-parser|fast-xml-builder|yaml)$/,
      ],
    },
    adapters: {
      layers: ['core', 'adapters'],
      packages: [/^node:/, /^(dockerode|docker-modem|ssh2|ssh-config|valibot|@streamparser\/json|ipaddr\.js)$/],
    },
    app: { layers: ['core', 'app'], packages: [/^(valibot|string-argv)$/] },
    vscode: { layers: ['core', 'app', 'vscode'], packages: [/^vscode$/] },
    webview: { layers: ['core', 'webview'], packages: [] },
    cli: { layers: ['core', 'app', 'adapters', 'cli'], packages: [/^node:/, /^commander$/] },
  }

interface Import {
  readonly file: string
  readonly specifier: string
}

function importsOf(file: string): readonly Import[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'), true, true)
  return importedFiles.map(({ fileName }) => ({ file: relative(root, file), specifier: fileName }))
}

function sourceFiles(): readonly string[] {
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(src, name))
}

function isAllowed({ file, specifier }: Import): boolean {
  const [, layer = ''] = file.split('/')
  const rule = allowed[layer]
  // The composition roots, extension.ts and cli.ts, wire everything.
  if (!rule) return true
  if (!specifier.startsWith('.')) return rule.packages.some((pattern) => pattern.test(specifier))
  const target = relative(src, resolve(dirname(join(root, file)), specifier)).split('/')[0] ?? ''
  return rule.layers.includes(target)
}

describe('the layers', () => {
  const files = sourceFiles()

  it('finds the source files', () => {
    expect(files.length).toBeGreaterThan(30)
    expect(files.flatMap(importsOf).length).toBeGreaterThan(60)
  })

  it('import only what lies below them', () => {
    const broken = files.flatMap(importsOf).filter((entry) => !isAllowed(entry))
    expect(broken).toEqual([])
  })

  it('tells a forbidden import from an allowed one', () => {
    expect(isAllowed({ file: 'src/core/fleet/x.ts', specifier: '../../app/ui' })).toBe(false)
    expect(isAllowed({ file: 'src/core/fleet/x.ts', specifier: 'node:fs' })).toBe(false)
    expect(isAllowed({ file: 'src/app/x.ts', specifier: 'vscode' })).toBe(false)
    expect(isAllowed({ file: 'src/app/x.ts', specifier: '../core/errors' })).toBe(true)
  })

  it('keeps the editor out of everything but its shell', () => {
    const users = files.flatMap(importsOf).filter(({ specifier }) => specifier === 'vscode')
    expect(users.every(({ file }) => file.startsWith('src/vscode/') || file === 'src/extension.ts')).toBe(true)
  })

  it('has no file that is too long to read in one go', () => {
    const long = files.filter((file) => readFileSync(file, 'utf8').split('\n').length > 300)
    expect(long.map((file) => relative(root, file))).toEqual([])
  })
})
