import { markdownTable } from 'markdown-table'
import { codeBlock, codeSpan, escapeMarkdown } from '../../../text/markdown'
import type { DiskFacts, HostFacts, LogLine } from '../host-facts'
import type { CertificateFacts } from '../tls-facts'
import type { UnitFacts, UnitFile } from '../unit-facts'

/** A part of the report; left out where there is nothing to show. */
export interface FactPart {
  readonly title: string
  readonly body: string
}

/** What was seen, part by part. */
export function factParts(facts: HostFacts): readonly FactPart[] {
  return [
    part('Host', table(['What', 'Seen'], hostRows(facts))),
    part('Units', unitTable(facts.units)),
    part('Files', filesOf(facts)),
    part('The engine’s last start', logOf(facts.startLog)),
    part('Processes, process ID files and sockets', table(['What', 'Seen'], processRows(facts))),
    part('TLS', tlsTable(facts)),
    part('Disks', table(['Path', 'Mounted at', 'Free', 'Size', 'Free inodes'], facts.disks.map(diskRow))),
    part('Firewall', firewallOf(facts)),
    part('What listens', table(['Port', 'Address', 'Process'], listeningRows(facts))),
    part('Containers of a classic Swarm', table(['Name', 'State', 'Image', 'Command', 'Restart'], agentRows(facts))),
    part(
      'Key-value store, as the host reaches it',
      table(
        ['Member', 'Outcome'],
        facts.store.map(({ address, outcome, detail }) => [
          codeSpan(address),
          escapeMarkdown([outcome, detail].filter((text) => text !== undefined).join(': ')),
        ]),
      ),
    ),
  ].filter(({ body }) => body !== '')
}

function part(title: string, body: string): FactPart {
  return { title, body }
}

type Row = readonly string[]

function table(head: Row, rows: readonly Row[]): string {
  return rows.length === 0 ? '' : markdownTable([[...head], ...rows.map((row) => [...row])])
}

function rowsOf(rows: readonly (readonly [string, string | undefined])[]): readonly Row[] {
  return rows.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value]]))
}

function hostRows({ system, access, program, commandLine, kernel, clock, api, daemonJson }: HostFacts): readonly Row[] {
  const init = system.initVersion === undefined ? system.init : `${system.init} ${system.initVersion}`
  return rowsOf([
    ['System', escapeMarkdown(`${system.name}, Linux ${system.kernel}`)],
    ['Starts services with', escapeMarkdown(init)],
    ['Looked at as', escapeMarkdown(access.rights === 'sudo' ? `${access.user}, root by sudo` : access.user)],
    ['Engine', codeSpan([...program.found, program.version ?? ''].filter((text) => text !== '').join(' '))],
    ['Programs that are not there', program.missing.map(codeSpan).join(', ')],
    ['Command line', commandLine.words && codeSpan(commandLine.words.join(' '))],
    [
      'API on the host',
      api && escapeMarkdown(api.isAnswering ? `answers, ${api.text}` : `does not answer: ${api.text}`),
    ],
    ['daemon.json', escapeMarkdown(`${daemonJson.path}: ${daemonJson.state.replaceAll('-', ' ')}`)],
    [
      'Clock',
      clock &&
        `${clock.aheadMs >= 0 ? '+' : ''}${(clock.aheadMs / 1000).toFixed(1)} s against this machine, ± ${(clock.uncertaintyMs / 1000).toFixed(1)} s`,
    ],
    ['IPv4 forwarding', kernel.ipForward === undefined ? undefined : kernel.ipForward ? 'on' : 'off'],
    ['Kernel', `vxlan ${kernel.vxlan}, br\\_netfilter ${kernel.brNetfilter}, overlay ${kernel.overlay}`],
  ])
}

function unitTable(units: readonly UnitFacts[]): string {
  return table(
    ['Unit', 'Loaded', 'State', 'Last result', 'At boot', 'Files'],
    units.map(({ name, loadState, activeState, subState, result, unitFileState, needsReload, fragment, dropIns }) => [
      escapeMarkdown(name),
      escapeMarkdown(needsReload ? `${loadState}, files changed since` : loadState),
      escapeMarkdown(`${activeState} (${subState})`),
      escapeMarkdown(result ?? ''),
      escapeMarkdown(unitFileState ?? ''),
      [fragment, ...dropIns].flatMap((file) => (file ? [codeSpan(file.path)] : [])).join(', '),
    ]),
  )
}

/** What somebody wrote for this host: drop-ins, options, daemon.json; and units, where a command line is in question. */
function filesOf({ units, environmentFiles, daemonJson }: HostFacts): string {
  const service = units.find(({ name }) => name === 'docker.service')
  const own = (file: UnitFile | undefined) => (file?.path.startsWith('/etc/') === true ? [file] : [])
  const files = [...own(service?.fragment), ...units.flatMap(({ dropIns }) => dropIns), ...environmentFiles]
  const starts =
    service?.execStarts.map(({ file, line, command }) => `# ${file}, line ${line}\nExecStart=${command}`) ?? []
  return [
    ...(starts.length === 0
      ? []
      : [
          `Command lines in force, from ${starts.length === 1 ? 'one file' : 'these files'}:`,
          codeBlock(starts.join('\n'), 'ini'),
        ]),
    ...files.flatMap(({ path, text, isWhole }) => [
      `${codeSpan(path)}${isWhole ? '' : ' (in part)'}:`,
      codeBlock(text, 'ini'),
    ]),
    ...(daemonJson.text === undefined ? [] : [`${codeSpan(daemonJson.path)}:`, codeBlock(daemonJson.text, 'json')]),
  ].join('\n\n')
}

function logOf(lines: readonly LogLine[]): string {
  if (lines.length === 0) return ''
  const shown = lines.map(({ at, source, text }) =>
    [at === undefined ? undefined : new Date(at).toISOString(), `${source}:`, text]
      .filter((word) => word !== undefined)
      .join(' '),
  )
  return codeBlock(shown.join('\n'))
}

function processRows({ processes, pidFiles, socketFiles, initScript }: HostFacts): readonly Row[] {
  return rowsOf([
    ...processes.map(
      ({ pid, name, words }) => [escapeMarkdown(`${name} (${pid})`), codeSpan(words.join(' '))] as const,
    ),
    ...pidFiles.map(
      ({ path, pid, process }) =>
        [codeSpan(path), escapeMarkdown(`${pid ?? 'no number'}, ${process ?? 'no such process'}`)] as const,
    ),
    ...socketFiles.map(
      ({ path, type, isServed }) =>
        [
          codeSpan(path),
          isServed === undefined ? type : `${type}, ${isServed ? 'somebody listens' : 'nobody listens'}`,
        ] as const,
    ),
    ...(initScript ? [[codeSpan(initScript.path), escapeMarkdown(initScript.status)] as const] : []),
  ])
}

function tlsTable({ tls, clientCertificates }: HostFacts): string {
  const certificates = [...tls.certificates, ...clientCertificates].map(certificateRow)
  const missing = tls.files
    .filter(({ state }) => state !== 'there')
    .map(({ role, path, state }) => [role, codeSpan(path), state.replaceAll('-', ' '), '', ''])
  return table(['Role', 'File', 'Subject', 'Issuer', 'Valid until'], [...certificates, ...missing])
}

const roles: Readonly<Record<CertificateFacts['role'], string>> = {
  server: 'server, on the host',
  'server-authority': 'CA, on the host',
  client: 'client, on this machine',
  'client-authority': 'CA, on this machine',
}

function certificateRow({ role, file, subject, issuer, validTo }: CertificateFacts): Row {
  const until = Number.isFinite(validTo) ? new Date(validTo).toISOString().slice(0, 10) : 'unknown'
  return [roles[role], codeSpan(file), escapeMarkdown(subject), escapeMarkdown(issuer), until]
}

function diskRow({ path, mountPoint, available, size, inodes, inodesFree }: DiskFacts): Row {
  const gib = (bytes: number) => `${(bytes / 1024 ** 3).toFixed(1)} GiB`
  return [
    codeSpan(path),
    codeSpan(mountPoint),
    gib(available),
    gib(size),
    inodes === undefined ? '' : `${inodesFree ?? 0} of ${inodes}`,
  ]
}

function firewallOf({ firewall: { inCharge, rules } }: HostFacts): string {
  const words = inCharge === 'none' ? 'Nothing manages the firewall, and it lets all in.' : `In charge: ${inCharge}.`
  const input = rules.filter((rule) => / INPUT\b/.test(rule))
  return [words, ...(input.length === 0 ? [] : [codeBlock(input.join('\n'))])].join('\n\n')
}

function listeningRows({ listening }: HostFacts): readonly Row[] {
  return listening.map(({ protocol, address, port, process }) => [
    `${port}/${protocol}`,
    codeSpan(address),
    escapeMarkdown(process ?? ''),
  ])
}

function agentRows({ swarmAgents }: HostFacts): readonly Row[] {
  return swarmAgents.map(({ name, state, image, command, restartPolicy }) => [
    escapeMarkdown(name),
    escapeMarkdown(state),
    codeSpan(image),
    codeSpan(command.join(' ')),
    escapeMarkdown(restartPolicy),
  ])
}
