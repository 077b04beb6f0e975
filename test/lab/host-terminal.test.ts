import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createConnector, type OwnedConnector } from '../../src/adapters/create-connector'
import { thisMachine } from '../../src/adapters/sources/local-machine'
import { systemClock } from '../../src/adapters/system-clock'
import type { Target } from '../../src/core/model/target'
import type { TerminalSession } from '../../src/core/ports/terminal'
import { noPrompts } from '../no-prompts'
import { makeHome } from './home'
import { openLab, type Lab } from './lab'
import type { LabUser } from './machines/machine'

const quiet = () => undefined
const live = () => AbortSignal.timeout(20_000)
const size = { columns: 91, rows: 23 }

let lab: Lab
let home: string
let connector: OwnedConnector

beforeAll(async () => {
  lab = await openLab()
  await lab.heal()
  home = await makeHome(lab)
  connector = createConnector({
    machine: { ...thisMachine(), env: {}, home },
    clock: systemClock,
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    prompts: noPrompts,
  })
})

afterAll(async () => {
  connector.dispose()
  await rm(home, { recursive: true })
})

function targetOf(name: string, user: LabUser): Target {
  const { address } = lab.machine(name)
  const endpoint = { kind: 'ssh', host: address, user, identityFiles: [lab.description.sshKey] } as const
  return { id: `settings:${name}`, name, endpoint, source: 'settings', isDisabled: false }
}

/** A terminal as a person has it: what is typed, and what stands on the screen. */
async function sitAt(name: string, user: LabUser = 'root') {
  const session = await connector.openTerminal(targetOf(name, user), size, live())
  onTestFinished(() => session.close())
  let screen = ''
  const ended = read(session, (text) => (screen += text))
  const shows = (text: string | RegExp) => expect.poll(() => screen, { timeout: 10_000 }).toMatch(text)
  return { session, ended, shows, type: (line: string) => session.write(`${line}\r`) }
}

async function read(session: TerminalSession, show: (text: string) => void): Promise<void> {
  const decoder = new TextDecoder()
  for await (const chunk of session.output) show(decoder.decode(chunk, { stream: true }))
}

describe('a terminal on a host', () => {
  it('is a login shell on every generation: user, size, new size, Ctrl+C, status', async () => {
    for (const { name } of lab.machines) {
      const { session, ended, shows, type } = await sitAt(name, 'docker-user')
      type('echo "$(id -un)@$(hostname) $TERM $(stty size) $(shopt -q login_shell && echo login)"')
      await shows(`docker-user@${name} xterm-256color 23 91 login`)
      await session.resize({ columns: 120, rows: 40 })
      type('stty size')
      await shows(/40 120\r\n/)
      type('sleep 1h; echo not "reached"')
      await expect.poll(() => lab.machine(name).run("pgrep -fc '^sleep 1h' || true"), { timeout: 5_000 }).toMatch(/^1/)
      session.write('\u0003')
      type('echo "st"atus $?; exit 3')
      await shows('status 130')
      await ended
      expect(await session.exitCode()).toBe(3)
    }
  })

  it('needs no engine, and does not wake one that somebody stopped', async () => {
    const machine = lab.machine('lindenau')
    onTestFinished(() => machine.faults.startDockerService())
    await machine.run('systemctl stop docker.service')
    const { session, ended, shows, type } = await sitAt('lindenau')
    type('systemctl is-active docker.service docker.socket; exit')
    await shows(/inactive\r\nactive/)
    await ended
    expect(await session.exitCode()).toBeDefined()
    expect((await machine.exec('systemctl is-active docker.service')).stdout.trim()).toBe('inactive')
  })

  it('is hung up when it is closed', async () => {
    const machine = lab.machine('miltitz')
    const { session, ended, shows, type } = await sitAt('miltitz')
    type('echo be"gin"; exec sleep 4711')
    await shows('begin')
    await expect.poll(() => machine.run("pgrep -fc '^sleep 4711' || true"), { timeout: 5_000 }).toMatch(/^1/)
    session.close()
    await ended
    await expect.poll(() => machine.run("pgrep -fc '^sleep 4711' || true"), { timeout: 5_000 }).toMatch(/^0/)
  })
})
