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
      /** The engine's socket on that host; /var/run/docker.sock where absent. */
      readonly socketPath?: string
    }

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
  /** Known, but not to be connected to. */
  readonly isDisabled: boolean
}
