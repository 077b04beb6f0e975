import { parseStoreUrl } from '../../targets/store-url'
import type { SecondQuestions } from './script/second-look'
import type { FirstFacts } from './first-facts'
import { isEngine } from './parse/parse-processes'

/** Where dockerd keeps what it has, and looks for TLS files, unless it is told otherwise (moby, cmd/dockerd/options.go). */
const usual = {
  dataRoot: '/var/lib/docker',
  tls: { ca: '/root/.docker/ca.pem', cert: '/root/.docker/cert.pem', key: '/root/.docker/key.pem' },
} as const

/** What to look at next, from what the first look found the engine to be told. */
export function secondQuestions(facts: FirstFacts): SecondQuestions {
  const configFile = valueOf(facts, 'config-file')
  return {
    isEngineAsked: mayBeAsked(facts),
    dataRoot: directive(facts, 'data-root') ?? directive(facts, 'graph') ?? usual.dataRoot,
    ...(configFile !== undefined && { configFile }),
    tlsFiles: tlsFiles(facts),
    store: storeMembers(facts),
  }
}

function storeMembers(facts: FirstFacts): SecondQuestions['store'] {
  const members = parseStoreUrl(directive(facts, 'cluster-store') ?? '')?.members ?? []
  return members.flatMap(({ host, port }) => (port === undefined ? [] : [{ host, port }]))
}

/** A flag's value, or what daemon.json says in its place; the last one where it is given several times. */
export function directive(
  { commandLine, daemonJson }: Pick<FirstFacts, 'commandLine' | 'daemonJson'>,
  name: string,
): string | undefined {
  const written = daemonJson.directives?.[name]
  return (
    commandLine.flags.findLast((flag) => flag.name === name)?.value ??
    (typeof written === 'string' || typeof written === 'boolean' ? String(written) : undefined)
  )
}

/** Whether the engine speaks TLS, and whether it wants its clients’ certificates: `--tlsverify` means both. */
export function tlsUse(facts: Pick<FirstFacts, 'commandLine' | 'daemonJson'>): {
  readonly isUsed: boolean
  readonly isVerifying: boolean
} {
  const isVerifying = isTrue(directive(facts, 'tlsverify'))
  return { isVerifying, isUsed: isVerifying || isTrue(directive(facts, 'tls')) }
}

function isTrue(value: string | undefined): boolean {
  return value === 'true' || value === '1'
}

function valueOf({ commandLine }: FirstFacts, name: string): string | undefined {
  return commandLine.flags.findLast((flag) => flag.name === name)?.value
}

function tlsFiles(facts: FirstFacts): SecondQuestions['tlsFiles'] {
  const { isUsed, isVerifying } = tlsUse(facts)
  if (!isUsed) return []
  const path = (role: keyof typeof usual.tls) =>
    directive(facts, `tls${role === 'ca' ? 'cacert' : role}`) ?? usual.tls[role]
  const roles = isVerifying ? (['ca', 'cert', 'key'] as const) : (['cert', 'key'] as const)
  return roles.map((role) => ({ role, path: path(role) }))
}

/** A stopped engine behind docker.socket would be started by the question. */
function mayBeAsked({ units, processes, access }: FirstFacts): boolean {
  const service = units.find(({ name }) => name === 'docker.service')
  const isRunning =
    service === undefined || service.loadState === 'not-found'
      ? processes.some(isEngine)
      : service.activeState === 'active'
  return isRunning && access.mayUseEngine
}
