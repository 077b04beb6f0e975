import { shellQuote } from '../../../text/shell-quote'
import type { DiagnosisDetails } from '../host-diagnosis'
import type { CertificateFacts } from '../tls-facts'
import type { HostFacts } from '../host-facts'
import type { Target } from '../../../model/target'
import {
  clientLines,
  machineAuthorityLines,
  machineClientLines,
  serverLines,
  type CertificateLines,
} from './certificate-lines'
import type { FactRule } from './fact-rule'

type Which = DiagnosisDetails['certificate-expired']['which']

/** A certificate of the engine's TLS has expired, on the host or on this machine: whoever checks it refuses. */
export const certificateExpired: FactRule<'certificate-expired'> = {
  cause: 'certificate-expired',
  find: ({ facts, target }) => {
    const all = [...facts.tls.certificates, ...facts.clientCertificates]
    const expired = all.filter(({ validTo }) => validTo < facts.examinedAt)
    // The same authority is on both sides: one word about it is enough.
    const once = expired.filter(
      ({ fingerprint }, index) => expired.findIndex((c) => c.fingerprint === fingerprint) === index,
    )
    return once.map((certificate) => {
      const which = kinds[certificate.role]
      const where = certificate.role.startsWith('server') ? 'host' : 'here'
      return {
        cause: 'certificate-expired',
        title: `The ${names[which]} ${where === 'host' ? 'of the engine' : 'on this machine'} has expired`,
        severity: 'error',
        evidence: [
          `${certificate.file}${where === 'here' ? ' on this machine' : ''}: ${certificate.subject}, valid until ${dayOf(certificate.validTo)}, signed by ${certificate.issuer}.`,
        ],
        remedy: target?.machine === undefined ? remedies[which] : machineRemedies[which],
        ...linesOf(certificate, which, { facts, target }),
        details: { which, where, file: certificate.file, validTo: certificate.validTo },
      }
    })
  },
}

const kinds: Readonly<Record<CertificateFacts['role'], Which>> = {
  server: 'server',
  'server-authority': 'ca',
  client: 'client',
  'client-authority': 'ca',
}

const names: Readonly<Record<Which, string>> = {
  ca: 'CA certificate',
  server: 'server certificate',
  client: 'client certificate',
}

const remedies: Readonly<Record<Which, string>> = {
  ca: 'Make a new authority, and with it new server and client certificates for every host that has the old one.',
  server: 'Make a new server certificate with the same authority, and restart the engine.',
  client: 'Make a new client certificate with the same authority; the engine needs no restart.',
}

/** docker-machine renews neither the client's certificate nor the CA by itself (docker/machine#4397, #4400). */
const machineRemedies: Readonly<Record<Which, string>> = {
  ca: 'docker-machine does not renew its CA: move ca.pem, ca-key.pem, cert.pem and key.pem in the folder certs of its store aside, then regenerate the certificates of every machine, which restarts their engines.',
  server: 'docker-machine regenerate-certs makes a new one and restarts the engine.',
  client:
    'docker-machine does not renew it with regenerate-certs alone: move cert.pem and key.pem in the folder certs of its store aside first, or use regenerate-certs --client-certs where that is known. The engine restarts.',
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}

function linesOf(
  { file }: CertificateFacts,
  which: Which,
  { facts, target }: { readonly facts: HostFacts; readonly target: Target | undefined },
): CertificateLines {
  const machine = target?.machine
  switch (which) {
    case 'server':
      return machine === undefined
        ? serverLines(facts, target)
        : { byHandHere: [`docker-machine regenerate-certs --force ${shellQuote([machine.name])}`] }
    case 'client':
      return machine === undefined ? clientLines(file) : machineClientLines(machine.store, machine.name)
    case 'ca':
      return machine === undefined ? {} : machineAuthorityLines(machine.store)
  }
}
