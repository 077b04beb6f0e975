/**
 * The shell functions of the probe that are about names, by the same rules as the others (`probe-functions.ts`), which
 * they use.
 */
export const probeNameFunctions = String.raw`
# in_hosts NAME: sets o to its addresses in /etc/hosts.
in_hosts() {
  o=
  while read -r a x; do
    case $a in \#*) continue ;; esac
    for y in $x; do
      case $y in \#*) break ;; "$1") o="$o $a" ;; esac
    done
  done </etc/hosts
  [ "$o" ]
}

# name_server NAME DATABASE: what the name server says of a name, past /etc/hosts. Sets v, o and s. With a dot at its end
# it is another name than that in /etc/hosts, and the same one for the server.
name_server() {
  if has nslookup; then
    v=nslookup; o=$(limited 5 nslookup "$1" 2>&1); s=$?
  elif has getent; then
    v=getent; o=$(limited 5 getent "$2" "$1." 2>&1); s=$?
    [ $s != 1 ] || { o=$(limited 5 getent hosts "$1." 2>&1); s=$?; }
  else
    v=none; o=; s=127
  fi
}

# look_up INDEX NAME DATABASE: and where the name stands in /etc/hosts, what that and what the name server says.
look_up() {
  now; b=$t
  if has getent; then
    v=getent
    o=$(limited 5 getent "$3" "$2" 2>&1); s=$?
    [ $s != 1 ] || { o=$(limited 5 getent hosts "$2" 2>&1); s=$?; }
  elif has nslookup; then
    v=hosts; s=0
    in_hosts "$2" || { v=nslookup; o=$(limited 5 nslookup "$2" 2>&1); s=$?; }
  elif has ping; then
    v=ping
    o=$(limited 5 ping -c 1 -W 1 "$2" 2>&1); s=$?
  else
    v=none; o=; s=127
  fi
  since "$b"; words $o
  say "$1" name - "$s" "$m" "$v $w"
  [ "$1" != - ] && in_hosts "$2" || return
  words $o
  say "$1" hosts - 0 '' "hosts $w"
  name_server "$2" "$3"
  words $o
  say "$1" dns - "$s" '' "$v $w"
}

# further INDEX NAME DATABASE [ADDRESS PORTS]: a name that stands for several, and whether TCP connects at its own
# address, where it has one. Whether that answers to ping says nothing.
further() {
  look_up "$1" "$2" "$3" &
  if [ "$4" ]; then
    [ "$5" ] || attempt "$1" address "$4" 7 &
    for p in $5; do attempt "$1" tcp "$4" "$p" & done
  fi
  wait
}

# ipvs: whether this kernel can spread what is sent to a service's own address over its tasks.
ipvs() {
  s=1
  [ -e /proc/net/ip_vs ] && s=0
  say - ipvs - $s '' ''
}
`
