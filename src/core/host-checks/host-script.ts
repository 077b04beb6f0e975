import { probeFunctions } from '../connectivity/probe-functions'
import { shellQuote } from '../text/shell-quote'

/** What a script asks about from a host's own network. */
export interface HostQuestion {
  /** Hosts to speak to; the index is the one in the answer. */
  readonly peers: readonly { readonly address: string; readonly tcpPorts: readonly number[] }[]
  /** Whether something on the host receives at these. */
  readonly udpPorts: readonly number[]
}

/** As many hosts as are spoken to from one host: with more, others have to speak for the way there. */
export const maxDialledPeers = 16

/** Bytes of ICMP data that make a packet of 1500. */
const largePing = 1_472

const seconds = 9

/**
 * The script that looks at a host's own network: TCP to its peers, small and large pings, who receives UDP, its cards and
 * its routes. It takes nine seconds at most, and leaves no process behind.
 *
 * @returns its text for `sh -c`, and after how many milliseconds it has ended by itself
 */
export function hostScript({ peers, udpPorts }: HostQuestion): { readonly text: string; readonly limitMs: number } {
  const jobs = peers
    .slice(0, maxDialledPeers)
    .flatMap(({ address, tcpPorts }, index) => [
      ...tcpPorts.map((port) => shellQuote(['attempt', String(index), 'tcp', address, String(port)])),
      shellQuote(['host_ping', String(index), address]),
    ])
  const text = [
    probeFunctions.trim(),
    hostFunctions.trim(),
    `watchdog ${seconds}`,
    'tcp_tool',
    'jobs=',
    ...jobs.map((job) => `${job} & jobs="$jobs $!"`),
    ...udpPorts.map((port) => shellQuote(['udp_port', String(port), hex(port)])),
    'links',
    'routes',
    'wait $jobs',
    'kill $dog',
    'wait $dog',
    '',
  ]
  return { text: text.join('\n'), limitMs: seconds * 1_000 }
}

/** As /proc/net/udp writes it. */
function hex(port: number): string {
  return port.toString(16).toUpperCase().padStart(4, '0')
}

const hostFunctions = String.raw`
fact() { printf '@host\t%s\t%.300s\n' "$1" "$2"; }

host_ping() {
  has ping || return
  o=$(ping -c 1 -W 1 "$2" 2>&1) || o=$(ping -c 3 -W 1 "$2" 2>&1); s=$?
  words $o
  say "$1" icmp - "$s" '' "$w"
  [ $s = 0 ] || return
  o=$(ping -c 1 -W 1 -s ${largePing} "$2" 2>&1) || o=$(ping -c 3 -W 1 -s ${largePing} "$2" 2>&1); s=$?
  words $o
  say "$1" mtu - "$s" '' "1500 $w"
}

# udp_port PORT HEX: whether a socket is bound there (state 07 is what the kernel calls one that only receives).
udp_port() {
  for f in /proc/net/udp /proc/net/udp6; do
    while read -r a b c d e; do
      case $b in *":$2") fact udp "$1"; return ;; esac
    done <$f
  done
}

links() {
  set +f
  for f in /sys/class/net/*; do
    i=\${f##*/}
    read -r a <"$f/mtu" || continue
    d=$(readlink "$f/device/driver")
    case $i in veth* | lo) ;; *) fact link "$i $a \${d##*/}" ;; esac
  done
  set -f
}

routes() {
  n=0
  while read -r i a b c d e f g h; do
    n=$((n + 1))
    [ $n -gt 1 ] && [ $n -lt 100 ] && fact route "$i $a $g"
  done </proc/net/route
}
`.replaceAll('\\${', '${')
