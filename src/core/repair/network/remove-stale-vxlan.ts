import type { Host } from '../../model/host'
import type { HostCommand } from '../../ports/host-shell'
import type { RepairDraft } from '../plan'
import { rootScript } from '../host-command'

/** A VXLAN interface of a host. */
export interface VxlanLink {
  readonly name: string
  /** Its network's number. */
  readonly vni: number
  /** UDP. */
  readonly port: number
  /** The network namespace that it is in, as `ip netns` names it; absent in the host's own. */
  readonly namespace?: string
}

/**
 * Lists the VXLAN interfaces of a host and of its named network namespaces, as root: each line of `ip -d -o link` behind
 * the namespace's name and a tab. The engine's own namespaces have no such names: what is in them, a start of the engine
 * removes (moby: libnetwork/drivers/overlay/ov_network.go).
 */
export const listVxlanLinks: HostCommand = {
  command: [
    'sh',
    '-c',
    `show() { ip $2 $3 -d -o link show type vxlan | while IFS= read -r line; do printf '%s\\t%s\\n' "$1" "$line"; done; }
show ''
ip netns list | while read -r name rest; do show "$name" -n "$name"; done`,
  ],
  deadlineMs: 10_000,
}

/** `stale<tab>5: stale0: <BROADCAST,MULTICAST> … vxlan id 4097 … dstport 4789 …` (ip-link(8)); what does not look so is left out. */
export function parseVxlanLinks(stdout: string): readonly VxlanLink[] {
  return stdout.split('\n').flatMap((line) => {
    const [namespace = '', link = ''] = line.split('\t')
    const name = /^\d+:\s+([^\s@:]+)/.exec(link)?.[1]
    const vni = /\bvxlan\b.*?\bid (\d+)/.exec(link)?.[1]
    const port = /\bdstport (\d+)/.exec(link)?.[1]
    if (name === undefined || vni === undefined || port === undefined) return []
    return [{ name, vni: Number(vni), port: Number(port), ...(namespace !== '' && { namespace }) }]
  })
}

/** The interfaces that keep a host from making the one of a network: two cannot have the same number at the same port. */
export function linksInTheWay(
  links: readonly VxlanLink[],
  { vnis, port }: { readonly vnis: readonly number[]; readonly port: number },
): readonly VxlanLink[] {
  return links.filter((link) => vnis.includes(link.vni) && link.port === port)
}

/** Removes VXLAN interfaces that hold the number of a network which the host cannot join because of them. */
export function planRemoveStaleVxlan(
  host: Pick<Host, 'id' | 'name'>,
  links: readonly VxlanLink[],
  network: string,
): RepairDraft {
  const names = links.map(inWords)
  return {
    id: 'remove-stale-vxlan',
    title: `Remove ${names.join(' and ')}`,
    hostIds: [host.id],
    consequences: [
      `${host.name} can make the VXLAN interface of ${network} then.`,
      'What still sends through such an interface is cut off: look at it first, if something else than Docker may have made it.',
    ],
    risk: 'medium',
    // Names of interfaces may hold what the id of a step may not.
    steps: links.map((link, index) => ({
      id: `remove-interface-${index + 1}`,
      title: `Remove ${inWords(link)}, which has the number ${link.vni}`,
      hostId: host.id,
      hostName: host.name,
      // It is looked at again: another interface may have got the name since.
      action: rootScript(
        'found=$(ip $3 $4 -d -o link show dev "$1" type vxlan 2>/dev/null) || exit 0; case "$found" in *" id $2 "*) ip $3 $4 link delete dev "$1" type vxlan;; esac',
        link.name,
        String(link.vni),
        ...within(link),
      ),
      check: {
        title: `No interface ${link.name} has the number ${link.vni} any more`,
        look: rootScript(
          '! ip $3 $4 -d -o link show dev "$1" type vxlan 2>/dev/null | grep -q " id $2 "',
          link.name,
          String(link.vni),
          ...within(link),
        ),
      },
      noUndoReason: 'What was set for the interface is not known.',
    })),
  }
}

const within = ({ namespace }: VxlanLink) => (namespace === undefined ? [] : ['-n', namespace])

const inWords = ({ name, namespace }: VxlanLink) =>
  namespace === undefined ? name : `${name} in the network namespace ${namespace}`
