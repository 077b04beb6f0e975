import { describeError } from '../../core/errors'
import { hostNames } from '../../core/repair/describe-plan'
import type { RepairPlan } from '../../core/repair/plan'
import type { RepairProgress } from '../../core/repair/record'
import type { CommandContext } from '../commands/command'
import { atHost } from '../commands/shared/at-host'
import { findHost } from '../fleet-lookup'
import { RepairHosts } from './repair-hosts'
import { RepairRunner, type RepairResult } from './repair-runner'
import { RepairSession } from './repair-session'

/** What is run: a repair, or taking one back on some of its hosts. */
export type RepairJob =
  | { readonly kind: 'repair'; readonly plan: RepairPlan }
  | {
      readonly kind: 'undo'
      readonly progress: RepairProgress
      readonly hostName: string
    }

/**
 * Runs a repair in a terminal that is titled with its hosts, and resolves when it has ended, whichever way. The user has
 * seen the plan and agreed before.
 */
export function runRepair(context: CommandContext, job: RepairJob): Promise<RepairResult> {
  const where = job.kind === 'repair' ? hostNames(job.plan).join(', ') : job.hostName
  const session = new RepairSession((hostId) => openShellBeside(context, hostId))
  const { ui, log } = context
  return new Promise((resolve) => {
    ui.openTerminal({
      title: job.kind === 'repair' ? `Repair ${where}` : `Undo at ${where}`,
      icon: 'tools',
      banner: ['Ctrl+C stops between and inside steps.'],
      atEnd: {
        hint: 'T saves the transcript.',
        onKey: (key) => {
          if (key.toLowerCase() === 't') saveTranscript(context, where, session.transcript)
        },
      },
      open: () => {
        void run(context, job, session).then((result) => {
          log.info(`${where}: ${titleOf(job)}: ${result}`)
          session.end(result === 'done' || result === 'undone' ? 0 : 1)
          resolve(result)
        })
        return Promise.resolve(session)
      },
    })
  })
}

/** A login shell on a host, in a terminal of its own beside that of the run. */
function openShellBeside(context: CommandContext, hostId: string): void {
  const host = findHost(context.fleet.fleet, hostId)
  const target = host?.sshTarget
  if (host === undefined || target === undefined) return
  context.ui.openTerminal({
    title: `SSH: ${host.name}`,
    icon: 'terminal-linux',
    isOnHost: true,
    banner: [`The repair in the other terminal waits for your choice.`],
    open: (size, signal) => atHost(host, () => context.shells.openTerminal(target, size, signal)),
  })
}

async function run(context: CommandContext, job: RepairJob, screen: RepairSession): Promise<RepairResult> {
  const hosts = new RepairHosts(context)
  try {
    const runner = new RepairRunner({ ...context, hosts, screen, memory: context.repairs })
    return job.kind === 'repair' ? await runner.repair(job.plan) : await runner.undo(job.progress)
  } catch (error) {
    context.log.error(`${titleOf(job)}: ${describeError(error)}`)
    screen.say('bad', describeError(error))
    return 'left'
  } finally {
    hosts.dispose()
  }
}

function titleOf(job: RepairJob): string {
  return job.kind === 'repair' ? job.plan.title : `Take back: ${job.progress.record.plan.title}`
}

function saveTranscript({ ui, log }: CommandContext, where: string, content: string): void {
  ui.saveText({ name: `repair-${where}.txt`, content }).catch((error: unknown) => {
    log.error(`The transcript was not saved: ${describeError(error)}`)
  })
}
