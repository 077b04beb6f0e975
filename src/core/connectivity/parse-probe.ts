/** One line of the probe script's output. */
export interface ProbeLine {
  /** Absent: the source itself, the control. */
  readonly index?: number
  readonly kind: ProbeLineKind
  readonly port?: number
  /** The tool's exit status; 137 where its time was up, 126 and 127 where there is no such tool. */
  readonly status: number
  readonly ms?: number
  /** What the tool said, its words on one line. Untrusted. */
  readonly text: string
}

/**
 * What the line is about. `hosts`: what `/etc/hosts` says of a name that stands there, and `dns` what the name server
 * says of it; `ipvs`: whether the kernel has what services' own addresses need.
 */
export type ProbeLineKind = (typeof kinds)[number]

export interface ProbeOutput {
  readonly lines: readonly ProbeLine[]
  /** False: the script was ended before it was done. */
  readonly isComplete: boolean
}

const kinds = ['name', 'hosts', 'dns', 'icmp', 'mtu', 'tcp', 'http', 'address', 'ipvs'] as const
const known: ReadonlySet<string> = new Set(kinds)
const maxTextLength = 1_000

/**
 * Reads what the probe script printed. Anything can come out of somebody else's container: what is not a line of the
 * script's form is skipped, and of two lines about the same thing the first counts.
 */
export function parseProbe(output: string): ProbeOutput {
  const lines = new Map<string, ProbeLine>()
  let isComplete = false
  for (const text of output.split('\n')) {
    const fields = text.replace(/\r$/, '').split('\t')
    if (fields[0] !== '@probe' || fields.length < 7) continue
    if (fields[2] === 'end') isComplete = true
    const line = parseLine(fields)
    if (!line) continue
    const key = lineKey(line)
    if (!lines.has(key)) lines.set(key, line)
  }
  return { lines: [...lines.values()], isComplete }
}

function lineKey({ index, kind, port }: ProbeLine): string {
  return `${index ?? '-'} ${kind} ${port ?? '-'}`
}

function parseLine([, index = '', kind = '', port = '', status = '', ms = '', ...text]: string[]):
  ProbeLine | undefined {
  const number = (field: string, max: number) =>
    /^\d{1,9}$/.test(field) && Number(field) <= max ? Number(field) : undefined
  const parsedIndex = number(index, 1e6)
  const parsedPort = number(port, 65_535)
  const parsedStatus = number(status, 255)
  const parsedMs = number(ms, 1e6)
  if (!known.has(kind) || parsedStatus === undefined) return undefined
  if ((index !== '-' && parsedIndex === undefined) || (port !== '-' && parsedPort === undefined)) return undefined
  return {
    ...(parsedIndex !== undefined && { index: parsedIndex }),
    kind: kind as ProbeLineKind,
    ...(parsedPort !== undefined && { port: parsedPort }),
    status: parsedStatus,
    ...(parsedMs !== undefined && { ms: parsedMs }),
    text: text.join(' ').slice(0, maxTextLength),
  }
}
