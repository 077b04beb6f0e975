import { certificateReader } from '../adapters/docker/certificate-reader'
import { examineHost } from '../app/examine-host'
import { RootAccess } from '../app/root/root-access'
import { forEachBounded } from '../core/collections/for-each-bounded'
import { SwarmNetworksError, describeError } from '../core/errors'
import type { Examined } from '../core/examine/host/report/comparison-report'
import { examinationJson } from '../core/examine/host/report/examination-json'
import type { Host } from '../core/model/host'
import type { Clock } from '../core/ports/environment'
import { singleLine } from '../core/text/single-line'
import { findKnownHost, type ExitStatus, type Session } from './session'

/** How many hosts are looked at side by side. */
const sideBySide = 8

/**
 * `examine HOST…`: what is wrong with hosts, whether their engines answer or not. No password is asked for: what root's
 * rights would be needed for is listed as not looked at.
 *
 * @returns 0 nothing was found, 1 something was, 2 a host could not be examined
 */
export async function examineHosts(session: Session, wanted: readonly string[], clock: Clock): Promise<ExitStatus> {
  const hosts = wanted.map((name) => findKnownHost(session, name))
  const examined = new Map<string, Examined>()
  await forEachBounded(hosts, sideBySide, async (host) => {
    examined.set(host.id, await attempt(session, host, clock))
  })
  const inOrder = hosts.flatMap(({ id }) => examined.get(id) ?? [])
  const { io, isJson } = session
  if (isJson) io.out(JSON.stringify(inOrder.map(examinationJson), undefined, 2))
  else for (const one of inOrder) print(one, session)
  return statusOf(inOrder)
}

async function attempt({ shells, signal }: Session, host: Host, clock: Clock): Promise<Examined> {
  const root = new RootAccess({ askRootPassword: () => Promise.resolve(undefined) })
  const context = { shells, root, certificates: certificateReader, clock }
  try {
    return { host: host.name, examination: await examineHost(context, host, { signal, mayAsk: false }) }
  } catch (error) {
    if (signal.aborted || !SwarmNetworksError.is(error)) throw error
    return { host: host.name, failure: describeError(error) }
  }
}

function print(one: Examined, { io }: Session): void {
  if (!('examination' in one)) {
    io.err(`error: ${one.host} could not be examined: ${one.failure}`)
    return
  }
  const { facts, findings } = one.examination
  io.out(`${one.host}: ${findings.length === 0 ? 'nothing was found' : `${findings.length} found`}`)
  for (const { cause, title, severity, evidence, remedy } of findings) {
    io.out(`  ${severity}: ${singleLine(title, 300)} [${cause}]`)
    for (const line of evidence) io.out(`    - ${singleLine(line, 400)}`)
    io.out(`    What to do: ${singleLine(remedy, 600)}`)
  }
  for (const { what, why } of facts.unseen) io.err(`warning: ${one.host}: not looked at: ${what}: ${why}`)
}

function statusOf(examined: readonly Examined[]): ExitStatus {
  if (examined.some((one) => !('examination' in one))) return 2
  return examined.some((one) => 'examination' in one && one.examination.findings.length > 0) ? 1 : 0
}
