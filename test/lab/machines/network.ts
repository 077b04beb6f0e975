import type Docker from 'dockerode'
import type { LabTask } from '../support/task'
import { labName, labNumber } from '../support/paths'

const prefix = `198.18.${labNumber}`

/** The lab's network: a bridge out of the range that RFC 2544 sets aside for tests of network devices. */
export const labNetwork = {
  name: labName,
  subnet: `${prefix}.0/24`,
  gateway: `${prefix}.1`,
  bridge: `swarmlab${labNumber}`,
  mtu: 1500,
} as const

/** The address of the machine at this place in the list; .1 is this machine. */
export const addressOf = (index: number): string => `${prefix}.${index + 11}`

/** Makes the network if it is missing. */
export async function ensureNetwork(docker: Docker, { signal }: LabTask): Promise<void> {
  const found = await docker.listNetworks({ filters: { name: [labNetwork.name] }, abortSignal: signal })
  if (found.some(({ Name }) => Name === labNetwork.name)) return
  await docker.createNetwork({
    Name: labNetwork.name,
    CheckDuplicate: true,
    Labels: { [labName]: 'network' },
    IPAM: { Config: [{ Subnet: labNetwork.subnet, Gateway: labNetwork.gateway }] },
    Options: {
      'com.docker.network.bridge.name': labNetwork.bridge,
      'com.docker.network.driver.mtu': String(labNetwork.mtu),
    },
    abortSignal: signal,
  })
}

/** Removes the network if it is there. */
export async function removeNetwork(docker: Docker, { signal }: LabTask): Promise<void> {
  const found = await docker.listNetworks({ filters: { name: [labNetwork.name] }, abortSignal: signal })
  for (const { Name, Id } of found) {
    if (Name === labNetwork.name) await docker.getNetwork(Id).remove({ abortSignal: signal })
  }
}
