import { lastSection, shellFunctions } from './shell-functions'

/** The longest that the first look may take on the host, in milliseconds; each slow command in it has a limit of its own. */
export const firstLookDeadlineMs = 15_000

/**
 * The first look at a host: everything that can be read without knowing how the engine is set up. Runs as root, or as
 * far as the rights of the user go.
 *
 * @param nonce what marks the sections; not to be guessed by whoever writes files on the host
 */
export function firstLook(nonce: string): readonly string[] {
  return [
    '/bin/sh',
    '-c',
    `${shellFunctions}${system}${units}${settings}${processes}${resources}${network}${repairs}${lastSection}`,
    'sh',
    nonce,
  ]
}

const system = String.raw`
section access
id -u; id -un
if [ -w /var/run/docker.sock ] || [ -w /run/docker.sock ]; then echo yes; else echo no; fi
section clock
date +%s
[ -e /run/systemd/timesync/synchronized ] && echo synchronized
section system
sed -n 's/^PRETTY_NAME=//p' /etc/os-release | head -c 200
uname -r
if [ -d /run/systemd/system ]; then init=systemd
elif [ -e /run/openrc/softlevel ] || [ -e /lib/rc/init.d ]; then init=openrc
elif initctl version | grep -q upstart; then init=upstart
elif [ -d /etc/init.d ]; then init=sysvinit
else init=unknown
fi
echo $init
[ $init = systemd ] && systemctl --version | sed -n '1s/^systemd \([0-9]*\).*/\1/p'
`

/** Unit files as they lie on the disk: systemd may have read others, and says so by NeedDaemonReload. */
const units = String.raw`
if [ $init = systemd ]; then
  section units
  within 3 systemctl show docker.service docker.socket containerd.service -p Id -p LoadState -p LoadError \
    -p ActiveState -p SubState -p Result -p UnitFileState -p FragmentPath -p DropInPaths -p NeedDaemonReload \
    -p MainPID -p NRestarts -p ExecMainStatus | head -c 16000
  for unit in docker.service docker.socket containerd.service; do
    for dir in /etc/systemd/system.control /run/systemd/system.control /run/systemd/transient /etc/systemd/system \
      /run/systemd/system /usr/local/lib/systemd/system /usr/lib/systemd/system /lib/systemd/system; do
      # /lib is a link to /usr/lib on most systems: once is enough.
      [ $dir = /lib/systemd/system ] && [ /lib -ef /usr/lib ] && continue
      [ -L "$dir/$unit" ] && section "link $dir/$unit" && readlink -f "$dir/$unit"
      file "unit-file:$unit" "$dir/$unit" 16000
      for drop in "$dir/$unit.d"/*.conf; do
        [ -L "$drop" ] && section "link $drop" && readlink -f "$drop"
        file "drop-in:$unit" "$drop" 16000
      done
    done
  done
  section journal
  within 3 journalctl -q --no-pager -o short-unix -n 150 -u docker.service -u docker.socket | cut -c 1-1000 | head -c 60000
  section containerd-journal
  systemctl -q is-active containerd.service ||
    within 2 journalctl -q --no-pager -o short-unix -n 15 -u containerd.service | cut -c 1-1000
else
  for script in /etc/init.d/docker /etc/rc.d/init.d/docker /etc/init/docker.conf; do
    [ -e $script ] || continue
    section "init-script $script"
    if [ $init = openrc ]; then within 3 rc-service docker status 2>&1 | head -c 1000
    elif [ $init = upstart ]; then within 3 initctl status docker 2>&1 | head -c 1000
    else within 3 $script status 2>&1 | head -c 1000
    fi
    break
  done
  for log in /var/log/docker.log /var/log/docker /var/log/upstart/docker.log; do
    [ -f $log ] || continue
    if [ -r $log ]; then section "log $log"; tail -n 80 $log | cut -c 1-1000 | head -c 30000
    else section "unreadable log $log"
    fi
  done
fi
`

/** Of the files with variables only the engine's options: passwords for proxies stand there, too. */
const settings = String.raw`
for path in /etc/default/docker /etc/sysconfig/docker /etc/sysconfig/docker-network /etc/sysconfig/docker-storage /etc/conf.d/docker; do
  [ -e $path ] || continue
  if [ -r $path ]; then
    section "environment $(stat -c '%s %Y' $path || echo '- -') $path"
    grep -E '^[[:space:]]*(export[[:space:]]+)?[A-Za-z_]*(OPT|ARG|FLAG)[A-Za-z_]*=' $path | head -c 8000
  else section "unreadable environment $path"
  fi
done
file daemon-json /etc/docker/daemon.json 64000
`

const processes = String.raw`
section programs
for path in /usr/bin/dockerd /usr/sbin/dockerd /usr/local/bin/dockerd /usr/local/sbin/dockerd /opt/bin/dockerd /usr/bin/docker; do
  [ -x $path ] && [ -f $path ] && echo "found $path"
done
sed -n 's/^[[:space:]]*ExecStart=[-@:+!]*\([^[:space:]]*\).*/\1/p' /etc/systemd/system/docker.service /etc/systemd/system/docker.service.d/*.conf \
  /run/systemd/system/docker.service.d/*.conf /usr/lib/systemd/system/docker.service /lib/systemd/system/docker.service \
  /usr/lib/systemd/system/docker.service.d/*.conf | sort -u | head -n 10 | while read -r path; do
  case $path in /*) [ -x "$path" ] || echo "missing $path" ;; esac
done
has dockerd && echo "version $(within 2 dockerd --version | head -n 1)"
section processes
for comm in /proc/[0-9]*/comm; do
  read -r name <$comm || continue
  case $name in dockerd | docker | docker-daemon | docker-current | containerd | docker-containe*)
    pid=$(echo "$comm" | tr -cd 0-9)
    printf '%s %s\t%s\n' "$pid" "$name" "$(head -c 4000 /proc/$pid/cmdline | tr '\0' '\t' | tr '\n' ' ')"
  esac
done
section pid-files
for path in /run/docker.pid /var/run/docker.pid; do
  [ -e $path ] || continue
  [ $path = /var/run/docker.pid ] && [ /var/run -ef /run ] && continue
  pid=$(head -c 20 $path | tr -cd 0-9)
  name=; [ -n "$pid" ] && [ -d /proc/$pid ] && read -r name </proc/$pid/comm
  echo "$path $pid $name"
done
section sockets
for path in /run/docker.sock /var/run/docker.sock; do
  [ $path = /var/run/docker.sock ] && [ /var/run -ef /run ] && continue
  if [ -S $path ]; then type=socket; elif [ -d $path ]; then type=directory; elif [ -f $path ]; then type=file
  elif [ -e $path ] || [ -L $path ]; then type=other; else type=absent; fi
  # Flag __SO_ACCEPTCON: somebody listens.
  served=no; grep -Eq "^[^ ]+ [^ ]+ [^ ]+ 00010000 .* (/var)?/run/docker\.sock$" /proc/net/unix && served=yes
  [ -r /proc/net/unix ] || served=unknown
  echo "$path $type $served"
done
`

const resources = String.raw`
section disks
for path in / /var/lib/docker /var/lib/containerd /run /etc/docker /tmp /var/log; do
  [ -e $path ] || continue
  echo "space $path $(within 2 df -P -k $path | tail -n 1)"
  echo "inodes $path $(within 2 df -P -i $path | tail -n 1)"
done
section kernel
echo "ip_forward $(cat /proc/sys/net/ipv4/ip_forward)"
echo "bridge_nf $(cat /proc/sys/net/bridge/bridge-nf-call-iptables)"
modules=/lib/modules/$(uname -r)
for module in vxlan br_netfilter overlay; do
  if grep -q "^$module " /proc/modules; then state=loaded
  elif [ -d /sys/module/$module ]; then state=built-in
  elif grep -q "/$module\.ko" $modules/modules.builtin; then state=built-in
  elif grep -q "/$module\.ko" $modules/modules.dep; then state=available
  elif [ -e $modules/modules.dep ]; then state=missing
  else state=unknown
  fi
  [ $module = br_netfilter ] && [ -d /proc/sys/net/bridge ] && [ $state != loaded ] && state=built-in
  [ $module = overlay ] && [ $state != loaded ] && grep -q '	overlay$' /proc/filesystems && state=built-in
  echo "module $module $state"
done
`

const network = String.raw`
section listening
if has ss; then echo ss; within 2 ss -Hltnup | cut -c 1-300 | head -c 60000
else
  echo proc
  for table in tcp tcp6; do echo "table $table"; head -c 60000 /proc/net/$table; done
fi
section firewall
for name in firewalld ufw nftables; do
  [ $init = systemd ] && systemctl -q is-active $name && echo "active $name"
done
[ -r /etc/ufw/ufw.conf ] && grep -q '^ENABLED=no' /etc/ufw/ufw.conf && echo 'disabled ufw'
if rules=$(within 2 iptables -w 1 -S) || rules=$(within 2 iptables -S); then
  echo rules
  printf '%s\n' "$rules" | grep -v '^-A DOCKER' | head -c 30000
else echo no-rules
fi
`

/** The newest repair that was not taken back, where it did not come to its end: those before it are history. */
const repairs = String.raw`
records=/var/lib/swarm-networks/repairs
if [ -r $records ]; then
  ls -1 $records | sort -r | head -n 20 | while read -r name; do
    progress=$records/$name/progress
    [ -s "$progress" ] || continue
    grep -q ' undone$' "$progress" && continue
    [ "$(grep ' finished ' "$progress" | tail -n 1 | cut -d ' ' -f 3)" = done ] && break
    section "repair-record $name"
    head -c 200000 "$records/$name/record.json"
    section "repair-progress $name"
    tail -n 400 "$progress" | head -c 60000
    break
  done
elif [ -e /var/lib/swarm-networks ]; then section "unreadable repairs $records"
fi
`
