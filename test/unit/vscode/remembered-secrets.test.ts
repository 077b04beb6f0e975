import { describe, expect, it } from 'vitest'
import { RememberedSecrets, type SecretAnswer } from '../../../src/vscode/remembered-secrets'

const key = 'passphrase:/home/ada/.ssh/id_ed25519'

/** One window after the other over the same storage; each answer is for one question. */
function storage() {
  const stored = new Map<string, string>()
  let questions = 0
  const window = () => {
    const secrets = new RememberedSecrets({
      get: (name) => Promise.resolve(stored.get(name)),
      store: (name, value) => Promise.resolve(void stored.set(name, value)),
      delete: (name) => Promise.resolve(void stored.delete(name)),
    })
    return (answer: SecretAnswer | undefined, name = key) =>
      secrets.get(name, () => {
        questions++
        return Promise.resolve(answer)
      })
  }
  return { window, stored, questions: () => questions }
}

const once = { secret: 'rose', remember: false }
const forGood = { secret: 'rose', remember: true }

describe('RememberedSecrets', () => {
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

  it('keeps what is for one thing from another', async () => {
    const { window } = storage()
    const ask = window()
    await ask(forGood)
    expect(await ask({ secret: 'lily', remember: true }, 'password:ada@tolkewitz:22')).toBe('lily')
  })

  it('forgets a remembered one that did not open its key', async () => {
    const { window, stored } = storage()
    await window()(forGood)
    const ask = window()
    await ask(undefined)
    expect(await ask({ secret: 'lily', remember: true })).toBe('lily')
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
