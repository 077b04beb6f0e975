import type { Choice, StopKind } from '../../core/repair/run-state'

/** Where a run shows itself, and who decides where it stops. */
export interface RunScreen {
  /** A line of our own. */
  say(style: SayStyle, text: string): void
  /** What a command writes, as it comes. */
  show(text: string): void
  /** Asks what to do where a run stands still. Closing whatever shows it means `leave`. */
  ask(question: RunQuestion): Promise<Choice>
  /** Aborted once the person wants to stop what goes on; until the next question. */
  interrupt(): AbortSignal
}

export type SayStyle = 'title' | 'step' | 'command' | 'note' | 'good' | 'bad'

export interface RunQuestion {
  readonly hostId: string
  readonly stop: StopKind
  readonly choices: readonly Choice[]
}
