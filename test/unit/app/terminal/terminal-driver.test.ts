import { describe, expect, it } from 'vitest'
import { TerminalDriver } from '../../../../src/app/terminal/terminal-driver'
import { untranslated } from '../../../../src/app/translate'
import type { TerminalRequest } from '../../../../src/app/ui'
import { SwarmNetworksError } from '../../../../src/core/errors'
import type { TerminalSession } from '../../../../src/core/ports/terminal'
import { FakeSession } from './fake-session'

const size = { columns: 100, rows: 30 }

/** A driver over a session that opens at once, or as `open` says. */
function started(
  session: FakeSession,
  open: TerminalRequest['open'] = () => Promise.resolve(session),
  more: Partial<TerminalRequest> = {},
) {
  const shown: string[] = []
  const logged: string[] = []
  const timers: (() => void)[] = []
  let closes = 0
  const refuse = (message: string) => {
    throw new Error(`unexpected log: ${message}`)
  }
  const driver = new TerminalDriver(
    { title: 'web · tolkewitz', icon: 'terminal', banner: ['Shell in web'], open, ...more },
    {
      screen: { write: (text) => shown.push(text), close: () => closes++ },
      clock: { now: () => 0, after: (_ms, action) => (timers.push(action), { dispose: () => undefined }) },
      log: { debug: (message) => logged.push(message), info: refuse, warn: refuse, error: refuse },
      translate: untranslated,
    },
  )
  const done = driver.open(size)
  return {
    driver,
    done,
    timers,
    logged,
    screen: () => plain(shown.join('')),
    raw: () => shown.join(''),
    closes: () => closes,
  }
}

/** Without colours, which are checked where they matter. */
const plain = (text: string): string =>
  ['2', '31', '0'].reduce((rest, code) => rest.replaceAll(`\u001B[${code}m`, ''), text)

/** Lets everything that waits go on. */
const settle = () => new Promise((resolve) => setImmediate(resolve))

const ending = 'Enter closes this terminal, R opens it again.'

describe('a session with a terminal', () => {
  it('shows the banner, then the output as it is', async () => {
    const session = new FakeSession()
    const { done, screen } = started(session)
    session.say('/ # ls\r\n\u001B[1;34mbin\u001B[m\n')
    session.end(0)
    await done
    expect(screen()).toBe(
      `Shell in web\r\n/ # ls\r\n\u001B[1;34mbin\u001B[m\n\r\n[Process ended with status 0.] ${ending}\r\n`,
    )
  })

  it('joins characters that are split over chunks', async () => {
    const session = new FakeSession()
    const { done, screen } = started(session)
    for (const byte of new TextEncoder().encode('Grüße, 漢🙂')) session.say(Uint8Array.of(byte))
    session.end(0)
    await done
    expect(screen()).toContain('Grüße, 漢🙂')
  })

  it('shows a broken end of the output as a replacement character', async () => {
    const session = new FakeSession()
    const { done, screen } = started(session)
    session.say(Uint8Array.of(0x41, 0xc3))
    session.end(0)
    await done
    expect(screen()).toContain('A\uFFFD')
  })

  it('hands every key over, Ctrl+C too, and echoes nothing itself', async () => {
    const session = new FakeSession()
    const { driver, screen } = started(session)
    await settle()
    const before = screen()
    for (const key of ['l', '\u0003', '\u001B[A', '\u0010\u0011']) driver.type(key)
    expect(session.written).toEqual(['l', '\u0003', '\u001B[A', '\u0010\u0011'])
    expect(screen()).toBe(before)
  })

  it('hands over what was typed before it was open', async () => {
    const session = new FakeSession()
    const opened = deferred()
    const { driver } = started(session, () => opened.promise)
    driver.type('l')
    driver.type('s\r')
    opened.resolve(session)
    await settle()
    expect(session.written).toEqual(['ls\r'])
  })

  it('passes sizes on, also one that changed while it opened', async () => {
    const session = new FakeSession()
    const opened = deferred()
    const { driver } = started(session, () => opened.promise)
    driver.resize({ columns: 90, rows: 20 })
    opened.resolve(session)
    await settle()
    driver.resize({ columns: 70, rows: 10 })
    expect(session.sizes).toEqual([
      { columns: 90, rows: 20 },
      { columns: 70, rows: 10 },
    ])
  })

  it('goes on where a size is refused', async () => {
    const session = new FakeSession()
    session.resizeError = new SwarmNetworksError('conflict', 'Not running')
    const { driver, logged } = started(session)
    await settle()
    driver.resize({ columns: 1, rows: 1 })
    await settle()
    expect(logged).toEqual(['web · tolkewitz: the size was not taken: Not running.'])
  })

  it('waits after a flood of output before it reads on', async () => {
    const session = new FakeSession()
    const { timers } = started(session)
    for (let i = 0; i < 4; i++) session.say('y'.repeat(64 * 1024))
    await settle()
    expect(session.reads).toBe(2)
    expect(timers).toHaveLength(1)
    timers[0]!()
    await settle()
    expect(session.reads).toBeGreaterThan(2)
  })
})

describe('a session without a terminal', () => {
  it('shows line feeds as new lines, echoes what is typed and sends it by lines', async () => {
    const session = new FakeSession({ hasTty: false })
    const { driver, done, screen } = started(session)
    await settle()
    for (const key of ['h', 'x', '\u007F', 'i', '\r']) driver.type(key)
    session.say('you said hi\nbye\n')
    session.end(3)
    await done
    expect(session.written).toEqual(['hi\n'])
    expect(screen()).toContain('hx\b \bi\r\nyou said hi\r\nbye\r\n')
    expect(screen()).toContain('[Process ended with status 3.]')
  })

  it('says at Ctrl+C how to leave', async () => {
    const session = new FakeSession({ hasTty: false })
    const { driver, screen } = started(session)
    await settle()
    driver.type('\u0003')
    expect(session.written).toEqual([])
    expect(screen()).toContain('[Close this terminal to leave; the container goes on running.]')
  })
})

describe('a session whose input is closed', () => {
  it('says why and sends nothing', async () => {
    const session = new FakeSession({ inputClosedReason: 'The container was started without -i.' })
    const { driver, screen } = started(session)
    await settle()
    expect(screen()).toContain('The container was started without -i.\r\n')
    driver.type('x')
    expect(screen()).not.toContain('Close this terminal')
    driver.type('\u0003')
    expect(screen()).toContain('Close this terminal')
    expect(session.written).toEqual([])
  })
})

describe('leaving', () => {
  it('closes the session with the tab and says nothing more', async () => {
    const session = new FakeSession()
    const { driver, done, screen } = started(session)
    await settle()
    const before = screen()
    driver.close()
    session.say('late')
    await done
    expect(session.isClosed).toBe(true)
    expect(screen()).toBe(before)
  })

  it('cancels the opening at Ctrl+C', async () => {
    const { driver, done, screen } = started(new FakeSession(), (_size, signal) => untilAborted(signal))
    driver.type('\u0003')
    await done
    expect(screen()).toBe(`Shell in web\r\n\r\n[Cancelled.] ${ending}\r\n`)
  })

  it('closes a session that was opened in spite of the cancel', async () => {
    const session = new FakeSession()
    const opened = deferred()
    const { driver, done, screen } = started(session, () => opened.promise)
    driver.type('\u0003')
    opened.resolve(session)
    await done
    expect(session.isClosed).toBe(true)
    expect(screen()).toContain('[Cancelled.]')
  })

  it('cancels the opening when the tab is closed, without a word', async () => {
    let seen: AbortSignal | undefined
    const { driver, done, screen } = started(new FakeSession(), (_size, signal) => untilAborted((seen = signal)))
    driver.close()
    await done
    expect(seen?.aborted).toBe(true)
    expect(screen()).toBe('Shell in web\r\n')
  })

  it('tells a detach from an end', async () => {
    const session = new FakeSession()
    const { done, screen } = started(session)
    session.end(undefined)
    await done
    expect(screen()).toContain('[The connection ended; it did not stop the container.]')
  })

  it('says nothing of a container where the terminal is the host’s own', async () => {
    const session = new FakeSession()
    const { done, screen } = started(session, undefined, { isOnHost: true })
    session.end(undefined)
    await done
    expect(screen()).toContain('[The connection ended.]')
  })
})

describe('trouble', () => {
  const refused = new SwarmNetworksError('unreachable', 'Connection\u001B[2J refused', {
    host: 'tolkewitz',
    remedy: 'Start Docker.',
  })

  it('shows in red why it could not be opened and what to do, without control characters', async () => {
    const { done, raw } = started(new FakeSession(), () => Promise.reject(refused))
    await done
    expect(raw()).toContain('\u001B[31mtolkewitz: Connection refused. Start Docker.\u001B[0m\r\n')
    expect(plain(raw())).toContain(`[Not connected.] ${ending}`)
  })

  it('shows why the stream was lost', async () => {
    const session = new FakeSession()
    const { done, screen } = started(session)
    session.say('half a li')
    session.fail(refused)
    await done
    expect(screen()).toContain('half a li\r\ntolkewitz: Connection refused. Start Docker.\r\n')
    expect(session.isClosed).toBe(true)
  })
})

describe('after the end', () => {
  it('keeps the tab until Enter, whatever else is typed', async () => {
    const session = new FakeSession()
    const { driver, done, closes } = started(session)
    session.end(0)
    await done
    driver.type('x')
    driver.type('\u0003')
    driver.resize({ columns: 1, rows: 1 })
    expect(closes()).toBe(0)
    driver.type('\r')
    expect(closes()).toBe(1)
    expect(session.written).toEqual([])
  })

  it('opens again at R, with the size it has now', async () => {
    const sessions = [new FakeSession(), new FakeSession()]
    const asked: unknown[] = []
    let next = 0
    const { driver, done, screen } = started(sessions[0]!, (wanted) => {
      asked.push(wanted)
      return Promise.resolve(sessions[next++]!)
    })
    sessions[0]!.end(1)
    await done
    driver.resize({ columns: 60, rows: 20 })
    driver.type('r')
    sessions[1]!.say('again')
    await settle()
    expect(asked).toEqual([size, { columns: 60, rows: 20 }])
    expect(screen()).toContain('again')
  })
})

function untilAborted(signal: AbortSignal): Promise<TerminalSession> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new SwarmNetworksError('cancelled', 'Cancelled')))
  })
}

function deferred(): {
  readonly promise: Promise<TerminalSession>
  readonly resolve: (session: TerminalSession) => void
} {
  let resolve: (session: TerminalSession) => void = () => undefined
  const promise = new Promise<TerminalSession>((fulfil) => (resolve = fulfil))
  return { promise, resolve }
}
