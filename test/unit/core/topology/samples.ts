import type { ConnectivityRun } from '../../../../src/core/connectivity/run'
import type { Container } from '../../../../src/core/model/container'
import type { Fleet } from '../../../../src/core/model/fleet'
import type { EngineNetwork } from '../../../../src/core/model/network'
import { aContainer, aFleet, aHost, anId, anOverlay, aPair, aPeer, aRun, aSilentHost, attachedTo } from '../../builders'

export const gnswarm = anOverlay()
export const backend = anOverlay({ name: 'backend', subnets: [{ subnet: '10.0.2.0/24' }], isEncrypted: true })

function on(name: string, networks: readonly EngineNetwork[], over: Partial<Container> = {}): Container {
  const attachments = networks.map((network, index) => attachedTo(network, `10.0.${index + 1}.${name.length + 2}`))
  return aContainer({ name, attachments, ...over })
}

/** Two networks over three hosts, of which one does not answer; `web` is stopped. */
export function aSmallFleet(): Fleet {
  return aFleet([
    aHost('tolkewitz', {
      containers: [on('web', [gnswarm], { state: 'exited' }), on('api', [gnswarm, backend])],
      networks: [gnswarm, backend],
    }),
    aHost('miltitz', { role: 'worker', containers: [on('shell2', [gnswarm]), on('cache', [backend])] }),
    aSilentHost('kaditz'),
  ])
}

/** A hundred hosts with a dozen containers each on one network. */
export function aLargeFleet(): Fleet {
  const hosts = Array.from({ length: 100 }, (_, h) =>
    aHost(`host-${h}`, {
      role: h === 0 ? 'manager' : 'worker',
      containers: Array.from({ length: 12 }, (__, i) => on(`c${i}`, [gnswarm], { id: anId(`h${h}c${i}`) })),
      networks: [gnswarm],
    }),
  )
  return aFleet(hosts)
}

/** Every pair of the network's members (of the first on each host where so told), judged by the names of their places. */
export function testOf(
  fleet: Fleet,
  network: EngineNetwork,
  judge: (from: string, to: string) => 'pass' | 'fail' | 'not-tested',
  { onePerHost = false } = {},
): ConnectivityRun {
  const members = fleet.networks.find(({ id }) => id === network.id)?.members ?? []
  const seen = new Set<string>()
  const peers = members
    .filter(({ hostId }) => !onePerHost || (!seen.has(hostId) && seen.add(hostId)))
    .map(({ container, containerId, host, hostId }) => aPeer(container, host, { containerId, hostId }))
  return aRun({
    pairs: peers.flatMap((from) =>
      peers
        .filter((to) => to !== from)
        .map((to) =>
          aPair(from, to, { result: judge(`${from.container}@${from.host}`, `${to.container}@${to.host}`) }),
        ),
    ),
  })
}

/** `web` cannot be reached and cannot ask. */
export const webIsStopped = (from: string, to: string) =>
  to.startsWith('web@') ? 'fail' : from.startsWith('web@') ? 'not-tested' : 'pass'
