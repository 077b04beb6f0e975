/**
 * The shell functions of the probe. They run in other people's containers, so they use what POSIX.1-2017 promises and
 * what busybox ash, dash and bash agree on, and no tool without looking for it first. Each check ends in one line of
 * `say`, written by one printf, because lines of one write do not interleave on a pipe. What the tools say is passed on
 * as it came, its words on one line; reading it is parse-probe's business.
 *
 * Time limits do not use `timeout`: busybox's leaves a watcher behind that outlives the command and, where the
 * container's first process does not reap (`sleep`, many servers), stays a zombie for good. `limited` waits for all it
 * starts. Milliseconds come from /proc/uptime (steps of 10): not every `date` knows `%N`.
 */
export const probeFunctions = String.raw`
exec 2>/dev/null
set -f
LC_ALL=C
export LC_ALL
has() { command -v "$1" >/dev/null; }
words() { w=$*; }
say() { printf '@probe\t%s\t%s\t%s\t%s\t%s\t%.900s\n' "$1" "$2" "$3" "$4" "$5" "$6"; }

# now: sets t, in hundredths of a second; empty where it cannot be known. since BEGIN: sets m, in milliseconds.
now() {
  read -r t r </proc/uptime || { t=; return; }
  t=\${t%.*}\${t#*.}
  while :; do case $t in 0?*) t=\${t#0} ;; *) break ;; esac; done
}
since() { now; m=; [ "$1" ] && [ "$t" ] && m=$((($t - $1) * 10)); }

# limited SECONDS COMMAND...: status 137 when the time was up.
limited() {
  l=$1
  shift
  exec 3<&0
  "$@" <&3 3<&- &
  c=$!
  (trap 'kill -9 $!; wait; exit' TERM; sleep "$l" & wait $! && kill -9 "$c") </dev/null >/dev/null 2>&1 3<&- &
  d=$!
  exec 3<&-
  # Some shells tell of killed jobs on standard error, which the caller reads.
  { wait "$c"; s=$?; kill "$d"; wait "$d"; } 2>/dev/null
  return $s
}

# burst ADDRESS: some pings, a fifth of a second apart where this ping can do that, else one. Sets o and s.
pings=3
burst() {
  o=$(ping -q -c $pings -i 0.2 -W 1 "$1" 2>&1); s=$?
  case $o in *received*) ;; *) o=$(ping -c 1 -W 1 "$1" 2>&1); s=$? ;; esac
}

# echo_request INDEX ADDRESS PORTS: a burst; where all of it is lost, three more at leisure.
echo_request() {
  has ping || say "$1" icmp - 127 '' ''
  if has ping; then
    burst "$2"
    if [ $s != 0 ]; then
      [ "$3" ] || attempt "$1" address "$2" 7 &
      case $o in *received*) o=$(ping -c 3 -W 1 "$2" 2>&1); s=$? ;; esac
    fi
    words $o
    say "$1" icmp - "$s" '' "$w"
    [ $s != 0 ] || full_size "$1" "$2"
    wait
  elif [ -z "$3" ]; then
    attempt "$1" address "$2" 7
  fi
}

# find_mtu DESTINATION MASK: sets mtu to that of the interface with this route, both as /proc/net/route writes them.
mtu=
find_mtu() {
  while read -r i x y y y y y y z; do
    [ "$x $y" = "$1 $2" ] && read -r mtu <"/sys/class/net/$i/mtu" && return
  done </proc/net/route
}

# full_size INDEX ADDRESS: whether a packet as large as the network carries comes back; one may be lost by chance.
full_size() {
  [ "$mtu" ] || return
  case $2 in *:*) h=48 ;; *) h=28 ;; esac
  n=$((mtu - h))
  o=$(ping -c 1 -W 1 -s $n "$2" 2>&1) || o=$(ping -c 3 -W 1 -s $n "$2" 2>&1); s=$?
  words $o
  [ $s = 0 ] || [ -z "$measure" ] || { largest $n "$2"; w="largest $((lo + h)) $w"; }
  say "$1" mtu - "$s" '' "$mtu $w"
}

# largest SIZE ADDRESS: sets lo to the largest payload below SIZE that comes back, by eight pings side by side at a time.
measure=
largest() {
  lo=56 hi=$1
  while [ $((hi - lo)) -gt 1 ]; do
    n=$(((hi - lo + 7) / 8)) i=$((lo + n)) k=
    while [ $i -lt $hi ]; do
      ping -c 1 -W 1 -s $i "$2" >/dev/null 2>&1 &
      k="$k $i:$!"
      i=$((i + n))
    done
    for p in $k; do
      if wait "\${p#*:}"; then lo=\${p%:*}; else hi=\${p%:*}; break; fi
    done
  done
}

# attempt INDEX KIND ADDRESS PORT: whether TCP connects.
attempt() {
  now; b=$t
  o=$(dial "$3" "$4" 2>&1); s=$?
  since "$b"; words $o
  say "$1" "$2" "$4" "$s" "$m" "$tool $w"
  return $s
}

# service INDEX ADDRESS PORT h|t NAME: whether TCP connects and, for h, what HTTP answers. An answer proves both. Some
# servers drop a client that has closed its sending side, which nc does after the request; wget does not.
service() {
  q=; f=
  if [ "$4" = h ]; then
    now; b=$t
    q=$(ask "$2" "$3" "$5")
    since "$b"; f=$m; words $q
    case $q in *HTTP/*) say "$1" tcp "$3" 0 '' "$tool"; say "$1" http "$3" 0 "$f" "$w"; return ;; esac
  fi
  attempt "$1" tcp "$2" "$3" && [ "$4" = h ] || return
  [ "$q" ] || [ "$f" -gt 1000 ] || [ $tool != nc ] || ! has wget || q=$(ask_wget "$2" "$3")
  words $q
  say "$1" http "$3" 0 "$f" "$w"
}

# target INDEX NAME DATABASE ADDRESS PORTS [PATH]
target() {
  path=\${6:-/}
  [ -z "$2" ] || look_up "$1" "$2" "$3" &
  if [ "$4" ]; then
    echo_request "$1" "$4" "$5" &
    i=0
    for p in $5; do
      service "$1" "$4" "\${p%:*}" "\${p#*:}" "$2" &
      i=$((i + 1))
      [ $((i % 8)) != 0 ] || wait
    done
  fi
  wait
}

get() { printf 'GET %s HTTP/1.0\r\nHost: %s\r\nUser-Agent: swarm-networks\r\nConnection: close\r\n\r\n' "$path" "$1"; }
first() { dd bs=512 count=1; }
url() { case $1 in *:*) u="http://[$1]:$2$path" ;; *) u="http://$1:$2$path" ;; esac; }

# netcat comes in many forms: sets n and e to the first set of options that this one knows.
netcat_options() {
  for n in '-n -v -z -w 2' '-v -z -w 2' '-w 2'; do
    e=
    [ "$n" != '-w 2' ] || e='-e true'
    case $(nc $n 127.0.0.1 9 $e </dev/null 2>&1) in
      *sage:* | *nvalid* | *nrecognized* | *llegal*) ;;
      *) return 0 ;;
    esac
  done
  return 1
}

# dial ADDRESS PORT and ask ADDRESS PORT NAME, by the first tool that this container has.
tool=none
dial() { return 127; }
ask() { return 127; }
tcp_tool() {
  if has nc && netcat_options; then
    tool=nc
    dial() { nc $n "$1" "$2" $e </dev/null; }
    ask() { get "$3" | limited 2 nc -w 2 "$1" "$2" | first; }
  elif has bash; then
    tool=bash
    dial() { limited 2 bash -c 'exec 3<>"/dev/tcp/$0/$1"' "$1" "$2"; }
    ask() { get "$3" | limited 2 bash -c 'exec 3<>"/dev/tcp/$0/$1" && cat >&3 && exec dd bs=512 count=1 <&3' "$1" "$2"; }
  elif has python3; then
    tool=python3
    dial() { limited 3 python3 -c "$python_dial" "$1" "$2"; }
    ask() { get "$3" | limited 2 python3 -c "$python_ask" "$1" "$2"; }
  elif has perl; then
    tool=perl
    dial() { limited 3 perl -MIO::Socket::IP -e "$perl_dial" "$1" "$2"; }
    ask() { get "$3" | limited 2 perl -MIO::Socket::IP -e "$perl_ask" "$1" "$2"; }
  elif has curl; then
    tool=curl
    dial() {
      url "$1" "$2"
      o=$(limited 3 curl -sSv -I -o /dev/null -m 2 -w ' connected in %{time_connect}' "$u" 2>&1); s=$?
      printf '%s' "$o"
      case $o in *' in 0.000000'*) return $s ;; esac
    }
    ask() { url "$1" "$2"; limited 3 curl -s -i -m 2 -H "Host: $3" "$u" | first; }
  elif has wget; then
    tool=wget
    dial() {
      o=$(ask_wget "$1" "$2"); s=$?
      printf '%s' "$o"
      case $o in *HTTP/* | *'connected.'* | *header* | *response*) return 0 ;; esac
      return $s
    }
    ask() { ask_wget "$@"; }
  fi
}
ask_wget() { url "$1" "$2"; limited 2 wget -S --spider "$u" 2>&1; }
python_dial='
import socket, sys
try: socket.create_connection((sys.argv[1], int(sys.argv[2])), 2)
except OSError as e: sys.exit(str(e))
'
python_ask='
import socket, sys
s = socket.create_connection((sys.argv[1], int(sys.argv[2])), 2)
s.sendall(sys.stdin.buffer.read())
sys.stdout.buffer.write(s.recv(512))
'
perl_dial='IO::Socket::IP->new(PeerHost => $ARGV[0], PeerPort => $ARGV[1], Timeout => 2) or die "$@\n"'
perl_ask='
$s = IO::Socket::IP->new(PeerHost => $ARGV[0], PeerPort => $ARGV[1], Timeout => 2) or die "$@\n";
local $/; print $s scalar <STDIN>; $s->flush; sysread $s, $b, 512; print $b;
'

# watchdog SECONDS: ends this script and all it started. An exec leads its own process group.
watchdog() {
  (
    trap 'kill -9 $!; wait; exit' TERM
    sleep "$1" &
    wait $! || exit
    read -r a a a a g a </proc/$$/stat
    if [ "$g" = $$ ]; then kill -9 -$$; else kill -9 $$; fi
  ) </dev/null >/dev/null &
  dog=$!
}
`.replaceAll('\\${', '${')
