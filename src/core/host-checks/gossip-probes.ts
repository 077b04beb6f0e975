import type { HostReading, HostsReading } from './hosts-reading'
import type { ProbeFallback } from './probe-reading'
import { count, enumerate } from '../text/count'
import { stripControl } from '../text/sanitize'

/** A line of the log, before it is known whose name it has. */
export type NamedFallback = Omit<ProbeFallback, 'address'> & { readonly name: string }

const marks = { now: '@now', up: '@up', quiet: '@quiet', log: '@log' } as const

/** How far back an engine's log is read, in seconds: ten rounds in which it asks each of the others once. */
export function probeSeconds(hosts: number): number {
  return Math.min(300, Math.max(20, 10 * (hosts - 1)))
}

/** Prints what an engine under systemd wrote of its gossip in the last seconds, as root or by `sudo`, which never asks. */
export function listProbes(seconds: number): string {
  return `
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }
of() { value=$(systemctl show -p "$1" docker.service) && echo "\${value#*=}"; }
systemctl -q is-active docker.service || exit 0
started=$(of ActiveEnterTimestampMonotonic)
read -r up rest </proc/uptime
echo "${marks.now} $(date +%s)"
echo "${marks.up} $((\${up%%.*} - started / 1000000))"
if as_root grep -qsE '"log-level" *: *"(error|fatal|panic)' /etc/docker/daemon.json ||
  tr '\\0' ' ' <"/proc/$(of MainPID)/cmdline" | grep -qE -- '(--log-level|-l)[= ](error|fatal|panic)'; then
  echo '${marks.quiet}'
fi
log=$(as_root journalctl -q -u docker.service --since=-${seconds}s -o short-unix -n 5000) || exit 0
echo '${marks.log}'
printf '%s\\n' "$log" | grep -E 'memberlist: (Was able to|Failed to send (UDP )?ping)' | tail -n 200
`
}

/** @returns undefined where the log could not be read, or does not have what is looked for */
export function parseProbes(
  stdout: string,
  asked: number,
): { readonly seconds: number; readonly fallbacks: readonly NamedFallback[] } | undefined {
  const number = (mark: string) => Number(new RegExp(`^${mark} (\\d+)$`, 'm').exec(stdout)?.[1] ?? Number.NaN)
  const [now, up] = [number(marks.now), number(marks.up)]
  if (Number.isNaN(now) || Number.isNaN(up)) return undefined
  const [before = '', log] = stdout.split(new RegExp(`^${marks.log}$`, 'm'))
  if (log === undefined || before.includes(marks.quiet)) return undefined
  // What could not be sent, as behind a rule for what goes out, was not answered for no fault of others.
  if (/memberlist: Failed to send (UDP )?ping/.test(log)) return undefined
  return {
    seconds: Math.min(asked, up),
    fallbacks: log.split('\n').flatMap((line) => {
      const [, at, words, name] =
        /^(\d+)\.\d+ .*(memberlist: Was able to (?:connect to|reach) (\S+) [^"]*)/.exec(line) ?? []
      if (at === undefined || words === undefined || name === undefined) return []
      return [{ name, secondsAgo: Math.max(0, now - Number(at)), words: stripControl(words.trim()) }]
    }),
  }
}

/** What the others' engines say of whether they reach a host's gossip by UDP. */
export interface UdpWord {
  /** Hosts whose logs tell, by name. */
  readonly watchers: readonly string[]
  /** How far back all of these logs tell, in seconds. */
  readonly seconds: number
  /** Those that had to ask by TCP, by name. */
  readonly reporters: readonly string[]
  /** The same as a sentence, with the newest of their lines; empty where nobody had to. */
  readonly inWords: string
  /** All of them had to, in at least half of the times that they asked of late. */
  readonly isSilentNow: boolean
}

/**
 * Whether packets to a host's 7946/udp arrive and are answered, by the logs of those that gossip with it. One that reaches
 * nobody by UDP speaks against itself, and not against all the others.
 */
export function udpWordOn(reading: HostsReading, host: HostReading): UdpWord {
  const watching = reading.hosts.flatMap(({ name, probes, gossip = [], address }) => {
    if (name === host.name || probes === undefined || !gossip.includes(host.address)) return []
    const peers = gossip.filter((peer) => peer !== address)
    const rounds = probes.seconds / peers.length
    // An engine that was started just now has not asked everybody yet.
    if (rounds < leastRounds) return []
    const lost = new Set(probes.fallbacks.map((fallback) => fallback.address))
    if (peers.length > 1 && peers.every((peer) => lost.has(peer))) return []
    return [{ name, probes, peers, own: probes.fallbacks.filter((one) => one.address === host.address) }]
  })
  const reporting = watching.filter(({ own }) => own.length > 0)
  const newest = reporting.flatMap(({ own }) => own).toSorted((a, b) => a.secondsAgo - b.secondsAgo)
  const recent = Math.max(10, 5 * Math.max(0, ...watching.map(({ peers }) => peers.length)))
  const asked = watching.reduce((sum, { peers }) => sum + recent / peers.length, 0)
  const lately = newest.filter(({ secondsAgo }) => secondsAgo <= recent)
  const reporters = reporting.map(({ name }) => name)
  const seconds = watching.length === 0 ? 0 : Math.min(...watching.map(({ probes }) => probes.seconds))
  return {
    watchers: watching.map(({ name }) => name),
    ...{ seconds, reporters },
    inWords: newest[0]
      ? `${enumerate(reporters)} had to ask it by TCP ${count(newest.length, 'time')} in ${seconds} seconds: “${newest[0].words}”.`
      : '',
    // A single answer may come too late where a host has much to do.
    isSilentNow: asked > 0 && reporting.length === watching.length && lately.length >= asked / 2,
  }
}

/** How often each of the others has to have been asked, so that nothing in the log means something. */
const leastRounds = 5
