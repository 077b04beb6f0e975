import { Option, type Command } from 'commander'
import { SwarmNetworksError } from '../core/errors'
import { explainLink } from '../core/forms/link-option'
import { createNetwork, type CreateNetworkOptions } from './create-network'
import { addHostOptions, collect, type HostOptions } from './host-options'
import type { Perform } from './session'
import { runContainer, type RunOptions } from './run-container'

/** Adds `network create` and `run`. */
export function addCreateCommands(program: Command, perform: Perform): void {
  const network = program.command('network').description('work with networks')
  addHostOptions(network.command('create <name>').description('create an overlay network'))
    .option('--subnet <cidr>', 'for instance 10.10.0.0/24; otherwise the engine chooses one')
    .option('--gateway <address>', 'an address in the subnet')
    .option('--no-attachable', 'only for services, not for containers that are run by hand')
    .option('--encrypted', 'encrypt what goes between hosts (needs ESP between them)')
    .option('--internal', 'no way out of the network')
    .option('--mtu <bytes>', "the hosts' MTU; containers get 50 bytes less, 26 more less when encrypted")
    .option('--label <key=value>', 'a label (repeatable)', collect, [])
    .option('--strict', 'make nothing where there is a warning')
    .option('--no-host-check', 'do not look at the hosts’ routes and network cards')
    .action((name: string, options: HostOptions & CreateNetworkOptions) =>
      perform(options, (session) => createNetwork(session, name, options)),
    )

  addHostOptions(program.command('run <image> [command...]').description('run a container on a network'))
    .requiredOption('--name <name>', "the container's name")
    .requiredOption('--network <network>', 'the network: its name or ID')
    .option(
      '--on <host>',
      'the host: its name or address; needed where there is more than one, but for a classic Swarm',
    )
    .option(
      '--constraint <key==value>',
      'a classic Swarm’s node: node==NAME or a label, also != (repeatable)',
      collect,
      [],
    )
    .option('--affinity <key==value>', 'beside container==NAME or image==NAME, also != (repeatable)', collect, [])
    .option('-e, --env <key=value>', 'an environment variable (repeatable)', collect, [])
    .option('-p, --publish <port>', '[ADDRESS:][HOST_PORT:]PORT[/PROTOCOL] (repeatable)', collect, [])
    .option('--alias <name>', 'a further name on the network (repeatable)', collect, [])
    .option('--label <key=value>', 'a label (repeatable)', collect, [])
    .addOption(new Option('--link <container>').hideHelp().argParser(refuseLink))
    .option('-t, --tty', 'with a terminal')
    .option('-i, --interactive', 'keep its standard input open')
    .addOption(
      new Option('--restart <policy>', 'what happens when it ends')
        .choices(['no', 'always', 'unless-stopped', 'on-failure'])
        .default('no'),
    )
    // What follows the image is the container's command, options and all.
    .passThroughOptions()
    .action((image: string, command: readonly string[], options: HostOptions & RunOptions) =>
      perform(options, (session) => runContainer(session, [image, ...command], options)),
    )
}

/** Said before any host is asked: it is the same on each. */
function refuseLink(wanted: string): never {
  throw new SwarmNetworksError('invalid-input', explainLink(wanted))
}
