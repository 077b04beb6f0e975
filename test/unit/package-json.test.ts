import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commandList } from '../../src/app/commands/command-list'
import { isInTitle, titleCommandId } from '../../src/app/commands/shared/contribution'
import { commandTable } from '../../src/app/commands/command-table'
import { hostFactRules } from '../../src/core/examine/host/rules/rule-list'
import { hostRules } from '../../src/core/fleet/findings/host-rule-list'
import { machineCauses } from '../../src/core/machine/machine-failures'
import { contributedCommands, contributedMenus, titleKey, type MenuItem } from './contributions'

const root = join(import.meta.dirname, '../..')

interface Manifest {
  readonly icon: string
  readonly engines: Readonly<Record<'vscode', string>>
  readonly devDependencies: Readonly<Record<string, string>>
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } }
  readonly contributes: {
    commands: readonly object[]
    menus: Readonly<Record<string, readonly MenuItem[]>>
    readonly views: Readonly<
      Record<string, readonly { readonly id: string; readonly icon: string; readonly when?: string }[]>
    >
    readonly viewsContainers: Readonly<Record<string, readonly { readonly id: string; readonly icon: string }[]>>
    readonly viewsWelcome: readonly { readonly view: string; readonly when: string; readonly contents: string }[]
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly scope: string }>> }
    readonly walkthroughs: readonly {
      readonly steps: readonly {
        readonly description: string
        readonly media: { readonly svg: string }
        readonly completionEvents: readonly string[]
      }[]
    }[]
  }
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(join(root, path), 'utf8'))
const manifest = readJson('package.json') as Manifest
const { contributes } = manifest
const english = readJson('package.nls.json') as Record<string, string>
const german = readJson('package.nls.de.json') as Record<string, string>
const sourceOf = (path: string): string => readFileSync(join(root, path), 'utf8')

/** Every string anywhere in a value. */
function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : []
}

const unique = (values: readonly string[]): string[] => [...new Set(values)].sort()
const matches = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((match) => match[1] ?? '')

describe('commands', () => {
  // After a change of the table: UPDATE_CONTRIBUTIONS=1 npx vitest run --project unit test/unit/package-json.test.ts
  if (process.env['UPDATE_CONTRIBUTIONS'] !== undefined) {
    Object.assign(contributes, { commands: contributedCommands(), menus: contributedMenus() })
    writeFileSync(join(root, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`)
  }

  it('are those of the table', () => {
    expect(contributes.commands).toEqual(contributedCommands())
    expect(contributes.menus).toEqual(contributedMenus())
  })

  it('are those that have code', () => {
    const withCode = commandList.map(({ id }) => id)
    const inTitles = commandTable.filter(isInTitle).map(({ id }) => titleCommandId(id))
    expect(commandTable.map(({ id }) => id)).toEqual(withCode)
    expect(
      contributedCommands()
        .map(({ command }) => command)
        .sort(),
    ).toEqual([...withCode, ...inTitles].sort())
  })

  it('of a title bar never get the row that has the focus', () => {
    const titles = contributes.menus['view/title'] ?? []
    expect(titles.length).toBeGreaterThan(0)
    expect(titles.filter(({ command }) => !command.endsWith('InView'))).toEqual([])
    const hidden = (contributes.menus['commandPalette'] ?? []).filter(({ when }) => when === 'false')
    expect(hidden.map(({ command }) => command).sort()).toEqual(unique(titles.map(({ command }) => command)))
  })

  it.each(commandTable)('$id has the title of the table in English', ({ id, title }) => {
    expect(english[titleKey(id)]).toBe(title)
  })

  it('have an icon where a menu shows only that', () => {
    const withIcon = new Set(
      commandTable.filter(({ icon }) => icon !== undefined).flatMap(({ id }) => [id, titleCommandId(id)]),
    )
    const shownAsIcon = Object.values(contributes.menus)
      .flat()
      .filter(({ group }) => /^(inline|navigation)/.test(group ?? ''))
    expect(shownAsIcon.length).toBeGreaterThan(0)
    expect(shownAsIcon.filter(({ command }) => !withIcon.has(command))).toEqual([])
  })

  it('that texts link to are contributed, or the editor’s own', () => {
    const ids = new Set(commandTable.map(({ id }) => id))
    const linked = Object.values(english).flatMap((text) => matches(text, /\(command:([^)\s]+)\)/g))
    const completing = contributes.walkthroughs
      .flatMap(({ steps }) => steps.flatMap((step) => step.completionEvents))
      .flatMap((event) => matches(event, /^onCommand:(.+)$/g))
    const unknown = [...linked, ...completing].filter((id) => !ids.has(id))
    expect(linked.length).toBeGreaterThan(0)
    expect(unique(unknown)).toEqual(['workbench.view.extension.swarmNetworks'])
  })
})

describe('when clauses', () => {
  const clauses = [
    ...Object.values(contributes.menus).flat(),
    ...contributes.viewsWelcome,
    ...Object.values(contributes.views).flat(),
  ].flatMap(({ when }) => when ?? [])

  it('use context keys that the extension sets', () => {
    const events = contributes.walkthroughs.flatMap(({ steps }) => steps.flatMap((step) => step.completionEvents))
    const used = [...clauses, ...events].flatMap((text) => matches(text, /swarmNetworks\.(\w+)\b(?!\))/g))
    const commandNames = commandTable.map(({ id }) => id.replace('swarmNetworks.', ''))
    const known = matches(sourceOf('src/vscode/context-keys.ts'), /'((?:is|has)\w+)'/g)
    expect(unique(used).filter((key) => !commandNames.includes(key))).toEqual(unique(known))
  })

  it('use views that exist', () => {
    const views = unique((contributes.views['swarmNetworks'] ?? []).map(({ id }) => id))
    const named = clauses
      .flatMap((clause) => matches(clause, /view =~ \/\^swarmNetworks\\\.\(([\w|]+)\)\$\//g))
      .flatMap((names) => names.split('|').map((name) => `swarmNetworks.${name}`))
    expect(unique([...named, ...contributes.viewsWelcome.map(({ view }) => view)])).toEqual(views)
  })

  it('match words that tree nodes can have', () => {
    const source = sourceOf('src/app/tree/tree-node.ts')
    const fixed = matches(source.slice(source.indexOf('export type ContextWord')), /\| '([\w-]+)'/g)
    const states = matches(sourceOf('src/core/model/host.ts') + sourceOf('src/core/model/container.ts'), /'(\w+)'/g)
    const fixes = matches(sourceOf('src/core/diagnosis/finding.ts'), /'([\w-]+)'/g)
    const sources = matches(sourceOf('src/core/model/target.ts'), /'([\w-]+)'/g)
    const known = new Set([
      ...fixed,
      ...states.map((state) => `state-${state}`),
      ...fixes.map((fix) => `fix-${fix}`),
      ...sources.map((kind) => `source-${kind}`),
      ...[...hostRules, ...hostFactRules].map(({ cause }) => `cause-${cause}`),
      ...machineCauses.map((cause) => `cause-${cause}`),
    ])
    const used = clauses
      .flatMap((clause) => matches(clause, /viewItem =~ \/\(\^\| \)\(([\w|-]+)\)\( \|\$\)\//g))
      .flatMap((words) => words.split('|'))
    expect(used.length).toBeGreaterThan(0)
    expect(unique(used).filter((word) => !known.has(word))).toEqual([])
  })
})

describe('texts', () => {
  const keys = unique(strings(manifest).flatMap((text) => matches(text, /^%([^%]+)%$/g)))

  it('in package.json exist in English, and no others do', () => {
    expect(Object.keys(english).sort()).toEqual(keys)
  })

  it('exist in German', () => {
    expect(Object.keys(german).sort()).toEqual(keys)
  })

  it('are translated', () => {
    const same = keys.filter((key) => german[key] === english[key])
    expect(same).toEqual(['command.category', 'container.title', 'view.hosts'])
  })

  it.each(keys)('%s keeps its links and code in German', (key) => {
    const marks = (text = '') => unique(text.match(/\(command:[^)]+\)|`[^`]+`/g) ?? [])
    expect(marks(german[key])).toEqual(marks(english[key]))
  })
})

describe('settings', () => {
  const names = Object.keys(contributes.configuration.properties).map((name) => name.replace('swarmNetworks.', ''))

  it('are those that the code reads', () => {
    const source = sourceOf('src/vscode/settings.ts')
    const types = source.slice(source.indexOf('interface SettingTypes'), source.indexOf('export type SettingName'))
    expect(names).toEqual(matches(types, /readonly '?([\w.]+)'?:/g))
  })

  it('are all withheld from a workspace that is not trusted', () => {
    const restricted = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations
    expect(restricted).toEqual(names.map((name) => `swarmNetworks.${name}`))
  })

  it('that name hosts belong to the machine', () => {
    const scopes = Object.entries(contributes.configuration.properties)
      .filter(([name]) => /\.(hosts|sources\.\w+)$/.test(name))
      .map(([, { scope }]) => scope)
    expect(unique(scopes)).toEqual(['machine'])
  })
})

describe('files', () => {
  const pictures = [
    manifest.icon,
    ...Object.values(contributes.viewsContainers).flatMap((list) => list.map(({ icon }) => icon)),
    ...Object.values(contributes.views).flatMap((list) => list.map(({ icon }) => icon)),
    ...contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.svg)),
  ]

  it.each(unique(pictures))('%s is there', (path) => {
    expect(existsSync(join(root, path))).toBe(true)
  })
})

it('declares the oldest editor whose API it is compiled against', () => {
  expect(manifest.engines.vscode).toBe(`^${String(manifest.devDependencies['@types/vscode'])}`)
})
