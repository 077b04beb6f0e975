import { isResolverAlive } from '../checks/name-answer'
import { lookUpCheck, withHostsFile } from '../checks/name-check'
import { missingCheck, type HeardOutput } from '../checks/checks-of-target'
import { addressCheck, tcpCheck } from '../checks/port-check'
import type { ProbeTarget } from '../probe-script'
import { enumerate } from '../../text/count'
import type { Check, CheckKind } from '../types'
import type { FurtherName, NameResult, PlannedName } from './types'

/** Longer answers may be cut off on their way: a resolver without TCP takes some thirty addresses. */
const maxJudgedAddresses = 16

/** What came of asking for one name. */
export function evaluateName(planned: PlannedName, asked: ProbeTarget, output: HeardOutput): NameResult {
  const { target } = planned
  const own = output.lines.filter(({ index }) => index === asked.index)
  const find = (kind: CheckKind | 'hosts' | 'dns', port?: number) =>
    own.find((line) => line.kind === kind && line.port === port)
  const checks: Check[] = []
  if (asked.name !== undefined) {
    const line = find('name')
    const question = {
      ...{ name: target.name, resolverIsAlive: isResolverAlive(output.lines) },
      judge: (found: readonly string[]) => judgeAddresses(found, target),
    }
    const check = line ? lookUpCheck(line, question) : missingCheck(output, 'name')
    checks.push(withHostsFile(check, { hosts: find('hosts'), dns: find('dns') }))
  }
  if (asked.address !== undefined) checks.push(...dialled(asked, find, output))
  const ipvs = output.lines.find(({ kind }) => kind === 'ipvs')
  return { ...resultOf(planned, checks), ...(ipvs && { hasIpvs: ipvs.status === 0 }) }
}

/** The name where nothing could be asked. */
export function nameNotTested(planned: PlannedName, reason: string): NameResult {
  return { ...planned, result: 'not-tested', reason, checks: [] }
}

function resultOf(planned: PlannedName, checks: readonly Check[]): NameResult {
  const failed = checks.find(({ result }) => result === 'fail')
  if (failed) return { ...planned, result: 'fail', reason: failed.detail, checks }
  const untested = checks.find(({ result }) => result === 'not-tested')
  if (checks.some(({ result }) => result === 'pass') && untested?.kind !== 'name')
    return { ...planned, result: 'pass', checks }
  return { ...planned, result: 'not-tested', reason: untested?.detail ?? 'Nothing was tested', checks }
}

function dialled(
  { ports, address = '' }: ProbeTarget,
  find: (kind: CheckKind, port?: number) => HeardOutput['lines'][number] | undefined,
  output: HeardOutput,
): readonly Check[] {
  // Without a port of its tasks an unused one: that the tasks refuse it is an answer.
  const line = find('address', 7)
  if (ports.length === 0) return [at(address, line ? addressCheck(line) : missingCheck(output, 'address'))]
  return ports.map((port) => {
    const tcp = find('tcp', port)
    const check = tcp ? tcpCheck({ ...tcp, port }) : missingCheck(output, 'tcp', port)
    // Whoever refuses is one of the tasks: the way there works, and their own pairs say that the port is closed.
    return at(address, check.observation === 'refused' ? { ...check, result: 'pass' } : check)
  })
}

function at(address: string, check: Check): Check {
  return { ...check, detail: `${check.detail} (at ${address})`, addresses: [address] }
}

/** What the addresses mean that came for a name. */
function judgeAddresses(answer: readonly string[], { name, meant, isWhole }: FurtherName): Check {
  // Servers answer in changing order, and what several containers saw alike should read alike.
  const found = answer.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  const known = new Map(meant.map((one) => [one.address, one]))
  const foreign = found.filter((address) => !known.has(address))
  const missing = meant.filter(({ address, isRequired }) => isRequired && !found.includes(address))
  const base = { kind: 'name', addresses: found } as const
  const list = `${name} is ${enumerate(found)}`
  if (foreign.length > 0 && !isWhole) {
    const detail = `${list}; whose ${enumerate(foreign)} is, nobody who can be asked knows`
    return { ...base, result: 'not-tested', observation: 'skipped', detail }
  }
  if (foreign.length > 0) {
    const own = enumerate(meant.map(({ address }) => address))
    const some = foreign.length < found.length
    return {
      ...{ ...base, result: 'fail' },
      observation: some ? 'several-addresses' : 'wrong-address',
      detail: some
        ? `${list}, of which ${enumerate(foreign)} ${foreign.length === 1 ? 'is' : 'are'} none of its own`
        : `${list}, but it stands for ${own === '' ? 'no address that is known' : own}`,
    }
  }
  if (missing.length > 0 && meant.length <= maxJudgedAddresses) {
    const lacking = enumerate(missing.map(({ address, owner }) => `${address} (${owner})`))
    return { ...base, result: 'fail', observation: 'missing-addresses', detail: `${list}, and lacks ${lacking}` }
  }
  return { ...base, result: 'pass', observation: 'ok', detail: list }
}
