import type { PickOptions } from '../../ui'

/** Numbers the questions of a form that has several. */
export class Wizard {
  readonly #title: string
  readonly #steps: number
  #step: number

  /** @param answered how many of the steps are behind already */
  constructor(title: string, steps: number, answered = 0) {
    this.#title = title
    this.#steps = steps
    this.#step = answered
  }

  next(placeholder: string): PickOptions {
    this.#step += 1
    return this.again(placeholder)
  }

  /** The same step asked again. */
  again(placeholder: string): PickOptions {
    return { title: this.#title, placeholder, step: this.#step, steps: this.#steps }
  }
}
