import type { TlsFiles } from './target'

/** One entry of the setting `swarmNetworks.hosts`. It never holds a secret: only paths of keys and certificates. */
export interface HostSetting {
  readonly name: string
  /** `unix://`, `npipe://`, `tcp://` or `ssh://`. */
  readonly url: string
  /** With it, a `tcp://` URL is spoken over TLS. */
  readonly tls?: TlsFiles
  /** A private key file, for `ssh://`. */
  readonly identityFile?: string
  readonly isDisabled?: boolean
}
