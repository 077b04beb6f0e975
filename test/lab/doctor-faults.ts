import { createPrivateKey } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DiagnosisCause } from '../../src/core/examine/host/host-diagnosis'
import { issueCertificate } from '../unit/adapters/docker/certificates'
import type { Lab } from './lab'
import type { Undo } from './machines/faults'
import type { Machine } from './machines/machine'

/** What the host doctor has to find, and how it is made on a machine of the lab. */
export interface DoctorFault {
  readonly cause: DiagnosisCause
  /** What a test calls it, where one cause can come in several ways. */
  readonly name: string
  /** Breaks the machine. The undo takes everything back and waits until the engine answers; it may be called after a repair. */
  make(machine: Machine, lab: Lab): Promise<Undo>
}

const dropIns = '/etc/systemd/system/docker.service.d'
const ownUnit = '/etc/systemd/system/docker.service'
const daemonJson = '/etc/docker/daemon.json'
const dockerd = '/usr/sbin/dockerd'
/** Not every start that cannot succeed ends: `docker daemon` waits for the socket that systemd holds for it. */
const restart =
  'systemctl daemon-reload; systemctl reset-failed docker.service docker.socket; timeout 5 systemctl restart docker.service || true'
/** Ends a start that waits for itself, and lets a running engine be. */
const settle = 'systemctl daemon-reload; systemctl -q is-active docker.service || systemctl stop docker.service || true'
const stop = 'systemctl stop docker.socket docker.service'

/** Breaks with one script; the other one takes it back, whatever state the engine is in. */
async function broken(machine: Machine, scripts: { readonly make: string; readonly mend: string }): Promise<Undo> {
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

function fault(cause: DiagnosisCause, name: string, make: DoctorFault['make']): DoctorFault {
  return { cause, name, make }
}

function scripted(cause: DiagnosisCause, make: string, mend: string): DoctorFault {
  return fault(cause, cause, (machine) => broken(machine, { make, mend }))
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
  fault('legacy-unit', 'legacy-unit', (machine) =>
    broken(machine, {
      make: `printf '[Service]\\n${legacyCommand}\\n' >${ownUnit}; ${restart}`,
      mend: `rm -f ${ownUnit}`,
    }),
  ),
  scripted('directive-twice', `echo '{ "hosts": ["fd://"] }' >${daemonJson}; ${restart}`, `rm -f ${daemonJson}`),
  scripted(
    'daemon-json-invalid',
    `printf '{\\n  "debug": false,\\n}\\n' >${daemonJson}; ${restart}`,
    `rm -f ${daemonJson}`,
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
  scripted(
    'missing-binary',
    `mv ${dockerd} ${dockerd}.away; ${restart}`,
    `[ ! -e ${dockerd}.away ] || mv ${dockerd}.away ${dockerd}`,
  ),
  scripted(
    'disk-full',
    `${stop}; mount -t tmpfs -o size=64k tmpfs /var/lib/docker; dd if=/dev/zero of=/var/lib/docker/full bs=1k 2>/dev/null; ${restart}`,
    `${stop} || true; mountpoint -q /var/lib/docker && [ -e /var/lib/docker/full ] && umount /var/lib/docker || true`,
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

/** For a machine whose engine listens on TLS: its server certificate is a day too old, by the lab's own authority. */
export const expiredServerCertificate: DoctorFault = fault(
  'certificate-expired',
  'certificate-expired',
  async (machine, lab) => {
    const privateKey = createPrivateKey(await readFile(join(lab.description.tls, 'ca-key.pem')))
    const issuer = { name: lab.description.network.name, privateKey, cert: '', key: '' }
    const day = 86_400_000
    const [validFrom, validTo] = [new Date(Date.now() - 3 * day), new Date(Date.now() - day)]
    const { cert, key } = issueCertificate({
      name: machine.name,
      names: [machine.name, machine.address],
      issuer,
      validFrom,
      validTo,
    })
    const folder = '/etc/docker/tls'
    return broken(machine, {
      make: [
        `cp -a ${folder} ${folder}.away`,
        `cat >${folder}/cert.pem <<'PEM'\n${cert}PEM`,
        `cat >${folder}/key.pem <<'PEM'\n${key}PEM`,
        restart,
      ].join('\n'),
      mend: `[ ! -d ${folder}.away ] || { rm -rf ${folder}; mv ${folder}.away ${folder}; }; systemctl stop docker.service || true`,
    })
  },
)
