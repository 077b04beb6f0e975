import type { TestSubject } from './test-subject'

/** Where the states of tests go while they run. A state that is told again replaces the one before. */
export interface RunView {
  /** A subject whose parts are told of one by one, which should be seen. */
  expand(subject: TestSubject): void
  enqueued(subject: TestSubject): void
  started(subject: TestSubject): void
  /** @param ms how long it took, where that was measured */
  passed(subject: TestSubject, ms?: number): void
  /** @param messages Markdown; none while the cause is still being looked for */
  failed(subject: TestSubject, messages: readonly string[], ms?: number): void
  skipped(subject: TestSubject): void
  /** One line for the run's output. */
  output(line: string, subject?: TestSubject): void
}
