import { beforeEach, describe, expect, it } from 'vitest'
import { RootAccess } from '../../../../src/app/root/root-access'
import type { RootLogin } from '../../../../src/core/ports/environment'
import { unreadPassword } from '../../../../src/core/repair/as-root'
import { aHost } from '../../builders'
import { FakeShells, type RunCommand } from '../../fakes/fake-shells'

const { signal } = new AbortController()
const refused = {
  code: 1,
  stderr: 'Sorry, try again.\nsudo: no password was provided\nsudo: 1 incorrect password attempt',
}
const listing = { command: ['ls', '/root'], deadlineMs: 1_000 }

let shells: FakeShells
let asked: RootLogin[]
let passwords: string[]
let root: RootAccess

beforeEach(() => {
  shells = new FakeShells()
  shells.user = 'ada'
  asked = []
  passwords = []
  root = new RootAccess({
    askRootPassword: (login) => {
      asked.push(login)
      return Promise.resolve(passwords.shift())
    },
  })
})

/** sudo as it behaves where `password` is right, and asks for none where there is none. */
function sudoWants(password: string | undefined) {
  shells.answer = ({ command, input }: RunCommand) => {
    if (!command.includes('sudo')) return {}
    if (password === undefined) return input?.includes('begins here') === true ? { code: unreadPassword } : {}
    if (command.includes('-n')) return { code: 1, stderr: 'sudo: a password is required' }
    return input?.split('\n')[0] === password ? {} : refused
  }
}

const aShell = () => shells.openShell(aHost('tolkewitz').target!, signal)
const failure = (call: Promise<unknown>) => call.catch((error: unknown) => error)

describe('root', () => {
  it('is who logs in as root, without a question to the host', async () => {
    shells.user = 'root'
    await (await root.open(await aShell(), signal)).run(listing, signal)
    expect(shells.commands.map(({ command }) => command)).toEqual([['ls', '/root']])
  })

  it('is reached by a sudo that asks for nothing', async () => {
    sudoWants(undefined)
    await (await root.open(await aShell(), signal)).run(listing, signal)
    expect(shells.commands.at(-1)?.command.slice(0, 2)).toEqual(['sudo', '-n'])
    expect(asked).toEqual([])
  })

  it('is reached by a password, which is asked for once in the life of the window', async () => {
    sudoWants('rose')
    passwords = ['rose']
    for (let i = 0; i < 2; i++) await (await root.open(await aShell(), signal)).run(listing, signal)
    expect(shells.commands.at(-1)?.command.slice(-2)).toEqual(['ls', '/root'])
    expect(asked).toEqual([{ user: 'ada', host: 'tolkewitz', attempt: 1 }])
  })

  it('is asked for again where the password was wrong, three times at most', async () => {
    sudoWants('rose')
    passwords = ['lily', 'rose']
    await root.open(await aShell(), signal)
    expect(asked.map(({ attempt }) => attempt)).toEqual([1, 2])
    sudoWants('another one')
    passwords = ['a', 'b', 'c', 'd']
    expect(await failure(root.open(await aShell(), signal))).toMatchObject({
      code: 'permission-denied',
      host: 'tolkewitz',
    })
    expect(passwords).toEqual(['d'])
  })

  it('is given up where nobody answers', async () => {
    sudoWants('rose')
    expect(await failure(root.open(await aShell(), signal))).toMatchObject({ code: 'cancelled' })
  })

  it.each([
    { code: 127, stderr: 'env: sudo: No such file or directory' },
    { code: 1, stderr: 'sudo: sorry, you must have a tty to run sudo' },
  ])('is not asked for a password that would not help: $stderr', async (answer) => {
    shells.answer = () => answer
    expect(await failure(root.open(await aShell(), signal))).toMatchObject({ code: 'permission-denied' })
    expect(asked).toEqual([])
  })

  it('says who is not among the sudoers, once that is known', async () => {
    shells.answer = ({ command }) =>
      command.includes('-n')
        ? { code: 1, stderr: 'sudo: a password is required' }
        : { code: 1, stderr: 'ada is not in the sudoers file.' }
    passwords = ['rose', 'rose']
    const error = await failure(root.open(await aShell(), signal))
    expect(String(error)).toContain('ada cannot become root: sudo does not let this user')
    expect(passwords).toEqual(['rose'])
  })

  it('never sends the password to a command that would read it', async () => {
    sudoWants('rose')
    passwords = ['rose']
    const shell = await root.open(await aShell(), signal)
    sudoWants(undefined)
    await shell.run({ ...listing, input: 'text' }, signal)
    expect(shells.commands.at(-1)).toMatchObject({ input: 'text' })
  })

  it('is opened quietly only where nobody has to be asked', async () => {
    sudoWants('rose')
    expect(await root.openQuietly(await aShell(), signal)).toBeUndefined()
    sudoWants(undefined)
    expect(await root.openQuietly(await aShell(), signal)).toBeDefined()
    expect(asked).toEqual([])
  })
})
