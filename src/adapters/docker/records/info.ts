import * as v from 'valibot'
import type { EngineInfo, SwarmMembership } from '../../../core/model/engine'
import { count, defined, flag, optionalText, parseAnswer, text, texts } from './schema'

const swarm = v.object({
  LocalNodeState: v.fallback(v.picklist(['inactive', 'pending', 'active', 'error', 'locked']), 'inactive'),
  NodeID: optionalText,
  NodeAddr: optionalText,
  ControlAvailable: flag,
  Cluster: v.fallback(v.object({ ID: optionalText, DataPathPort: count }), { ID: undefined, DataPathPort: 0 }),
  Error: optionalText,
})

const schema = v.object({
  ID: text,
  Name: text,
  ServerVersion: text,
  OperatingSystem: text,
  Architecture: text,
  KernelVersion: text,
  // Absent before Docker 1.12.
  Swarm: v.fallback(v.optional(swarm), undefined),
  Warnings: texts,
  // Docker 1.9 to 20.10.
  ClusterStore: optionalText,
  ClusterAdvertise: optionalText,
})

/** What the connection knows already. */
export interface KnownVersions {
  /** The engine's version as `GET /version` said it; `/info` has it since Docker 1.10. */
  readonly version: string
  readonly apiVersion: string
}

/** `GET /info` of any engine from Docker 1.9 on. */
export function parseInfo(answer: unknown, { version, apiVersion }: KnownVersions): EngineInfo {
  const info = parseAnswer(schema, answer, 'GET /info')
  return {
    engineId: info.ID,
    hostName: info.Name,
    version: info.ServerVersion === '' ? version : info.ServerVersion,
    apiVersion,
    operatingSystem: info.OperatingSystem,
    architecture: info.Architecture,
    kernelVersion: info.KernelVersion,
    swarm: membership(info.Swarm),
    warnings: info.Warnings,
    ...defined({ clusterStore: info.ClusterStore, clusterAdvertise: info.ClusterAdvertise }),
  }
}

function membership(record: v.InferOutput<typeof swarm> | undefined): SwarmMembership {
  if (!record) return { state: 'unknown', isManager: false }
  return defined({
    state: record.LocalNodeState,
    isManager: record.ControlAvailable,
    nodeId: record.NodeID,
    nodeAddress: record.NodeAddr,
    clusterId: record.Cluster.ID,
    // Only managers say it, since Docker 19.03; 0 stands for the default.
    dataPathPort: record.Cluster.DataPathPort > 0 ? record.Cluster.DataPathPort : undefined,
    error: record.Error,
  })
}
