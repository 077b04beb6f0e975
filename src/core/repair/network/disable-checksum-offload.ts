import type { Host } from '../../model/host'
import type { RepairDraft } from '../plan'
import { rootCommand, rootScript } from '../host-command'

/**
 * Turns off the network card's own checksums, which some virtual cards get wrong for packets in VXLAN (vmxnet3: moby#41775).
 * It lasts until the next start of the host.
 *
 * @param device the card that the overlay's packets leave by, for instance `ens192`
 */
export function planDisableChecksumOffload(host: Pick<Host, 'id' | 'name'>, device: string): RepairDraft {
  const offload = (state: 'on' | 'off') => rootCommand(['ethtool', '-K', device, 'tx-checksum-ip-generic', state])
  return {
    id: 'disable-checksum-offload',
    title: `Turn off checksum offload of ${device}`,
    hostIds: [host.id],
    consequences: [
      `${host.name} computes the checksums of what ${device} sends itself, which costs some CPU time.`,
      'It lasts until the next start: to keep it, put the same command where the distribution sets up its network cards.',
    ],
    risk: 'low',
    steps: [
      {
        id: 'offload-off',
        title: `Turn off tx-checksum-ip-generic of ${device}`,
        hostId: host.id,
        hostName: host.name,
        action: offload('off'),
        check: {
          title: `tx-checksum-ip-generic of ${device} is off`,
          look: rootScript('ethtool -k "$1" | grep -q "tx-checksum-ip-generic: off"', device),
        },
        undo: offload('on'),
      },
    ],
  }
}
