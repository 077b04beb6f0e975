import { writeFile } from 'node:fs/promises'
import { SwarmNetworksError } from '../core/errors'
import type { ConnectivityRun } from '../core/connectivity/run'
import { hasFailingName, isOk } from '../core/connectivity/run'
import type { FleetNetwork } from '../core/model/network'
import type { Clock } from '../core/ports/environment'
import { connectivityJson } from '../core/report/json-report'
import { junitReport } from '../core/report/junit-report'
import { markdownReport } from '../core/report/markdown-report'
import { textReport } from '../core/report/text-report'
import { runConnectivityTest } from '../app/connectivity-service'
import { findNetwork, requireReadyHost, type ExitStatus, type Session } from './session'

export interface TestOptions {
  readonly from?: string
  readonly to: readonly string[]
  /** A contract's file, in the place of a network. */
  readonly contract?: string
  readonly junit?: string
  readonly markdown?: string
  /** False with `--no-helper`. */
  readonly helper: boolean
  readonly helperImage?: string
  /** False with `--no-host-checks`. */
  readonly hostChecks: boolean
}

/**
 * `test NETWORK`: all pairs, or those from and to the named containers. Reports are written whatever the outcome.
 *
 * @returns the exit status
 */
export async function testNetwork(
  session: Session,
  wanted: string,
  { clock, options, isColored }: { readonly clock: Clock; readonly options: TestOptions; readonly isColored: boolean },
): Promise<ExitStatus> {
  requireReadyHost(session)
  const { service, shells, io, signal, isJson } = session
  const network = findNetwork(session, wanted)
  const helper = options.helper && {
    helper: options.helperImage === undefined ? {} : { image: options.helperImage },
  }
  const run = await runConnectivityTest(service, network.key, {
    ...(options.from !== undefined && { from: memberId(network, options.from) }),
    ...(options.to.length > 0 && { to: options.to.map((name) => memberId(network, name)) }),
    ...helper,
    ...(options.hostChecks && { hostChecks: { ...helper, shells } }),
    clock,
    signal,
  })
  io.out(isJson ? JSON.stringify(connectivityJson(run), undefined, 2) : textReport(run, { isColored }))
  if (options.junit !== undefined) await writeReport(options.junit, junitReport(run))
  if (options.markdown !== undefined) await writeReport(options.markdown, markdownReport(run))
  return exitStatus(run, io.err)
}

function memberId(network: FleetNetwork, wanted: string): string {
  const found = network.members.filter(
    ({ container, containerId, host }) =>
      container === wanted ||
      `${host}/${container}` === wanted ||
      (wanted.length >= 4 && containerId.startsWith(wanted)),
  )
  const [member] = found
  if (found.length === 1 && member) return member.containerId
  if (member)
    throw new SwarmNetworksError('invalid-input', `"${wanted}" names ${found.length} containers on ${network.name}`, {
      remedy: `Use HOST/NAME: ${found.map(({ host, container }) => `${host}/${container}`).join(', ')}.`,
    })
  throw new SwarmNetworksError('not-found', `No container "${wanted}" is on ${network.name}`, {
    remedy: `On it are: ${network.members.map(({ container }) => container).join(', ') || 'none'}.`,
  })
}

/** @throws `invalid-input` where it cannot be written */
export async function writeReport(file: string, content: string): Promise<void> {
  try {
    await writeFile(file, content)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new SwarmNetworksError('invalid-input', `The report could not be written to ${file}: ${why}`, { cause })
  }
}

function exitStatus(run: ConnectivityRun, err: (text: string) => void): ExitStatus {
  if (isOk(run)) return hasFailingName(run) ? 1 : 0
  if (run.pairs.some(({ result }) => result === 'fail')) return 1
  const reasons = new Set(run.pairs.flatMap(({ reason }) => reason ?? []))
  for (const { host, reason } of run.unreachableHosts) reasons.add(`${host}: ${reason}`)
  const why = [...reasons].join('; ') || 'the network has fewer than two running containers'
  err(`error: ${run.network.name} could not be tested: ${why}`)
  return 2
}
