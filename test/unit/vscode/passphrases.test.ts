import { describe, expect, it } from 'vitest'
import { Passphrases, type PassphraseAnswer } from '../../../src/vscode/passphrases'

const key = '/home/ada/.ssh/id_ed25519'

/** One window after the other over the same storage; each answer is for one question. */
function storage() {
  const stored = new Map<string, string>()
  let questions = 0
  const window = () => {
    const passphrases = new Passphrases({
      get: (name) => Promise.resolve(stored.get(name)),
      store: (name, value) => Promise.resolve(void stored.set(name, value)),
      delete: (name) => Promise.resolve(void stored.delete(name)),
    })
    return (answer: PassphraseAnswer | undefined, keyFile = key) =>
      passphrases.get(keyFile, () => {
        questions++
        return Promise.resolve(answer)
      })
  }
  return { window, stored, questions: () => questions }
}

const once = { passphrase: 'rose', remember: false }
const forGood = { passphrase: 'rose', remember: true }

describe('Passphrases', () => {
  it('gives what the user says and keeps nothing that should not be remembered', async () => {
    const { window, stored } = storage()
    expect(await window()(once)).toBe('rose')
    expect([...stored]).toEqual([])
  })

  it('asks no more in the next window for what was remembered', async () => {
    const { window, questions } = storage()
    await window()(forGood)
    expect(await window()(undefined)).toBe('rose')
    expect(questions()).toBe(1)
  })

  it('keeps the passphrases of files apart', async () => {
    const { window } = storage()
    const ask = window()
    await ask(forGood)
    expect(await ask({ passphrase: 'lily', remember: true }, '/other')).toBe('lily')
  })

  it('forgets a remembered one that did not open its key', async () => {
    const { window, stored } = storage()
    await window()(forGood)
    const ask = window()
    await ask(undefined)
    expect(await ask({ passphrase: 'lily', remember: true })).toBe('lily')
    expect([...stored.values()]).toEqual(['lily'])
  })

  it('forgets a wrong one that was just given', async () => {
    const { window, stored } = storage()
    const ask = window()
    await ask(forGood)
    expect(await ask(undefined)).toBeUndefined()
    expect([...stored]).toEqual([])
  })

  it('asks again after a question that was not answered', async () => {
    const { window, questions } = storage()
    const ask = window()
    expect(await ask(undefined)).toBeUndefined()
    expect(await ask(once)).toBe('rose')
    expect(questions()).toBe(2)
  })
})
