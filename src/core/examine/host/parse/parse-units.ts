import type { UnitFacts, UnitFile } from '../unit-facts'
import { inForce, parseExecStarts } from './parse-exec-starts'
import { parseFile } from './parse-file'
import { sectionsOf, type Section } from './sections'

/** What `systemctl show` says of the units, joined with their files on the disk. */
export function parseUnits(sections: readonly Section[]): readonly UnitFacts[] {
  const links = new Map(sectionsOf(sections, 'link').map(({ about, text }) => [about, text.trim()]))
  return sectionsOf(sections, 'units')
    .flatMap(({ text }) => text.split(/\n\s*\n/))
    .map(propertiesOf)
    .filter((properties) => properties.has('Id'))
    .map((properties) => unitOf(properties, { sections, links }))
}

type Properties = ReadonlyMap<string, string>

function propertiesOf(block: string): Properties {
  return new Map(
    block.split('\n').flatMap((line) => {
      const at = line.indexOf('=')
      const value = line.slice(at + 1).trim()
      return at < 0 || value === '' ? [] : [[line.slice(0, at), value] as const]
    }),
  )
}

interface Files {
  readonly sections: readonly Section[]
  /** Where links among the unit files lead, by path. */
  readonly links: ReadonlyMap<string, string>
}

function unitOf(properties: Properties, { sections, links }: Files): UnitFacts {
  const text = (name: string): string | undefined => properties.get(name)
  const number = (name: string): number | undefined => {
    const value = Number(text(name) ?? Number.NaN)
    return Number.isFinite(value) ? value : undefined
  }
  const name = text('Id') ?? ''
  const loadedDropIns = new Set((text('DropInPaths') ?? '').split(' '))
  const file = (section: Section, isLoaded: (path: string) => boolean): UnitFile => {
    const plain = parseFile(section)
    const linkTarget = links.get(plain.path)
    return {
      ...plain,
      ...(linkTarget !== undefined && { linkTarget }),
      isLoaded: isLoaded(plain.path),
      execStarts: parseExecStarts(plain.path, plain.text),
    }
  }
  const isFragment = (path: string): boolean => isSamePath(path, text('FragmentPath') ?? '')
  // The first on systemd's search path counts, and the sections stand in its order.
  const [fragment] = sectionsOf(sections, `unit-file:${name}`).map((section) => file(section, isFragment))
  const dropIns = dropInsOf(
    sectionsOf(sections, `drop-in:${name}`).map((section) =>
      file(section, (path) => [...loadedDropIns].some((loaded) => isSamePath(loaded, path))),
    ),
  )
  const loadError = text('LoadError')
  const [mainPid, restarts, exitStatus] = [number('MainPID'), number('NRestarts'), number('ExecMainStatus')]
  const [result, unitFileState] = [text('Result'), text('UnitFileState')]
  return {
    name,
    loadState: text('LoadState') ?? 'unknown',
    ...(loadError !== undefined && { loadError: wordsOfError(loadError) }),
    activeState: text('ActiveState') ?? 'unknown',
    subState: text('SubState') ?? 'unknown',
    ...(result !== undefined && { result }),
    ...(unitFileState !== undefined && { unitFileState }),
    needsReload: text('NeedDaemonReload') === 'yes',
    ...(mainPid !== undefined && mainPid > 0 && { mainPid }),
    ...(restarts !== undefined && { restarts }),
    ...(exitStatus !== undefined && { exitStatus }),
    ...(fragment && { fragment }),
    dropIns,
    execStarts: inForce([...(fragment ? [fragment] : []), ...dropIns]),
  }
}

/** One file a name, the first on the search path; in the order of their names whatever their folders (systemd.unit(5)). */
function dropInsOf(found: readonly UnitFile[]): readonly UnitFile[] {
  const byName = new Map<string, UnitFile>()
  for (const file of found) {
    const name = baseName(file.path)
    if (!byName.has(name)) byName.set(name, file)
  }
  return [...byName.values()].toSorted((a, b) => (baseName(a.path) < baseName(b.path) ? -1 : 1))
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** /lib is /usr/lib on most systems. */
function isSamePath(a: string, b: string): boolean {
  return a.replace(/^\/usr\/lib\//, '/lib/') === b.replace(/^\/usr\/lib\//, '/lib/')
}

/** `org.freedesktop.systemd1.BadUnitSetting "Unit docker.service has a bad unit file setting."` */
function wordsOfError(text: string): string {
  return /^\S+ "(.*)"$/.exec(text)?.[1] ?? text
}
