/** PEM files of a TLS endpoint, as paths on this machine. */
export interface TlsFiles {
  readonly ca?: string
  readonly cert?: string
  readonly key?: string
  /** Set by a Docker context with `SkipTLSVerify`: the server's certificate is not checked. */
  readonly skipVerify?: boolean
}

/** How one engine's API is reached. */
export type Endpoint =
  | { readonly kind: 'unix'; readonly path: string }
  | { readonly kind: 'npipe'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'tls'; readonly host: string; readonly port: number; readonly files: TlsFiles }
  | {
      readonly kind: 'ssh'
      readonly host: string
      readonly port?: number
      readonly user?: string
      /** Private key files to try, before those of the SSH configuration. */
      readonly identityFiles?: readonly string[]
      /** Only `identityFiles` are tried: neither the agent's other keys nor those of the SSH configuration. */
      readonly identitiesOnly?: boolean
      /** The engine's socket on that host; /var/run/docker.sock where absent. */
      readonly socketPath?: string
    }
  /** There is no way in yet: the host is shown as unreachable with this reason, and is not knocked at. */
  | { readonly kind: 'none'; readonly reason: string }

/** A way in that was tried and failed. */
export interface FailedWay {
  readonly endpoint: Endpoint
  /** What happened and what to do about it, for a person. */
  readonly reason: string
}

/** The way in that is used, and those before it that failed. */
export interface WayIn {
  readonly endpoint: Endpoint
  readonly failed: readonly FailedWay[]
}

/** A machine as docker-machine wrote it down when it was made. What has changed on the host since then is not in it. */
export interface MachineRecord {
  readonly name: string
  /** For instance `generic` or `virtualbox`. */
  readonly driver: string
  /** The folder of the store, as a path on this machine. */
  readonly store: string
  /** Options of the engine besides those that docker-machine sets itself, for instance `cluster-store=etcd://…`. */
  readonly engineFlags: readonly string[]
  readonly engineLabels: readonly string[]
  /** Its part in a classic Swarm. */
  readonly swarm?: MachineSwarm
}

/** `HostOptions.SwarmOptions` of a machine that was made with `--swarm`. */
export interface MachineSwarm {
  /** Where the cluster's members find each other: equal for machines of one cluster. May hold a secret. */
  readonly discovery: string
  readonly isManager: boolean
  readonly isAgent: boolean
  /** The port of the manager's API; absent where the machine is no manager. */
  readonly managerPort?: number
}

export type SourceKind = 'settings' | 'context' | 'environment' | 'docker-machine' | 'local' | 'command-line'

/** One engine API and how to reach it, as a source found it. */
export interface Target {
  /** Stable over restarts: the source and the entry's name in it, for instance `settings:tolkewitz`. */
  readonly id: string
  /** The name its source gives it; the tree prefers the engine's own host name. */
  readonly name: string
  readonly endpoint: Endpoint
  /** Further ways in to the same engine, tried in order where `endpoint` fails. */
  readonly otherEndpoints?: readonly Endpoint[]
  readonly source: SourceKind
  /** What docker-machine's store says of the machine behind it. */
  readonly machine?: MachineRecord
  /** Known, but not to be connected to. */
  readonly isDisabled: boolean
}
