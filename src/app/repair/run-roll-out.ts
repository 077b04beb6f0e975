import { describeError } from '../../core/errors'
import { count, enumerate } from '../../core/text/count'
import type { CommandContext } from '../commands/command'
import { examineHost } from '../examine-host'
import { RepairHosts } from './repair-hosts'
import { RollOutRunner, type HostOutcome, type RollOutEntry } from './roll-out-runner'
import type { RunScreen } from './run-screen'
import { runInTerminal } from './run-terminal'
import { swarmManagers } from './swarm-managers'

/** Repairs several hosts, one after the other, in one terminal. The user has seen every plan and agreed before. */
export function runRollOut(context: CommandContext, entries: readonly RollOutEntry[]): Promise<readonly HostOutcome[]> {
  const names = entries.map(({ hostName }) => hostName)
  return runInTerminal(context, {
    title: `Repair ${count(names.length, 'host')}: ${enumerate(names)}`,
    transcript: `repair-of-${names.length}-hosts`,
    work: async (screen) => {
      const outcomes = await run(context, entries, screen)
      context.log.info(`Repair: ${names.map((name, index) => `${name} ${outcomes[index] ?? ''}`).join(', ')}`)
      return outcomes
    },
    isDone: (outcomes) => outcomes.every((outcome) => outcome === 'done'),
  })
}

async function run(
  context: CommandContext,
  entries: readonly RollOutEntry[],
  screen: RunScreen,
): Promise<readonly HostOutcome[]> {
  const hosts = new RepairHosts(context)
  const { fleet } = context
  const runner = new RollOutRunner({
    ...{ ...context, hosts, screen, memory: context.repairs },
    examine: async (host, signal) => {
      const examination = await examineHost(context, host, { signal, mayAsk: true })
      context.examinations.set(examination)
      return examination
    },
    managers: (hostId, signal) => swarmManagers(fleet, hostId, signal),
    refresh: (hostId) => fleet.refresh(hostId),
  })
  try {
    return await runner.run(entries)
  } catch (error) {
    context.log.error(`The repair of several hosts: ${describeError(error)}`)
    screen.say('bad', describeError(error))
    return entries.map(() => 'left')
  } finally {
    hosts.dispose()
  }
}
