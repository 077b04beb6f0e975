import type { ConnectionPrompts } from '../src/core/ports/environment'

/** Nobody is there to ask. */
export const noPrompts: ConnectionPrompts = {
  confirmHostKey: () => Promise.resolve(false),
  askPassphrase: () => Promise.resolve(undefined),
  askPassword: () => Promise.resolve(undefined),
  answerQuestions: () => Promise.resolve(undefined),
}
