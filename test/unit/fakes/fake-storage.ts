import type { KeyValueStore } from '../../../src/app/repair/repair-memory'

/** Keeps values as JSON, as the editor's storage does. */
export class FakeStorage implements KeyValueStore {
  readonly #values = new Map<string, string>()

  get(key: string): unknown {
    const value = this.#values.get(key)
    return value === undefined ? undefined : JSON.parse(value)
  }

  update(key: string, value: unknown): Promise<void> {
    this.#values.set(key, JSON.stringify(value))
    return Promise.resolve()
  }
}
