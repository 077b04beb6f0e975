import type { Fleet } from '../../../../src/core/model/fleet'
import type { Host } from '../../../../src/core/model/host'
import type { MachineRecord } from '../../../../src/core/model/target'
import { aFleet, aHost } from '../../builders'

/** `tolkewitz`, out of docker-machine's store, beside the `others`. */
export function aMachineFleet(machine: Partial<MachineRecord> = {}, others: readonly Host[] = []): Fleet {
  const host = aHost('tolkewitz')
  const record = {
    name: 'tolkewitz',
    driver: 'virtualbox',
    store: '/store',
    engineFlags: [],
    engineLabels: [],
    ...machine,
  }
  return aFleet([{ ...host, target: { ...host.target!, source: 'docker-machine', machine: record } }, ...others])
}
