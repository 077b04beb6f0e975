import type { Rule } from '../evidence'
import { failuresOfAbsent, unstarted } from '../unstarted'
import { containerNames, hostNames, place } from '../wording'

/** libnetwork's words (drivers/overlay/ov_network.go) for a link that is there already, or that the kernel cannot make. */
const words = /error creating vxlan interface|vxlan interface.*(file exists|not supported)|subnet sandbox join failed/i

/** A host cannot make the VXLAN interface of the network: a stale one is in the way, or the kernel has no VXLAN. */
export const vxlanNotMade: Rule = {
  id: 'vxlan-not-made',
  diagnose(evidence) {
    const { reading, failures, network } = evidence
    const absent = unstarted(evidence).filter(({ error }) => words.test(error))
    const rejected = (reading?.manager?.attachments ?? []).filter(
      ({ networkIds, error }) => networkIds.includes(network.id) && words.test(error ?? ''),
    )
    if (absent.length + rejected.length === 0) return []
    const nodes = rejected.flatMap(
      ({ nodeId }) => reading?.hosts.find(({ swarm }) => swarm.nodeId === nodeId)?.name ?? [],
    )
    const said = [...absent.map(({ error }) => error), ...rejected.map(({ error = '' }) => error)]
    const isMissing = said.some((text) => /not supported/i.test(text))
    const hosts = [...new Set([...hostNames(absent.map(({ peer }) => peer)), ...nodes])]
    return [
      {
        explains: failuresOfAbsent(failures, absent),
        finding: {
          cause: 'vxlan-not-made',
          title: `${hosts.join(', ') || 'A host'} cannot make the VXLAN interface of ${network.name}.`,
          confidence: 95,
          hosts,
          containers: containerNames(absent.map(({ peer }) => peer)),
          evidence: [
            ...absent.map(({ peer, error }) => `${place(peer)} was not started: “${error}”`),
            ...rejected.map(({ error = '' }) => `A container’s place was rejected: “${error}”`),
          ],
          remedy: isMissing
            ? 'Load the kernel’s vxlan module on that host (“modprobe vxlan”), or install the kernel’s extra modules.'
            : 'Remove the stale interface on that host (“ip -d link show type vxlan”, then “ip link delete”), or restart Docker there where it is one that Docker forgot.',
          fixes: [],
        },
      },
    ]
  },
}
