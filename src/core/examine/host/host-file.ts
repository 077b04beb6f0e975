/** A text file of the host. */
export interface HostFile {
  readonly path: string
  readonly text: string
  /** Whether `text` is the whole file, as it is: neither cut nor with a password taken out. Only then may it be written back. */
  readonly isWhole: boolean
  /** Milliseconds since the epoch, by the host’s clock. */
  readonly modifiedAt?: number
}
