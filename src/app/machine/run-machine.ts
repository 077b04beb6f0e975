import { SwarmNetworksError, describeError } from '../../core/errors'
import { machineArguments, type MachineAction } from '../../core/machine/machine-action'
import { diagnoseMachineOutput, type MachineFinding } from '../../core/machine/machine-failures'
import type { MachineRecord } from '../../core/model/target'
import { shellQuote } from '../../core/text/shell-quote'
import type { CommandContext } from '../commands/command'
import { ProgramSession } from './program-session'

/** How a run of docker-machine ended. `failed` may have a finding: what its output came to. */
export type MachineOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly why: string; readonly finding?: MachineFinding }

/** The command line, as it is shown before it runs and in the terminal. */
export function machineCommandLine(program: string, action: MachineAction, machine: MachineRecord): string {
  return shellQuote([program, ...machineArguments(action, machine)])
}

/**
 * Runs docker-machine for one machine in a terminal, and resolves when it has ended, whichever way. The user has agreed
 * before.
 */
export function runMachine(
  context: CommandContext,
  action: MachineAction,
  machine: MachineRecord,
): Promise<MachineOutcome> {
  const { ui, log, settings } = context
  const program = settings.dockerMachinePath
  return new Promise((resolve) => {
    const session = new ProgramSession()
    ui.openTerminal({
      title: `docker-machine: ${machine.name}`,
      icon: 'vm',
      banner: [`$ ${machineCommandLine(program, action, machine)}`, 'Ctrl+C stops it.'],
      isOnHost: true,
      atEnd: {
        hint: 'T saves the transcript.',
        onKey: (key) => {
          if (key.toLowerCase() === 't') saveTranscript(context, machine.name, session.text)
        },
      },
      open: () => {
        void run(context, { program, args: machineArguments(action, machine) }, session).then((outcome) => {
          log.info(`docker-machine ${action} ${machine.name}: ${outcome.kind}`)
          if (outcome.kind === 'failed') session.say(outcome.finding?.remedy ?? outcome.why)
          session.end(outcome.kind === 'done' ? 0 : 1)
          resolve(outcome)
        })
        return Promise.resolve(session)
      },
    })
  })
}

/** An error of starting docker-machine, with what to do about it. */
export function explainMissing(error: SwarmNetworksError): SwarmNetworksError {
  return error.changed({
    remedy: 'Install docker-machine, or name it in the setting swarmNetworks.dockerMachinePath.',
  })
}

/** What a run that nobody stopped came to, by its exit status and what it wrote. */
export function outcomeOf(status: number | undefined, text: string): MachineOutcome {
  const finding = diagnoseMachineOutput(text)
  // `create` has been seen to end with 0 after a conflict (docker-machine 0.16): what it said counts, too.
  if (status === 0 && finding?.cause !== 'machine-swarm-agent-conflict') return { kind: 'done' }
  const why = `docker-machine ended with status ${status ?? 'of a signal'}`
  return { kind: 'failed', why, ...(finding && { finding }) }
}

async function run(
  { programs }: CommandContext,
  command: { readonly program: string; readonly args: readonly string[] },
  session: ProgramSession,
): Promise<MachineOutcome> {
  try {
    const status = await session.follow(await programs.start(command))
    if (session.isStopped) return { kind: 'stopped' }
    return outcomeOf(status, session.text)
  } catch (error) {
    if (!SwarmNetworksError.is(error)) throw error
    return { kind: 'failed', why: describeError(explainMissing(error)) }
  }
}

function saveTranscript({ ui, log }: CommandContext, name: string, content: string): void {
  ui.saveText({ name: `docker-machine-${name}.txt`, content }).catch((error: unknown) => {
    log.error(`The transcript was not saved: ${describeError(error)}`)
  })
}
