import { SwarmNetworksError } from '../core/errors'
import { countVerdicts } from '../core/host-checks/judge-hosts'
import type { FleetNetwork } from '../core/model/network'
import type { Clock } from '../core/ports/environment'
import { hostChecksJson, isWell } from '../core/report/host-checks-json'
import { hostChecksReport } from '../core/report/host-checks-report'
import { hostChecksText } from '../core/report/host-checks-text'
import { networkToCheck, runHostChecks } from '../app/host-checks/run-host-checks'
import { findNetwork, requireReadyHost, type ExitStatus, type Session } from './session'
import { writeReport } from './test-command'

export interface CheckOptions {
  readonly markdown?: string
  /** False with `--no-helper`. */
  readonly helper: boolean
  readonly helperImage?: string
}

/**
 * `check [NETWORK]`: what the hosts of a network owe each other. Without a name, by the overlay network with containers on
 * the most hosts.
 *
 * @returns 0 nothing is wrong, 1 a check failed or something was found, 2 a host could not be asked
 */
export async function checkHosts(
  session: Session,
  wanted: string | undefined,
  { clock, options }: { readonly clock: Clock; readonly options: CheckOptions },
): Promise<ExitStatus> {
  requireReadyHost(session)
  const { service, shells, io, signal, isJson } = session
  const network = wanted === undefined ? anyNetwork(session) : findNetwork(session, wanted)
  const helper = options.helper && {
    helper: options.helperImage === undefined ? {} : { image: options.helperImage },
  }
  const hostChecks = { ...helper, shells, opensShells: true }
  const { check } = await runHostChecks(service, network.key, { ...helper, hostChecks, clock, signal })
  io.out(isJson ? JSON.stringify(hostChecksJson(check), undefined, 2) : hostChecksText(check))
  for (const note of check.notes) io.err(`note: ${note}`)
  if (options.markdown !== undefined) await writeReport(options.markdown, hostChecksReport(check))
  if (isWell(check)) return 0
  return check.findings.length > 0 || countVerdicts(check).failed > 0 ? 1 : 2
}

function anyNetwork({ service }: Session): FleetNetwork {
  const network = networkToCheck(service.fleet)
  if (network !== undefined) return network
  throw new SwarmNetworksError('not-found', 'The hosts have no overlay network in common', {
    remedy: 'Make one with `network create`, or name more hosts.',
  })
}
