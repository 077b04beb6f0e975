import type { RepairSession } from '../../../../src/app/repair/repair-session'

/** What a person presses at each question, one after the other. */
export function pressing(screen: RepairSession, ...keys: readonly string[]): void {
  const left = [...keys]
  const ask = screen.ask.bind(screen)
  screen.ask = (question) => {
    const answer = ask(question)
    const key = left.shift()
    if (key === undefined) throw new Error(`Nobody expected to be asked:\n${screen.transcript}`)
    screen.write(key)
    return answer
  }
}
