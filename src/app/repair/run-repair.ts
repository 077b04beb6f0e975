import { describeError } from '../../core/errors'
import { hostNames } from '../../core/repair/describe-plan'
import type { RepairPlan } from '../../core/repair/plan'
import type { RepairProgress } from '../../core/repair/record'
import type { CommandContext } from '../commands/command'
import { RepairHosts } from './repair-hosts'
import { RepairRunner, type RepairResult } from './repair-runner'
import type { RunScreen } from './run-screen'
import { runInTerminal } from './run-terminal'

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
  return runInTerminal(context, {
    title: job.kind === 'repair' ? `Repair ${where}` : `Undo at ${where}`,
    transcript: `repair-${where}`,
    work: async (screen) => {
      const result = await run(context, job, screen)
      context.log.info(`${where}: ${titleOf(job)}: ${result}`)
      return result
    },
    isDone: (result) => result === 'done' || result === 'undone',
  })
}

async function run(context: CommandContext, job: RepairJob, screen: RunScreen): Promise<RepairResult> {
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
