/**
 * What an engine wrote into its log of its gossip. Every second it asks one of the others by UDP, and where no answer comes,
 * neither to itself nor to others that it has ask in its place, it asks by TCP and writes that down (memberlist, `probeNode`;
 * seen with Docker 20.10 and 26.1).
 */
export interface ProbeReading {
  /** For how many seconds back the log tells: as long as it was asked for, or since the engine was started. */
  readonly seconds: number
  /** Each time that a host answered by TCP alone, the newest last. */
  readonly fallbacks: readonly ProbeFallback[]
}

export interface ProbeFallback {
  /** By which the others know the host; empty where nothing tells whose name the log has. */
  readonly address: string
  readonly secondsAgo: number
  /** As the log has it. */
  readonly words: string
}
