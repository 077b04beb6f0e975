import { MarkdownString, TestMessage, type TestItem, type TestRun } from 'vscode'
import type { RunView } from '../../app/testing/run-view'
import type { TestSubject } from '../../app/testing/test-subject'
import { fixableMessage } from '../../app/testing/testing-ids'
import type { TestItems } from './test-items'

/** Shows a run in the Testing view. What is gone by now has no item, and nothing is said of it. */
export class TestRunView implements RunView {
  readonly #run: TestRun
  readonly #items: TestItems

  constructor(run: TestRun, items: TestItems) {
    this.#run = run
    this.#items = items
  }

  expand(subject: TestSubject): void {
    this.#on(subject, (item) => this.#items.open(item))
  }

  enqueued(subject: TestSubject): void {
    this.#on(subject, (item) => this.#run.enqueued(item))
  }

  started(subject: TestSubject): void {
    this.#on(subject, (item) => this.#run.started(item))
  }

  passed(subject: TestSubject, ms?: number): void {
    this.#on(subject, (item) => this.#run.passed(item, ms))
  }

  failed(subject: TestSubject, messages: readonly string[], ms?: number): void {
    this.#on(subject, (item) => this.#run.failed(item, messages.map(messageOf), ms))
  }

  skipped(subject: TestSubject): void {
    this.#on(subject, (item) => this.#run.skipped(item))
  }

  output(line: string, subject?: TestSubject): void {
    // A terminal shows it: a line feed alone would not go back to the first column.
    this.#run.appendOutput(`${line}\r\n`, undefined, subject && this.#items.find(subject))
  }

  #on(subject: TestSubject, act: (item: TestItem) => void): void {
    const item = this.#items.find(subject)
    if (item !== undefined) act(item)
  }
}

/** Text from engines is in it, so nothing may run from it: no command links, no HTML. */
function messageOf(markdown: string): TestMessage {
  const text = new MarkdownString(markdown)
  text.isTrusted = false
  text.supportHtml = false
  const message = new TestMessage(text)
  message.contextValue = fixableMessage
  return message
}
