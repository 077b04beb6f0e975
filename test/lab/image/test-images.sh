#!/bin/sh
# Writes the three images that tests run as one archive for `docker load`: alpine (a shell with tools), nginx (a web
# server on port 80) and noshell (a web server on port 8080 and not one other program). All are Debian's static busybox.
set -eu
out=$1
work=$(mktemp -d)
mkdir "$work/archive"
manifest=''

# image NAME CONFIG: packs $work/NAME as the single layer of NAME:latest.
image() {
  tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -C "$work/$1" -cf "$work/archive/$1.tar" .
  diff_id=$(sha256sum "$work/archive/$1.tar" | cut -d ' ' -f 1)
  cat >"$work/archive/$1.json" <<JSON
{"architecture":"$architecture","os":"linux","created":"2024-01-01T00:00:00Z","config":$2,
"rootfs":{"type":"layers","diff_ids":["sha256:$diff_id"]},"history":[{"created":"2024-01-01T00:00:00Z","created_by":"lab"}]}
JSON
  manifest="$manifest${manifest:+,}{\"Config\":\"$1.json\",\"RepoTags\":[\"$1:latest\"],\"Layers\":[\"$1.tar\"]}"
}

# root_with_shell NAME: a root file system with every applet of busybox.
root_with_shell() {
  mkdir -p "$work/$1/bin" "$work/$1/etc" "$work/$1/root" "$work/$1/www"
  mkdir -m 1777 "$work/$1/tmp"
  cp /bin/busybox "$work/$1/bin/busybox"
  /bin/busybox --list-full | while read -r applet; do
    [ "$applet" = bin/busybox ] && continue
    mkdir -p "$work/$1/${applet%/*}"
    ln -s /bin/busybox "$work/$1/$applet"
  done
  echo 'root:x:0:0:root:/root:/bin/sh' >"$work/$1/etc/passwd"
  echo 'root:x:0:' >"$work/$1/etc/group"
}

architecture=$(dpkg --print-architecture)
path='"Env":["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]'

root_with_shell alpine
image alpine "{$path,\"Cmd\":[\"/bin/sh\"]}"

# busybox's httpd installs no handler for SIGTERM and, as first process, would make every stop take ten seconds.
root_with_shell nginx
echo '<!DOCTYPE html><title>Welcome to nginx!</title><h1>Welcome to nginx!</h1>' >"$work/nginx/www/index.html"
image nginx "{$path,\"Cmd\":[\"httpd\",\"-f\",\"-p\",\"80\",\"-h\",\"/www\"],\"ExposedPorts\":{\"80/tcp\":{}},\"StopSignal\":\"SIGKILL\"}"

# busybox takes the applet from the name it is started by; called httpd it is nothing else.
mkdir -p "$work/noshell/www"
cp /bin/busybox "$work/noshell/httpd"
echo 'no shell here' >"$work/noshell/www/index.html"
image noshell '{"Cmd":["/httpd","-f","-p","8080","-h","/www"],"ExposedPorts":{"8080/tcp":{}},"StopSignal":"SIGKILL"}'

echo "[$manifest]" >"$work/archive/manifest.json"
tar -C "$work/archive" -cf "$out" .
rm -rf "$work"
