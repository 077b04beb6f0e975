import type { HostFacts } from '../examine/host/host-facts'
import type { Endpoint } from '../model/target'
import { looks, type StepSpec } from './plan-builder'
import { rootCommand, rootScript } from './host-command'
import { whoReturns } from './restart-consequences'
import type { RepairSituation } from './situation'

export interface StartOptions {
  /** Files whose command lines are not in force any more: nobody waits for the ports that only they had. */
  readonly without?: readonly string[]
  /** docker.socket is to stay stopped. */
  readonly withoutSocketUnit?: boolean
  /** Why taking the repair back does not restart the engine. */
  readonly noUndoReason?: string
}

/**
 * Restarts the engine and looks whether everything answers as before the fault: the service, its API over its own socket,
 * and the TCP ports by which it is reached.
 */
export function startEngine(
  situation: RepairSituation,
  { without = [], withoutSocketUnit = false, noUndoReason }: StartOptions = {},
): readonly StepSpec[] {
  const { facts } = situation
  if (facts.system.init !== 'systemd') return startWithoutSystemd(situation, noUndoReason)
  const units = hasSocketUnit(facts) && !withoutSocketUnit ? ['docker.socket', 'docker.service'] : ['docker.service']
  return [
    {
      id: 'restart-engine',
      title: 'Restart the engine',
      // After three failures in a row systemd refuses to start it, until it is told to forget them.
      action: rootScript('systemctl reset-failed "$@" 2>/dev/null; exec systemctl restart "$@"', ...units),
      check: looks('docker.service is active', rootCommand(['systemctl', 'is-active', 'docker.service'])),
      ...(noUndoReason !== undefined && { noUndoReason }),
    },
    ...answering(situation, without),
  ].map(longDeadline)
}

/** What makes an engine start again where systemd does not; undefined where nobody knows what would. */
export function restartCommand({ system, initScript }: HostFacts): readonly string[] | undefined {
  if (system.init === 'openrc') return ['rc-service', 'docker', 'restart']
  // A job that is stopped cannot be restarted.
  if (system.init === 'upstart') return ['/bin/sh', '-c', 'initctl restart docker || exec initctl start docker']
  // Debian’s script ends its own restart where nothing runs that it could stop.
  return initScript && ['/bin/sh', '-c', '"$1" stop; exec "$1" start', 'sh', initScript.path]
}

/** Such services say that they started, not that it succeeded: whether the engine answers says that. */
function startWithoutSystemd(situation: RepairSituation, noUndoReason: string | undefined): readonly StepSpec[] {
  const command = restartCommand(situation.facts)
  if (command === undefined) return []
  const restart: StepSpec = {
    id: 'restart-engine',
    title: 'Restart the engine',
    action: rootCommand(command),
    ...(noUndoReason !== undefined && { noUndoReason }),
  }
  return [restart, ...answering(situation, [])].map(longDeadline)
}

function answering(situation: RepairSituation, without: readonly string[]): readonly StepSpec[] {
  return [
    {
      id: 'engine-answers',
      title: 'Wait until the engine answers on its socket',
      action: rootScript(waitForApi),
    },
    ...expectedPorts(situation, without).map((port): StepSpec => ({
      id: `port-${port}`,
      title: `Look whether the engine listens on port ${port}, by which it is reached`,
      action: rootScript(waitForPort, hexPort(port)),
    })),
    ...containersBack(situation),
  ]
}

/**
 * The engine tries once to start what its policy brings back: an attachment to a swarm’s network that is not there within
 * 20 s leaves the container stopped for good (Docker 20.10 and 26.1). It cannot be started by hand either, its network “not
 * found”, as long as the managers keep the node waiting, as they do for some time with one that registers again and again.
 */
function containersBack(situation: RepairSituation): readonly StepSpec[] {
  const names = whoReturns(situation)
  if (names.length === 0) return []
  return [
    {
      id: 'containers-back',
      title: 'Wait for the containers that come back by their restart policy, and start those that do not',
      action: rootCommand(['/bin/sh', '-c', waitForContainers, 'sh', ...names], 150_000),
    },
  ]
}

const waitForContainers = `
command -v docker >/dev/null || exit 0
runs() { [ "$(docker inspect --type container -f '{{.State.Running}}' "$1" 2>&1)" = true ]; }
began=$(date +%s)
while :; do
  left=0
  age=$(($(date +%s) - began))
  for name; do
    runs "$name" && continue
    [ $age -ge 25 ] && said=$(docker start "$name" 2>&1) && continue
    left=1
  done
  [ $left = 0 ] && exit 0
  [ $age -lt 100 ] || break
  sleep 1
done
printf '%s\n' "$said" >&2
exit 1`.trim()

/** The docker command where there is one, else curl; where there is neither, that somebody listens on the socket. */
const waitForApi = `
for try in $(seq 30); do
  if command -v docker >/dev/null; then said=$(docker version --format 'API {{.Server.APIVersion}}' 2>&1)
  elif command -v curl >/dev/null; then said=$(curl -fsS --unix-socket /var/run/docker.sock http://docker/_ping 2>&1)
  else said=$(grep -E '00010000 .*docker\\.sock$' /proc/net/unix)
  fi && { printf '%s\\n' "$said"; exit 0; }
  sleep 1
done
printf '%s\\n' "$said" >&2
exit 1`.trim()

/** 0A is LISTEN in /proc/net/tcp (Linux, include/net/tcp_states.h). */
const waitForPort = `
for try in $(seq 15); do
  cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | grep -qE ":$1 [0-9A-F]+:0000 0A " && exit 0
  sleep 1
done
exit 1`.trim()

function longDeadline(step: StepSpec): StepSpec {
  return step.action.kind === 'command' ? { ...step, action: { ...step.action, deadlineMs: 120_000 } } : step
}

function hasSocketUnit({ units }: HostFacts): boolean {
  const socket = units.find(({ name }) => name === 'docker.socket')
  return (
    socket?.loadState === 'loaded' &&
    (socket.activeState === 'active' || socket.activeState === 'failed' || socket.unitFileState === 'enabled')
  )
}

/** Ports that the ways in lead to or that command line and daemon.json name, but for those that go with `without`. */
function expectedPorts({ target, facts }: RepairSituation, without: readonly string[]): readonly number[] {
  const ends = target === undefined ? [] : [target.endpoint, ...(target.otherEndpoints ?? [])]
  const ways = ends.flatMap(portOf)
  const hosts = facts.daemonJson.directives?.['hosts']
  const configured = portsIn([
    ...facts.commandLine.flags
      .filter(({ name, file }) => name === 'host' && !without.includes(file))
      .map(({ value }) => value),
    ...(Array.isArray(hosts) ? hosts.map(String) : []),
  ])
  const goesAway = new Set(portsIn(textsOf(facts, without)).filter((port) => !configured.includes(port)))
  return [...new Set([...ways, ...configured])].filter((port) => !goesAway.has(port)).toSorted((a, b) => a - b)
}

function textsOf({ units }: HostFacts, files: readonly string[]): readonly string[] {
  return units
    .flatMap(({ dropIns, fragment }) => (fragment === undefined ? dropIns : [fragment, ...dropIns]))
    .filter(({ path }) => files.includes(path))
    .map(({ text }) => text)
}

/** The ports of `tcp://…:PORT` in texts. */
export function portsIn(texts: readonly string[]): readonly number[] {
  return texts.flatMap((text) => [...text.matchAll(/tcp:\/\/[^\s"']*:(\d+)/g)].map(([, port]) => Number(port)))
}

function portOf(end: Endpoint): readonly number[] {
  return end.kind === 'tcp' || end.kind === 'tls' ? [end.port] : []
}

function hexPort(port: number): string {
  return port.toString(16).toUpperCase().padStart(4, '0')
}
