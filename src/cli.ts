import { version } from '../package.json'
import { createConnector, type OwnedConnector } from './adapters/create-connector'
import { CommandLineSource } from './adapters/sources/command-line-source'
import { DockerContextsSource } from './adapters/sources/docker-contexts-source'
import { DockerHostSource } from './adapters/sources/docker-host-source'
import { DockerMachineSource } from './adapters/sources/docker-machine-source'
import { thisMachine } from './adapters/sources/local-machine'
import { LocalSocketSource, localSockets } from './adapters/sources/local-socket-source'
import { systemClock } from './adapters/system-clock'
import { FleetService } from './app/fleet-service'
import type { HostOptions } from './cli/host-options'
import { runCli } from './cli/program'
import { terminalPrompts } from './cli/terminal-prompts'
import type { Log, TargetSource } from './core/ports/environment'

const machine = thisMachine()
const clock = systemClock

/** Standard error has the outcome of each host already; the running commentary is for `SWARM_NETWORKS_DEBUG`. */
function commentary(): Log {
  const write = machine.env['SWARM_NETWORKS_DEBUG'] ? (text: string) => process.stderr.write(`${text}\n`) : () => true
  return { debug: write, info: write, warn: write, error: write }
}

function sourcesOf(options: HostOptions): readonly TargetSource[] {
  const contexts = new DockerContextsSource(machine, clock)
  const environment = new DockerHostSource(machine)
  const machines = new DockerMachineSource({
    machine,
    clock,
    ...(options.machineStore !== undefined && { store: options.machineStore }),
  })
  const local = new LocalSocketSource(localSockets(machine), clock)
  if ([options.host, options.context, options.machine].every((names) => names.length === 0))
    return [environment, contexts, machines, local]
  const given = {
    hosts: options.host,
    contexts: options.context,
    machines: options.machine,
    ...(options.identityFile !== undefined && { identityFile: options.identityFile }),
    ...(options.tlsDir !== undefined && { tlsFolder: options.tlsDir }),
  }
  return [new CommandLineSource(given, { contexts, machines, defaults: [environment, local] }, machine)]
}

async function main(): Promise<void> {
  const interrupt = new AbortController()
  process.once('SIGINT', () => interrupt.abort())
  const log = commentary()
  const connector: OwnedConnector = createConnector({ machine, clock, log, prompts: terminalPrompts(interrupt.signal) })
  try {
    process.exitCode = await runCli(process.argv.slice(2), {
      openFleet: (options) => new FleetService({ connector, sources: sourcesOf(options), clock, log }),
      shells: connector,
      clock,
      io: {
        out: (text) => process.stdout.write(`${text}\n`),
        err: (text) => process.stderr.write(`${text}\n`),
      },
      signal: interrupt.signal,
      isColored: process.stdout.isTTY && machine.env['NO_COLOR'] === undefined,
      version,
    })
  } finally {
    // A question that is still open would keep the process alive.
    interrupt.abort()
    connector.dispose()
  }
}

void main()
