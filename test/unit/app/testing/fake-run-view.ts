import type { RunView } from '../../../../src/app/testing/run-view'
import type { TestSubject } from '../../../../src/app/testing/test-subject'
import { anId } from '../../builders'

const names = new Map(['web', 'shell1', 'shell2'].map((name) => [anId(name), name]))

/** `gnswarm`, `gnswarm/web`, `gnswarm/web/shell1`: by names instead of ids. */
export function nameOf(subject: TestSubject): string {
  const name = ({ containerId }: { readonly containerId: string }) => names.get(containerId) ?? containerId
  if (subject.kind === 'network') return 'network'
  return subject.kind === 'source' ? name(subject.from) : `${name(subject.from)}→${name(subject.to)}`
}

/** Keeps what was told, and the last state of each subject. */
export class FakeRunView implements RunView {
  readonly told: string[] = []
  readonly states = new Map<string, string>()
  readonly messages = new Map<string, readonly string[]>()
  readonly lines: string[] = []

  expand(): void {
    this.told.push('expand')
  }

  enqueued(subject: TestSubject): void {
    this.#note(subject, 'enqueued')
  }

  started(subject: TestSubject): void {
    this.#note(subject, 'started')
  }

  passed(subject: TestSubject): void {
    this.#note(subject, 'passed')
  }

  failed(subject: TestSubject, messages: readonly string[]): void {
    this.#note(subject, 'failed')
    this.messages.set(nameOf(subject), [...(this.messages.get(nameOf(subject)) ?? []), ...messages])
  }

  skipped(subject: TestSubject): void {
    this.#note(subject, 'skipped')
  }

  output(line: string): void {
    this.lines.push(line)
  }

  #note(subject: TestSubject, state: string): void {
    this.told.push(`${nameOf(subject)} ${state}`)
    this.states.set(nameOf(subject), state)
  }
}
