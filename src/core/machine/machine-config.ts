import * as v from 'valibot'
import { SwarmNetworksError } from '../errors'

/** What is needed of a machine's `config.json`. Whatever else drivers keep there, such as their clouds' tokens, is left alone. */
export interface MachineConfig {
  readonly driver: string
  /** Driver `none`: the engine's URL as it was given. */
  readonly url?: string
  /**
   * An IP address or a name; driver `none` writes `host:port`. Absent while the machine has none: it is being made, or its
   * driver learns it when it starts.
   */
  readonly address?: string
  /** The port of the engine's API, where the driver names one. */
  readonly enginePort?: number
  readonly ssh: { readonly user?: string; readonly port?: number; readonly keyFile?: string }
  readonly engineFlags: readonly string[]
  readonly engineLabels: readonly string[]
  readonly swarm?: MachineSwarmConfig
}

/** `HostOptions.SwarmOptions` of a machine that belongs to a classic Swarm. */
export interface MachineSwarmConfig {
  readonly discovery: string
  readonly isManager: boolean
  readonly isAgent: boolean
  /** Where the manager listens, for instance `tcp://0.0.0.0:3376`. */
  readonly managerHost: string
}

const text = v.nullish(v.pipe(v.string(), v.trim()), '')
const texts = v.nullish(v.array(v.string()), [])
const flag = v.nullish(v.boolean(), false)
const port = v.nullish(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535)), 0)

/**
 * docker-machine, libmachine/host/host.go, version 3 of the file. Older versions lack parts of it. The driver's own
 * `Swarm*` fields stay empty: `SwarmOptions` counts.
 */
const configFile = v.object({
  DriverName: v.pipe(v.string(), v.nonEmpty()),
  Driver: v.object({
    IPAddress: text,
    URL: text,
    EnginePort: port,
    DockerPort: port,
    SSHUser: text,
    SSHPort: port,
    SSHKeyPath: text,
  }),
  HostOptions: v.nullish(
    v.object({
      EngineOptions: v.nullish(v.object({ ArbitraryFlags: texts, Labels: texts })),
      SwarmOptions: v.nullish(v.object({ IsSwarm: flag, Master: flag, Agent: flag, Host: text, Discovery: text })),
    }),
  ),
})

/**
 * Reads the text of a machine's `config.json`.
 *
 * @throws `invalid-input` that says what is wrong with it; never repeats what is in it
 */
export function parseMachineConfig(content: string): MachineConfig {
  const { DriverName, Driver, HostOptions } = parseFile(content)
  const { ArbitraryFlags: engineFlags = [], Labels: engineLabels = [] } = HostOptions?.EngineOptions ?? {}
  const swarm = HostOptions?.SwarmOptions
  const enginePort = Driver.EnginePort || Driver.DockerPort
  return {
    driver: DriverName,
    // Other drivers may mean something else by it.
    ...(DriverName === 'none' && Driver.URL !== '' && { url: Driver.URL }),
    ...(Driver.IPAddress !== '' && { address: Driver.IPAddress }),
    ...(enginePort !== 0 && { enginePort }),
    ssh: {
      ...(Driver.SSHUser !== '' && { user: Driver.SSHUser }),
      ...(Driver.SSHPort !== 0 && { port: Driver.SSHPort }),
      ...(Driver.SSHKeyPath !== '' && { keyFile: Driver.SSHKeyPath }),
    },
    engineFlags,
    engineLabels,
    ...(swarm?.IsSwarm === true && {
      swarm: {
        discovery: swarm.Discovery,
        isManager: swarm.Master,
        isAgent: swarm.Agent,
        managerHost: swarm.Host,
      },
    }),
  }
}

function parseFile(content: string): v.InferOutput<typeof configFile> {
  let json: unknown
  try {
    json = JSON.parse(content)
  } catch {
    // The parser's own words would repeat a part of the file, which may hold a cloud's token.
    throw broken(content.trim() === '' ? 'it is empty' : 'it is no complete JSON')
  }
  const parsed = v.safeParse(configFile, json)
  if (parsed.success) return parsed.output
  throw broken(`${v.getDotPath(parsed.issues[0]) ?? 'what it holds'} is not what docker-machine writes there`)
}

function broken(why: string): SwarmNetworksError {
  return new SwarmNetworksError('invalid-input', why)
}
