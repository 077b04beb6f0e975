import { Command, CommanderError } from 'commander'
import { SwarmNetworksError } from '../core/errors'
import type { Clock } from '../core/ports/environment'
import type { HostShells } from '../core/ports/host-shell'
import { loadContract, testContract } from './contract-command'
import { checkHosts, type CheckOptions } from './check-command'
import { addCreateCommands } from './create-commands'
import { examineHosts } from './examine-command'
import { addHostOptions, collect, type HostOptions } from './host-options'
import { listContainers, listHosts, listNetworks, listServices } from './list-commands'
import {
  reportFailure,
  settle,
  type CliIo,
  type ExitStatus,
  type OpenFleet,
  type Perform,
  type Session,
} from './session'
import { testNetwork, type TestOptions } from './test-command'

/** What the command line needs from its composition root. */
export interface CliContext {
  readonly openFleet: OpenFleet
  readonly shells: HostShells
  readonly clock: Clock
  readonly io: CliIo
  /** Aborts when the user presses Ctrl+C. */
  readonly signal: AbortSignal
  readonly isColored: boolean
  readonly version: string
}

/**
 * Parses the arguments (without `node` and the script) and does what they say.
 *
 * @returns the exit status: 0 done or all reachable, 1 something is not reachable, 2 it could not be done or tested
 */
export async function runCli(args: readonly string[], context: CliContext): Promise<ExitStatus> {
  let status: ExitStatus = 0
  const perform: Perform = async (options, work) => {
    const service = context.openFleet(options)
    try {
      const session: Session = {
        service,
        shells: context.shells,
        io: context.io,
        signal: context.signal,
        isJson: options.json === true,
      }
      service.start()
      await settle(session, options.timeout)
      status = await work(session)
    } finally {
      service.dispose()
    }
  }
  const program = buildProgram(context, perform)
  try {
    await program.parseAsync([...args], { from: 'user' })
    return status
  } catch (error) {
    // Help and version are exits too; commander has printed them.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    reportFailure(error, context.io)
    return 2
  }
}

function buildProgram(context: CliContext, perform: Perform): Command {
  const program = new Command('swarm-networks')
    .description('Docker hosts, overlay networks and containers of a swarm; connectivity tests with a diagnosis.')
    .version(context.version)
    // An option behind a subcommand's name is the subcommand's.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ writeOut: writer(context.io.out), writeErr: writer(context.io.err) })
    .addHelpText(
      'after',
      '\nWithout --host, --context and --machine: DOCKER_HOST, the Docker contexts, docker-machine’s machines, and the local socket.',
    )
  addLists(program, perform)
  addCreateCommands(program, perform)
  addTest(program, { context, perform })
  addCheck(program, { context, perform })
  addExamine(program, { context, perform })
  return program
}

/** Commander ends its texts with a line end; `CliIo` adds one. */
function writer(write: (text: string) => void): (text: string) => void {
  return (text) => write(text.replace(/\n$/, ''))
}

function addLists(program: Command, perform: Perform): void {
  const lists = [
    ['hosts', 'every host, with its state and role', listHosts],
    ['networks', 'every network, merged over the hosts, with its members', listNetworks],
    ['containers', 'every container, with its host and addresses', listContainers],
    ['services', 'every service of the swarm, with its tasks and why they do not run', listServices],
  ] as const
  for (const [name, description, list] of lists) {
    addHostOptions(program.command(name).description(description)).action((options: HostOptions) =>
      perform(options, (session) => {
        list(session)
        return 0
      }),
    )
  }
}

function addExamine(program: Command, { context, perform }: { context: CliContext; perform: Perform }): void {
  addHostOptions(
    program
      .command('examine <host...>')
      .description('look at hosts over SSH for what keeps their engines from running; changes nothing'),
  )
    .addHelpText('after', '\nExit status: 0 nothing found, 1 something found, 2 a host could not be examined.')
    .action((hosts: readonly string[], options: HostOptions) =>
      perform(options, (session) => examineHosts(session, hosts, context.clock)),
    )
}

function addCheck(program: Command, { context, perform }: { context: CliContext; perform: Perform }): void {
  addHostOptions(
    program
      .command('check [network]')
      .description('check what the hosts of an overlay network owe each other: ports, peers, MTU, addresses, clocks'),
  )
    .option('--markdown <file>', 'write a Markdown report')
    .option('--helper-image <image>', 'look from this image, which the hosts have already')
    .option('--no-helper', 'run no helper on the hosts: what only they see is not tested')
    .addHelpText(
      'after',
      '\nExit status: 0 nothing is wrong; 1 a check failed or something was found; 2 a host could not be asked.',
    )
    .action((network: string | undefined, options: HostOptions & CheckOptions) =>
      perform(options, (session) => checkHosts(session, network, { clock: context.clock, options })),
    )
}

function addTest(program: Command, { context, perform }: { context: CliContext; perform: Perform }): void {
  addHostOptions(
    program
      .command('test [network]')
      .description('test that the containers on a network reach each other, or that a contract holds'),
  )
    .option('--contract <file>', 'test who must and must not reach whom, as this file says (docs/contract.md)')
    .option('--from <container>', 'only from this container: its name, HOST/NAME or ID')
    .option('--to <container>', 'only to this container (repeatable)', collect, [])
    .option('--junit <file>', 'write a JUnit report')
    .option('--markdown <file>', 'write a Markdown report')
    .option('--helper-image <image>', 'ask containers without tools from this image, which their host has already')
    .option('--no-helper', 'do not test from containers whose image has no shell or no tools')
    .option('--no-host-checks', 'where something fails, do not ask the hosts about each other')
    .addHelpText(
      'after',
      '\nExit status: 0 all reachable, or every line of the contract holds; 1 something is not; 2 could not be tested.',
    )
    .action(async (network: string | undefined, options: HostOptions & TestOptions) => {
      const how = { clock: context.clock, options, isColored: context.isColored }
      if (options.contract === undefined) {
        if (network === undefined) throw nothingToTest()
        await perform(options, (session) => testNetwork(session, network, how))
      } else {
        if (network !== undefined || options.from !== undefined || options.to.length > 0) throw twoTests()
        const contract = await loadContract(options.contract, { io: context.io, isJson: options.json === true })
        await perform(options, (session) => testContract(session, contract, how))
      }
    })
}

function nothingToTest(): SwarmNetworksError {
  return new SwarmNetworksError('invalid-input', 'Nothing to test is named', {
    remedy: 'Name a network, or a contract with --contract FILE.',
  })
}

function twoTests(): SwarmNetworksError {
  return new SwarmNetworksError('invalid-input', 'A contract says itself who is tested', {
    remedy: 'Leave out the network, --from and --to, or leave out --contract.',
  })
}
