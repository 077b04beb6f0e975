import * as v from 'valibot'

const texts = v.nullish(v.array(v.string()), [])
const binding = v.object({ HostIp: v.nullish(v.string(), ''), HostPort: v.nullish(v.string(), '') })

/** What of `docker inspect` makes a container what it is. */
const inspection = v.object({
  Name: v.string(),
  State: v.object({ Running: v.boolean() }),
  Config: v.object({
    Image: v.string(),
    Cmd: texts,
    Entrypoint: v.nullish(v.union([v.array(v.string()), v.string()])),
    Env: texts,
    User: v.nullish(v.string(), ''),
    WorkingDir: v.nullish(v.string(), ''),
    Labels: v.nullish(v.record(v.string(), v.string()), {}),
  }),
  HostConfig: v.object({
    Binds: texts,
    NetworkMode: v.nullish(v.string(), 'default'),
    Privileged: v.nullish(v.boolean(), false),
    PortBindings: v.nullish(v.record(v.string(), v.nullish(v.array(binding), [])), {}),
    RestartPolicy: v.nullish(v.object({ Name: v.string(), MaximumRetryCount: v.nullish(v.number(), 0) })),
  }),
})

/** A container that was removed, as the command that makes one like it. */
export interface Recreation {
  readonly name: string
  readonly wasRunning: boolean
  /** `docker create …`. What stays on the host, volumes and the image, is not in it. */
  readonly command: readonly string[]
}

/**
 * The command that makes a container again from what `docker inspect` said of it: command, environment, labels, mounts,
 * ports, network and restart policy. Its layer's changes are lost with it, and it gets another ID.
 *
 * @returns undefined for what is no container's inspection
 */
export function recreateCommand(inspected: unknown): Recreation | undefined {
  const { success, output } = v.safeParse(inspection, inspected)
  if (!success) return undefined
  const { Name, State, Config, HostConfig } = output
  const name = Name.replace(/^\//, '')
  const entrypoint = typeof Config.Entrypoint === 'string' ? [Config.Entrypoint] : (Config.Entrypoint ?? [])
  const [program, ...programArgs] = entrypoint
  const command = [
    ...['docker', 'create', '--name', name],
    ...flag('--restart', restartOf(HostConfig.RestartPolicy)),
    ...(HostConfig.Privileged ? ['--privileged'] : []),
    ...flag('--network', HostConfig.NetworkMode === 'default' ? '' : HostConfig.NetworkMode),
    ...HostConfig.Binds.flatMap((bind) => ['--volume', bind]),
    ...Object.entries(HostConfig.PortBindings).flatMap(([port, bindings]) =>
      bindings.flatMap(({ HostIp, HostPort }) => ['--publish', published(HostIp, HostPort, port)]),
    ),
    ...Config.Env.flatMap((variable) => ['--env', variable]),
    ...Object.entries(Config.Labels).flatMap(([key, value]) => ['--label', `${key}=${value}`]),
    ...flag('--user', Config.User),
    ...flag('--workdir', Config.WorkingDir),
    ...flag('--entrypoint', program ?? ''),
    Config.Image,
    ...programArgs,
    ...Config.Cmd,
  ]
  return { name, wasRunning: State.Running, command }
}

function flag(name: string, value: string): readonly string[] {
  return value === '' ? [] : [name, value]
}

function published(address: string, hostPort: string, port: string): string {
  if (address === '') return hostPort === '' ? port : `${hostPort}:${port}`
  return `${address.includes(':') ? `[${address}]` : address}:${hostPort}:${port}`
}

function restartOf(policy: { readonly Name: string; readonly MaximumRetryCount: number } | null | undefined): string {
  if (policy === null || policy === undefined) return ''
  return policy.MaximumRetryCount > 0 ? `${policy.Name}:${policy.MaximumRetryCount}` : policy.Name
}
