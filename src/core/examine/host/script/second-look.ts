import { lastSection, shellFunctions } from './shell-functions'

/** What the first look named and the second one looks at. */
export interface SecondQuestions {
  /** Whether the engine may be asked: only where it runs, since asking would wake one behind `docker.socket`. */
  readonly isEngineAsked: boolean
  /** Where the engine keeps its containers. */
  readonly dataRoot: string
  /** The daemon.json that a flag names; absent for the usual one. */
  readonly configFile?: string
  /** Files of TLS, by what they are. */
  readonly tlsFiles: readonly { readonly role: 'ca' | 'cert' | 'key'; readonly path: string }[]
  /** Members of the key-value store, by host and port. */
  readonly store: readonly { readonly host: string; readonly port: number }[]
}

/** As for the first look: the longest it may take on the host, in milliseconds. */
export const secondLookDeadlineMs = 15_000

/** The most of each that is looked at: what a host names may be long. */
const most = { tlsFiles: 8, store: 5 } as const

/** The second look at a host: what its engine was told to use, and what the engine says, if it runs. */
export function secondLook(nonce: string, questions: SecondQuestions): readonly string[] {
  const { isEngineAsked, dataRoot, configFile, tlsFiles, store } = questions
  const files = tlsFiles.slice(0, most.tlsFiles).flatMap(({ role, path }) => [role, path])
  const members = store.slice(0, most.store).flatMap(({ host, port }) => ['store', host, String(port)])
  const config = configFile === undefined ? [] : ['config', configFile]
  const words = [isEngineAsked ? 'ask' : 'leave', dataRoot, ...config, ...files, ...members]
  return ['/bin/sh', '-c', `${shellFunctions}${named}${engine}${lastSection}`, 'sh', nonce, ...words]
}

/** A private key stays where it is: only the hash of its public half is given. */
const named = String.raw`
ask=$1; root=$2; shift 2

knock() {
  if has bash; then within 1 bash -c 'exec 3<>"/dev/tcp/$1/$2"' bash "$1" "$2" 2>&1
  elif has nc; then within 1 nc -z -w 1 "$1" "$2" 2>&1
  elif has python3; then within 1 python3 -c 'import socket,sys; socket.create_connection((sys.argv[1],int(sys.argv[2])),1)' "$1" "$2" 2>&1 | tail -n 1
  else echo 'no bash, nc or python3 to try it with'; return 99
  fi
}

# public PATH KIND: the hash of a private key's public half.
public() {
  [ -r "$1" ] || return 0
  section "tls-$2 $1"
  has openssl && openssl pkey -in "$1" -passin pass: -pubout -outform DER | openssl dgst -sha256 -r | cut -d ' ' -f 1
}

# One line a member, written at once: they are knocked at side by side.
try() {
  said=$(knock "$1" "$2"); status=$?
  printf 'store %s %s %s %s\n' "$1" "$2" "$status" "$(printf %s "$said" | tr '\n' ' ' | head -c 300)"
}

stored=
while [ $# -gt 0 ]; do
  case $1 in
  config) file daemon-json "$2" 64000; shift 2 ;;
  ca | cert)
    # The certificates alone: a key may stand in the same file.
    if [ -r "$2" ]; then
      section "tls-$1 $2"
      sed -n '/-BEGIN CERTIFICATE-/,/-END CERTIFICATE-/p' "$2" | head -c 64000
      [ "$1" = ca ] && public "$(dirname "$2")/ca-key.pem" authority-key
    elif [ -e "$2" ]; then section "unreadable tls-$1 $2"
    else section "missing tls-$1 $2"
    fi
    shift 2 ;;
  key)
    if [ -r "$2" ]; then public "$2" key
    elif [ -e "$2" ]; then section "unreadable tls-key $2"
    else section "missing tls-key $2"
    fi
    shift 2 ;;
  store)
    [ -n "$stored" ] || section store
    stored=yes
    try "$2" "$3" &
    shift 3 ;;
  *) shift ;;
  esac
done
wait
`

/** Containers are asked for by their exact names; without an engine their folders are read, which needs root. */
const engine = String.raw`
if [ -d "$root" ]; then section "disk $root"; echo "space $root $(within 2 df -P -k "$root" | tail -n 1)"
  echo "inodes $root $(within 2 df -P -i "$root" | tail -n 1)"; fi
answers=no
if [ $ask = ask ]; then
  section api
  if has docker; then
    said=$(within 3 docker version --format '{{.Server.Version}}' 2>&1) && [ -n "$said" ] && answers=yes
    echo "$answers"
    printf '%s\n' "$said" | tail -n 3 | head -c 1000
  elif has curl; then
    said=$(within 3 curl -sS --max-time 3 --unix-socket /var/run/docker.sock http://docker/version 2>&1) && answers=yes
    echo "$answers"
    printf '%s\n' "$said" | head -c 1000
  else echo unknown
  fi
fi
if [ $answers = yes ] && has docker; then
  section agents
  within 3 docker inspect --type container --format '{{json .Id}}	{{json .Name}}	{{json .Config.Image}}	{{json .Path}}	{{json .Args}}	{{json .State.Status}}	{{json .HostConfig.RestartPolicy.Name}}' \
    swarm-agent swarm-agent-master | head -c 30000
elif [ -r "$root/containers" ]; then
  section agent-files
  within 3 grep -lE '"Name":"/swarm-agent(-master)?"' "$root"/containers/*/config.v2.json "$root"/containers/*/config.json | head -n 4 |
    while read -r path; do
      file agent-file "$path" 64000
      file agent-host "$(dirname "$path")/hostconfig.json" 64000
    done
elif [ -e "$root" ]; then section "unreadable containers $root/containers"
fi
`
