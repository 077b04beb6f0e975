import { recordingOf, recordingsOf, structOf, type ClassicVersion } from './recordings'
import type { Shape } from './shape'

/** What differs between the generations of managers. */
export interface Generation {
  readonly version: ClassicVersion
  readonly versionAnswer: unknown
  /** The version in which it speaks to engines: what they answer depends on it. */
  readonly engineApi: string
  readonly filters: string
  /** Up to this API version of the client, the rows about the nodes are in `DriverStatus` of `/info`. */
  readonly oldTableUpTo: number
  /** What was made: 201 from 1.2 on. */
  readonly created: 200 | 201
  /** What has nothing to say: 204 from 1.2 on. */
  readonly done: 200 | 204
  /** Whether starting is the manager's own request to the engine, and not handed on. */
  readonly startsItself: boolean
  /** Whether it knows which engine a container to be connected is on; else it asks any that lists the network. */
  readonly findsContainerToConnect: boolean
  /** What the manager decodes engines' answers into. */
  readonly structs: Readonly<
    Record<
      'info' | 'container' | 'listedNetwork' | 'network' | 'inspected' | 'image' | 'volume' | 'listedVolume',
      Shape
    >
  >
}

/** @param version the recorded manager that it is after */
export function generationOf(version: ClassicVersion): Generation {
  const all = recordingsOf(version)
  const isNew = version === '1.2.9'
  return {
    version,
    versionAnswer: recordingOf(all, 'version').answer,
    engineApi: { '1.0.0': '1.21', '1.1.0': '1.22', '1.2.9': '1.24' }[version],
    filters: isNew
      ? 'health, port, containerslots, dependency, affinity, constraint, whitelist'
      : 'health, port, dependency, affinity, constraint',
    oldTableUpTo: { '1.0.0': Infinity, '1.1.0': 1.21, '1.2.9': 0 }[version],
    created: isNew ? 201 : 200,
    done: isNew ? 204 : 200,
    startsItself: version !== '1.0.0',
    findsContainerToConnect: version !== '1.0.0',
    structs: {
      info: structOf(all, 'info'),
      container: structOf(all, 'containers-all', 'containers-paused'),
      listedNetwork: structOf(all, 'networks'),
      network: structOf(all, 'network-gnswarm', 'network-kaditz-bridge', 'net-inspect-ok'),
      inspected: structOf(all, 'container-web', 'create-affinity-inspect'),
      image: structOf(all, 'images'),
      volume: structOf(all, 'volume-create'),
      listedVolume: volumeStruct(structOf(all, 'volumes-after')),
    },
  }
}

function volumeStruct(answer: Shape): Shape {
  const list = (answer as Readonly<Record<string, Shape>>)['Volumes']
  return (list as readonly Shape[])[0] ?? null
}
