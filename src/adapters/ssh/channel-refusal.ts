/** The reason that a host gives for not opening a channel (RFC 4254, 5.1). */
export type ChannelRefusal = 'prohibited' | 'connect-failed' | 'unknown-type' | 'resource-shortage'

const refusals: readonly (ChannelRefusal | undefined)[] = [
  undefined,
  'prohibited',
  'connect-failed',
  'unknown-type',
  'resource-shortage',
]

/** The reason in an error of ssh2, or undefined for another failure. */
export function refusalOf(error: unknown): ChannelRefusal | undefined {
  return error instanceof Error && 'reason' in error && typeof error.reason === 'number'
    ? refusals[error.reason]
    : undefined
}

/** The reason in the cause of one of our errors. */
export function channelRefusal(error: unknown): ChannelRefusal | undefined {
  return error instanceof Error ? refusalOf(error.cause) : undefined
}
