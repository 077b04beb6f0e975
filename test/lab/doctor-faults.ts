import type { DiagnosisCause } from '../../src/core/examine/host/host-diagnosis'
import type { Lab } from './lab'
import type { Undo } from './machines/faults'
import type { Machine } from './machines/machine'

/** What the host doctor has to find, and how it is made on a machine of the lab. */
export interface DoctorFault {
  readonly cause: DiagnosisCause
  /** What a test calls it, where one cause can come in several ways. */
  readonly name: string
  /** Which of the plans repairs it for good, or that a person has to. */
  readonly plan: number | 'by hand'
  /** Breaks the machine. The undo takes everything back and waits until the engine answers; it may be called after a repair. */
  make(machine: Machine, lab: Lab): Promise<Undo>
}

const dropIns = '/etc/systemd/system/docker.service.d'
const ownUnit = '/etc/systemd/system/docker.service'
const daemonJson = '/etc/docker/daemon.json'
/** Variables of the command line; of this file an examination reads only those lines. */
const defaults = '/etc/default/docker'
const dockerd = '/usr/sbin/dockerd'
/**
 * Not every start that cannot succeed ends: `docker daemon` waits for the socket that systemd holds for it. The stop before
 * it does end, and may take longer than that: an engine that is still stopping is not broken yet.
 */
export const restart =
  'systemctl daemon-reload; systemctl stop docker.service || true; systemctl reset-failed docker.service docker.socket; timeout 5 systemctl restart docker.service || true'
/** Ends a start that waits for itself, and lets a running engine be. */
const settle = 'systemctl daemon-reload; systemctl -q is-active docker.service || systemctl stop docker.service || true'
const stop = 'systemctl stop docker.socket docker.service'

/** Breaks with one script; the other one takes it back, whatever state the engine is in. */
export async function broken(
  machine: Machine,
  scripts: { readonly make: string; readonly mend: string },
): Promise<Undo> {
  const undo = async () => {
    await machine.run(`${scripts.mend}\n${settle}`)
    await machine.faults.startDockerService()
  }
  try {
    await machine.run(scripts.make)
    return undo
  } catch (error) {
    await undo()
    throw error
  }
}

function dropIn(name: string, text: string): DoctorFault['make'] {
  const path = `${dropIns}/${name}`
  return (machine) =>
    broken(machine, {
      make: `mkdir -p ${dropIns}; cat >${path} <<'UNIT'\n${text}\nUNIT\n${restart}`,
      // A repair moves it aside within the folder: what it left goes, too.
      mend: `rm -rf ${dropIns}; systemctl stop docker.service || true`,
    })
}

function fault(
  cause: DiagnosisCause,
  name: string,
  make: DoctorFault['make'],
  plan: DoctorFault['plan'] = 0,
): DoctorFault {
  return { cause, name, make, plan }
}

function scripted(cause: DiagnosisCause, make: string, mend: string, how = ''): DoctorFault {
  return fault(cause, `${cause}${how}`, (machine) => broken(machine, { make, mend }))
}

/** The plan that a fault is repaired by, where it is not the first. */
function by(plan: DoctorFault['plan'], faulty: DoctorFault): DoctorFault {
  return { ...faulty, plan }
}

function invalidDaemonJson(how: string, text: string): DoctorFault {
  const make = `cat >${daemonJson} <<'JSON'\n${text}\nJSON\n${restart}`
  return scripted('daemon-json-invalid', make, `rm -f ${daemonJson}`, how)
}

const legacyCommand = 'ExecStart=/usr/bin/docker daemon -H fd:// --storage-driver overlay'

/** Faults that keep the engine from running, or from starting again. */
export const engineFaults: readonly DoctorFault[] = [
  fault(
    'stale-drop-in',
    'stale-drop-in with the command of old',
    dropIn('override.conf', `[Service]\nExecStart=\n${legacyCommand}`),
  ),
  fault(
    'stale-drop-in',
    'stale-drop-in with a program that is gone',
    dropIn(
      '10-machine.conf',
      '[Service]\nExecStart=\nExecStart=/usr/bin/dockerd -H tcp://0.0.0.0:2376 -H unix:///var/run/docker.sock',
    ),
  ),
  fault(
    'duplicate-exec-start',
    'duplicate-exec-start',
    dropIn('override.conf', `[Service]\nExecStart=${dockerd} -H fd://`),
  ),
  // What the unit of old has besides its command, this engine may not know either: the package’s own is taken.
  by(
    1,
    scripted('legacy-unit', `printf '[Service]\\n${legacyCommand}\\n' >${ownUnit}; ${restart}`, `rm -f ${ownUnit}`),
  ),
  scripted('directive-twice', `echo '{ "hosts": ["fd://"] }' >${daemonJson}; ${restart}`, `rm -f ${daemonJson}`),
  invalidDaemonJson(' with a comma too many', '{\n  "debug": false,\n}'),
  invalidDaemonJson(' with a directive that no engine knows', '{ "debug": false, "no-such-directive": 1 }'),
  invalidDaemonJson(' that nobody can read', '{ "debug": false,\n  "labels: ["a=b"] }'),
  scripted(
    'unknown-flag',
    `cp -a ${defaults} ${defaults}.away; sed -i 's/^DOCKER_OPTS="/&--no-such-flag=1 /' ${defaults}; ${restart}`,
    `[ ! -e ${defaults}.away ] || mv ${defaults}.away ${defaults}`,
  ),
  scripted(
    'missing-binary',
    `sed 's:${dockerd}:/usr/local/bin/dockerd:' /lib/systemd/system/docker.service >${ownUnit}; ${restart}`,
    `rm -f ${ownUnit}`,
    ' in a unit of one’s own',
  ),
  // Restarting alone would do, too, until somebody knocks at docker.socket at the wrong moment.
  by(
    1,
    scripted(
      'socket-unit-conflict',
      `mkdir -p ${dropIns}; printf '[Service]\\nExecStart=\\nExecStart=${dockerd} -H unix:///var/run/docker.sock $DOCKER_OPTS\\n' >${dropIns}/override.conf; systemctl daemon-reload`,
      `rm -rf ${dropIns}; systemctl stop docker.socket docker.service || true`,
    ),
  ),
  scripted(
    'start-limit-hit',
    `${stop}; mkdir -p ${dropIns}; printf '[Service]\\nExecStartPre=/bin/false\\n' >${dropIns}/fail.conf; systemctl daemon-reload
      for try in 1 2 3 4 5; do systemctl start docker.service || true; done; rm -r ${dropIns}; systemctl daemon-reload`,
    'systemctl reset-failed docker.service',
  ),
  scripted('unit-masked', `${stop}; systemctl mask docker.service`, 'systemctl unmask docker.service'),
  scripted(
    'unit-disabled',
    `${stop}; systemctl disable docker.service docker.socket`,
    'systemctl enable docker.service docker.socket',
  ),
  scripted(
    'stale-pid-file',
    `${stop}; echo 1 >/run/docker.pid; ${restart}`,
    '[ "$(cat /run/docker.pid)" != 1 ] || rm -f /run/docker.pid',
  ),
  scripted(
    'stale-socket-file',
    `${stop}; rm -f /run/docker.sock; mkdir /run/docker.sock; ${restart}`,
    'rmdir /run/docker.sock || true',
  ),
  by(
    'by hand',

    scripted(
      'missing-binary',
      `mv ${dockerd} ${dockerd}.away; ${restart}`,
      `[ ! -e ${dockerd}.away ] || mv ${dockerd}.away ${dockerd}`,
    ),
  ),
  by(
    'by hand',

    scripted(
      'disk-full',
      `${stop}; mount -t tmpfs -o size=64k tmpfs /var/lib/docker; dd if=/dev/zero of=/var/lib/docker/full bs=1k 2>/dev/null; ${restart}`,
      `${stop} || true; mountpoint -q /var/lib/docker && [ -e /var/lib/docker/full ] && umount /var/lib/docker || true`,
    ),
  ),
  scripted('engine-stopped', stop, ':'),
]

/** Faults that the engine lives with. */
export const quietFaults: readonly DoctorFault[] = [
  fault('leftover-swarm-agent', 'leftover-swarm-agent', async (machine) => {
    await machine.run(
      'docker tag alpine swarm:1.2.9; docker create --name swarm-agent swarm:1.2.9 join --advertise 198.18.7.99:2376 etcd://198.18.7.98:2379',
    )
    return async () => {
      await machine.run('docker rm -f swarm-agent >/dev/null 2>&1; docker rmi swarm:1.2.9 >/dev/null 2>&1 || true')
    }
  }),
  fault('ip-forward-off', 'ip-forward-off', async (machine) => {
    await machine.run('sysctl -qw net.ipv4.ip_forward=0')
    return async () => {
      await machine.run('sysctl -qw net.ipv4.ip_forward=1')
    }
  }),
  fault('firewall-blocks', 'firewall-blocks', (machine) => machine.faults.dropUdp(4789)),
]
