import type { Command } from 'commander'

/** The options that say which hosts a command works with. */
export interface HostOptions {
  readonly host: readonly string[]
  readonly context: readonly string[]
  readonly machine: readonly string[]
  readonly machineStore?: string
  readonly identityFile?: string
  readonly tlsDir?: string
  /** Seconds. */
  readonly timeout: string
  readonly json?: true
}

/** Gathers a repeatable option. */
export function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value]
}

export function addHostOptions(command: Command): Command {
  return command
    .option('-H, --host <url>', 'an engine: unix://, tcp:// or ssh:// (repeatable)', collect, [])
    .option('-c, --context <name>', 'a Docker context (repeatable)', collect, [])
    .option(
      '-m, --machine <name>',
      'a machine of docker-machine; NAME/swarm: its classic Swarm (repeatable)',
      collect,
      [],
    )
    .option('--machine-store <folder>', 'docker-machine’s store, if not MACHINE_STORAGE_PATH or ~/.docker/machine')
    .option('--identity-file <file>', 'private key for ssh:// hosts')
    .option('--tls-dir <folder>', 'folder with ca.pem, cert.pem and key.pem for tcp:// hosts')
    .option('--timeout <seconds>', 'how long to wait for hosts that do not answer', '20')
    .option('--json', 'print JSON')
}
