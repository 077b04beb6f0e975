import { createPrivateKey } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { issueCertificate, type Identity } from '../unit/adapters/docker/certificates'
import type { DoctorFault } from './doctor-faults'
import { broken, restart } from './doctor-faults'
import type { Lab } from './lab'
import type { Machine } from './machines/machine'

const day = 86_400_000
const folder = '/etc/docker/tls'

/** The lab’s own authority, which has signed everything that is well. */
export async function labAuthority(lab: Lab): Promise<Identity> {
  const key = await readFile(join(lab.description.tls, 'ca-key.pem'), 'utf8')
  const cert = await readFile(join(lab.description.tls, 'ca.pem'), 'utf8')
  return { name: lab.description.network.name, privateKey: createPrivateKey(key), cert, key }
}

/** A server’s files that do not do; those that are absent stay as they are. */
interface ServerFiles {
  readonly cert?: string
  readonly key?: string
}

function tlsFault(
  cause: 'certificate-expired' | 'certificate-mismatch',
  how: string,
  files: (authority: Identity, machine: Machine) => ServerFiles,
): DoctorFault {
  return {
    cause,
    name: how,
    plan: 0,
    make: async (machine, lab) => {
      const { cert, key } = files(await labAuthority(lab), machine)
      const put = (name: string, text: string | undefined) =>
        text === undefined ? '' : `cat >${folder}/${name} <<'PEM'\n${text}PEM\n`
      return broken(machine, {
        make: `cp -a ${folder} ${folder}.away\n${put('cert.pem', cert)}${put('key.pem', key)}${restart}`,
        mend: `[ ! -d ${folder}.away ] || { rm -rf ${folder}; mv ${folder}.away ${folder}; }; systemctl stop docker.service || true`,
      })
    },
  }
}

/** Faults of an engine that listens on TLS, by what is wrong with its server certificate. */
export const certificateFaults: readonly DoctorFault[] = [
  tlsFault('certificate-expired', 'a server certificate that has expired', (issuer, { name, address }) =>
    issueCertificate({
      ...{ name, issuer, names: [name, address] },
      ...{ validFrom: new Date(Date.now() - 3 * day), validTo: new Date(Date.now() - day) },
    }),
  ),
  tlsFault('certificate-mismatch', 'a server certificate for another address', (issuer, { name }) =>
    issueCertificate({ name, issuer, names: [name, '198.18.7.250'] }),
  ),
  tlsFault('certificate-mismatch', 'a key of another certificate', (issuer, { name }) => {
    const { key } = issueCertificate({ name, issuer })
    return { key }
  }),
  tlsFault('certificate-mismatch', 'a server certificate of another authority', (_issuer, { name, address }) =>
    issueCertificate({ name, issuer: issueCertificate({ name: 'another' }), names: [name, address] }),
  ),
]
