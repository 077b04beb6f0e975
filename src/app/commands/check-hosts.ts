import { SwarmNetworksError } from '../../core/errors'
import { countVerdicts } from '../../core/host-checks/judge-hosts'
import { isOverlay, type FleetNetwork } from '../../core/model/network'
import { hostChecksReport, hostChecksSentence } from '../../core/report/host-checks-report'
import { keepPart } from '../connectivity/keep-part'
import { networkToCheck, runHostChecks } from '../host-checks/run-host-checks'
import { findHost } from '../fleet-lookup'
import type { NodeSubject } from '../tree/tree-node'
import type { Command, CommandContext } from './command'
import { chooseNetwork } from './shared/choose-network'
import { notify } from './shared/notify'

/**
 * What the hosts of an overlay network owe each other, whether or not anything failed: ports, peers, MTU, addresses, clocks.
 * On a host, by the network with containers on the most hosts of its cluster.
 */
export const checkHosts: Command = {
  id: 'swarmNetworks.checkHosts',
  async run(context, subject) {
    const network = await choose(context, subject)
    if (network === undefined) return
    const { clock, fleet, log, results, settings, shells, ui } = context
    const helper = settings.helper && { helper: settings.helper }
    const { check, run } = await ui.progress(`Checking the hosts of ${network.name}`, (reporter, signal) =>
      runHostChecks(fleet, network.key, {
        ...helper,
        hostChecks: { ...helper, shells, opensShells: true },
        onProgress: (message) => reporter.report(message),
        ...{ signal, clock },
      }),
    )
    const sentence = hostChecksSentence(check)
    log.info(`Checked the hosts of ${network.name}: ${sentence}, ${check.durationMs} ms`)
    if (check.isCancelled) {
      notify(context, 'warn', `${network.name}: the check of its hosts was ended before it was done.`)
      return
    }
    // Its findings stand in the Findings view with those of the tests, and their fixes work from there.
    keepPart(results, fleet.fleet, { networkKey: network.key, newer: run })
    const [finding] = check.findings
    const isWell = countVerdicts(check).failed === 0 && finding === undefined
    notify(context, isWell ? 'info' : 'warn', `${network.name}: ${sentence}${finding ? `: ${finding.title}` : ''}`)
    const content = hostChecksReport(check)
    await ui.openDocument({ name: `hosts-${network.name}.md`, content, show: 'preview' })
  },
}

async function choose(context: CommandContext, subject: NodeSubject | undefined): Promise<FleetNetwork | undefined> {
  const hostId = subject?.kind === 'host' || subject?.kind === 'host-finding' ? subject.hostId : undefined
  if (hostId !== undefined) {
    const network = networkToCheck(context.fleet.fleet, hostId)
    if (network !== undefined) return network
    const name = findHost(context.fleet.fleet, hostId)?.name ?? 'This host'
    throw new SwarmNetworksError('unsupported', `${name} has no overlay network in common with other hosts`)
  }
  return chooseNetwork(context, subject, {
    options: { title: 'Check Hosts', placeholder: 'Overlay network whose hosts are checked' },
    none: 'There is no overlay network: hosts are checked by what they have in common.',
    refuse: (network) => (isOverlay(network) ? undefined : `${network.name} is a network of one host`),
  })
}
