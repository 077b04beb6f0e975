import { shellQuote } from '../text/shell-quote'
import { probeFunctions } from './probe-functions'
import { probeNameFunctions } from './probe-name-functions'
import { maySpeakHttp } from './probe-ports'

/** What is asked about one target. Everything in it is checked: it becomes arguments of commands. */
export interface ProbeTarget {
  /** Stands for the target in the script's output. */
  readonly index: number
  /** Absent: names are not asked for. */
  readonly name?: string
  /** Absent: only the name is asked for. */
  readonly address?: string
  readonly wantsIpv6: boolean
  readonly ports: readonly number[]
  /** What is asked for by HTTP; absent: `/`, and only on ports that may speak HTTP. */
  readonly path?: string
  /** A name that is no container's: whether TCP connects at its address is asked, where it has one, and nothing else. */
  readonly isFurther?: true
}

export interface ProbeRequest {
  /** The source's own name, which its resolver must know: the control. Absent where containers have no names. */
  readonly ownName?: string
  readonly targets: readonly ProbeTarget[]
  /** The route by which the source's interface on the network is found, as `routeEntry` gives it; absent: no MTU is tested. */
  readonly route?: string
  /** Whether the largest packet that passes is looked for where a full-size one does not, and loss counted over twenty pings. */
  readonly measuresMtu?: boolean
}

/** One exec's worth of probing. */
export interface ProbeScript {
  /** A POSIX shell script, to be given to `sh -c`. */
  readonly text: string
  /** When the script's own watchdog ends it and all it started. */
  readonly limitMs: number
  readonly targets: readonly ProbeTarget[]
}

const functions = `${probeFunctions.trim()}\n${probeNameFunctions.trim()}`

/** Side by side in one container; each target is some ten short processes. */
const workers = 16

/** The kernel's limit of one argument is 128 KiB (MAX_ARG_STRLEN in linux/binfmts.h). */
const maxScriptBytes = 96 * 1024

/**
 * Seconds: the resolver's limit, or an echo request and its three repetitions, or one that is answered and four that are
 * not because of their size; with some room for a busy machine.
 */
const secondsPerTarget = 6
/** Seconds: a connection that is never answered, or one that is and an HTTP request that is not. */
const secondsPerPortGroup = 6
const portsPerGroup = 8
const secondsToStart = 4
/** Seconds: four rounds of pings that wait a second each, twenty a fifth of a second apart, and two more for a busy machine. */
const secondsToMeasure = 11

/** The scripts that probe all targets of one source: one, unless they are too many for one argument of a process. */
export function buildProbeScripts(request: ProbeRequest): readonly ProbeScript[] {
  const room = maxScriptBytes - functions.length - 1_024
  const chunks: ProbeTarget[][] = [[]]
  let used = 0
  for (const target of request.targets) {
    // The worker's own line around it is part of its cost.
    const size = targetCommand(target).length + 16
    if (used + size > room) {
      chunks.push([])
      used = 0
    }
    chunks.at(-1)?.push(target)
    used += size
  }
  return chunks.map((targets) => buildScript(request, targets))
}

function buildScript(
  { ownName, route, measuresMtu = false }: ProbeRequest,
  targets: readonly ProbeTarget[],
): ProbeScript {
  const queues = Array.from({ length: Math.min(workers, targets.length) }, (_, worker) =>
    targets.filter((_target, i) => i % workers === worker),
  )
  const seconds = (target: ProbeTarget) => secondsFor(target) + (measuresMtu ? secondsToMeasure : 0)
  const limit = secondsToStart + Math.max(0, ...queues.map((queue) => queue.reduce((sum, t) => sum + seconds(t), 0)))
  const needsTcp = targets.some(({ address }) => address !== undefined)
  const text = [
    functions,
    `watchdog ${limit}`,
    needsTcp ? 'tcp_tool' : '',
    route === undefined ? '' : `find_mtu ${route}`,
    measuresMtu ? 'measure=1\npings=20' : '',
    targets.some(({ isFurther, address }) => isFurther && address !== undefined) ? 'ipvs' : '',
    'jobs=',
    ...(ownName === undefined ? [] : [background(shellQuote(['look_up', '-', ownName, 'ahostsv4']))]),
    ...queues.map((queue) => background(queue.map(targetCommand).join('\n'))),
    'wait $jobs',
    'kill $dog',
    'wait $dog',
    "say - end - 0 '' ''",
    '',
  ]
  return { text: text.filter((line) => line !== '').join('\n'), limitMs: limit * 1_000, targets }
}

function background(commands: string): string {
  return `(\n${commands}\n) & jobs="$jobs $!"`
}

/** Whether a port is asked by HTTP: where somebody names a path, whatever the port is otherwise for. */
export function asksHttp({ path }: Pick<ProbeTarget, 'path'>, port: number): boolean {
  return path !== undefined || maySpeakHttp(port)
}

function targetCommand(target: ProbeTarget): string {
  const { index, name, address, wantsIpv6, ports, path, isFurther } = target
  const wanted = ports.map((port) => `${port}:${asksHttp(target, port) ? 'h' : 't'}`).join(' ')
  // glibc's getent: without IPv6 no AAAA query is sent, which some resolvers leave unanswered.
  const database = wantsIpv6 ? 'ahosts' : 'ahostsv4'
  if (isFurther) return shellQuote(['further', String(index), name ?? '', database, address ?? '', ports.join(' ')])
  const more = path === undefined ? [] : [path]
  return shellQuote(['target', String(index), name ?? '', database, address ?? '', wanted, ...more])
}

function secondsFor({ ports }: ProbeTarget): number {
  return Math.max(secondsPerTarget, Math.ceil(ports.length / portsPerGroup) * secondsPerPortGroup)
}
