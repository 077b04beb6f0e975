import { SwarmNetworksError } from '../core/errors'
import { diagnoseHost } from '../core/examine/host/diagnose-host'
import type { Examination } from '../core/examine/host/examination'
import { firstFacts } from '../core/examine/host/first-facts'
import { joinLooks } from '../core/examine/host/join-looks'
import { parseSections, type Section } from '../core/examine/host/parse/sections'
import { firstLook, firstLookDeadlineMs } from '../core/examine/host/script/first-look'
import { secondLook, secondLookDeadlineMs } from '../core/examine/host/script/second-look'
import { secondQuestions } from '../core/examine/host/second-questions'
import type { Host } from '../core/model/host'
import type { CertificateReader } from '../core/ports/certificates'
import type { Clock } from '../core/ports/environment'
import type { HostCommandResult, HostShell, HostShells } from '../core/ports/host-shell'
import type { RootAccess, RootShell } from './root/root-access'

export interface ExaminerContext {
  readonly shells: HostShells
  readonly root: RootAccess
  readonly certificates: CertificateReader
  readonly clock: Clock
}

export interface ExamineOptions {
  readonly signal: AbortSignal
  /** Whether a password may be asked for, where sudo wants one. Who gives none gets what can be seen without. */
  readonly mayAsk: boolean
}

/** How much of one look's output is kept, in bytes: each part of it has a limit of its own, far below in sum. */
const mostBytes = 600_000

/**
 * Looks at a host over SSH, whether its engine runs or not, and says what is wrong there. Two commands, one after the
 * other, that only read; as root where that needs no question, or a question is allowed.
 *
 * @throws `unsupported` for a host without an SSH way in, or the error of the step of the connection that failed
 */
export async function examineHost(
  context: ExaminerContext,
  host: Pick<Host, 'id' | 'name' | 'target' | 'sshTarget'>,
  { signal, mayAsk }: ExamineOptions,
): Promise<Examination> {
  const target = host.sshTarget
  if (target === undefined)
    throw new SwarmNetworksError('unsupported', `No way in over SSH is known to ${host.name}`, {
      host: host.name,
      remedy: 'Add the host with an ssh:// URL; both ways then lead to one host.',
    })
  const ours = context.certificates.readOurs(host.target ?? target, signal)
  // Whoever waits for the shell first may never come to it.
  ours.catch(() => undefined)
  const shell = await context.shells.openShell(target, signal)
  try {
    const root = mayAsk ? await askedRoot(context.root, shell, signal) : await context.root.openQuietly(shell, signal)
    const look = new Look(shell, root, signal)
    const from = context.clock.now()
    const first = await look.run(firstLook, firstLookDeadlineMs)
    const to = context.clock.now()
    const isSudo = root !== undefined && shell.user !== 'root'
    const facts = firstFacts(first, { host: host.name, user: shell.user, isSudo, from, to })
    const questions = secondQuestions(facts)
    const second = await look.run((nonce) => secondLook(nonce, questions), secondLookDeadlineMs)
    const durationMs = context.clock.now() - from
    const joined = joinLooks(
      { first, second, facts, questions },
      { reader: context.certificates, ours: await ours, durationMs },
    )
    return { hostId: host.id, facts: joined, findings: diagnoseHost(joined, host.target ?? target) }
  } finally {
    shell.dispose()
  }
}

/** Root's commands, with a question where sudo wants a password; none where nobody answers, or no way leads there. */
async function askedRoot(access: RootAccess, shell: HostShell, signal: AbortSignal): Promise<RootShell | undefined> {
  try {
    return await access.open(shell, signal)
  } catch (error) {
    if (!signal.aborted && SwarmNetworksError.is(error, 'cancelled', 'permission-denied')) return undefined
    throw error
  }
}

/** Runs looks on one host. */
class Look {
  readonly #shell: HostShell | RootShell
  readonly #host: string
  readonly #signal: AbortSignal

  constructor(shell: HostShell, root: RootShell | undefined, signal: AbortSignal) {
    this.#shell = root ?? shell
    this.#host = shell.host
    this.#signal = signal
  }

  async run(command: (nonce: string) => readonly string[], deadlineMs: number): Promise<readonly Section[]> {
    const nonce = crypto.randomUUID()
    const result = await this.#shell.run({ command: command(nonce), deadlineMs, maxBytes: mostBytes }, this.#signal)
    const sections = parseSections(result.stdout, nonce)
    if (sections.length > 0) return sections
    throw new SwarmNetworksError('protocol', `${this.#host} did not run the examination: ${said(result)}`, {
      host: this.#host,
      remedy: 'It needs a POSIX shell (/bin/sh) for the user who logs in.',
    })
  }
}

function said({ code, stderr, stdout }: HostCommandResult): string {
  const text = stderr.trim() || stdout.trim()
  return text === '' ? `its shell ended with ${code ?? 'a signal'} and said nothing` : text.slice(0, 300)
}
