import { describeError } from '../../core/errors'
import { enumerate } from '../../core/text/count'
import type { CommandContext } from '../commands/command'
import { RepairHosts } from '../repair/repair-hosts'
import type { RunScreen } from '../repair/run-screen'
import { runInTerminal } from '../repair/run-terminal'
import { prepareRemoval } from './prepare-removal'
import { RebuildRunner, type RebuildEntry, type RebuildOutcome } from './rebuild-runner'

/** What is rebuilt now, and what was done of it before. */
export interface RebuildJob {
  readonly entries: readonly RebuildEntry[]
  readonly store: string
  /** Machines of the same rebuild that were done before it stopped. */
  readonly before: readonly string[]
}

/** Rebuilds machines in one terminal, and remembers how far it got. The user has seen the plan and agreed before. */
export function runRebuild(context: CommandContext, job: RebuildJob): Promise<readonly RebuildOutcome[]> {
  const names = job.entries.map(({ name }) => name)
  return runInTerminal(context, {
    title: `Rebuild Classic Swarm: ${enumerate(names)}`,
    transcript: 'rebuild-classic-swarm',
    work: async (screen) => {
      const outcomes = await run(context, job, screen)
      context.log.info(`Rebuild: ${names.map((name, index) => `${name} ${outcomes[index] ?? ''}`).join(', ')}`)
      return outcomes
    },
    isDone: (outcomes) => outcomes.every((outcome) => outcome === 'done'),
  })
}

async function run(
  context: CommandContext,
  { entries, store, before }: RebuildJob,
  screen: RunScreen,
): Promise<readonly RebuildOutcome[]> {
  const hosts = new RepairHosts(context)
  const machines = [...before, ...entries.map(({ name }) => name)]
  const runner = new RebuildRunner({
    ...{ ...context, hosts, screen, memory: context.repairs, program: context.settings.dockerMachinePath },
    prepare: async ({ host }, signal) => (await prepareRemoval(context, host, signal)).removal,
    onDone: async (names) => {
      for (const { host } of entries.filter(({ name }) => names.includes(name))) context.machineRuns.forget(host.id)
      await context.rebuilds.save({ store, machines, done: [...before, ...names] })
    },
  })
  try {
    return await runner.run(entries)
  } catch (error) {
    context.log.error(`The rebuild: ${describeError(error)}`)
    screen.say('bad', describeError(error))
    return entries.map(() => 'failed')
  } finally {
    hosts.dispose()
  }
}
