import { shellQuote } from '../../../text/shell-quote'
import { serverNames } from '../../../repair/server-names'
import type { Target } from '../../../model/target'
import type { HostFacts } from '../host-facts'
import { engineLine } from './by-hand'

/** Command lines for the host, and others for this machine. */
export interface CertificateLines {
  readonly byHand?: readonly string[]
  readonly byHandHere?: readonly string[]
}

/**
 * A new server certificate by hand: a request on the host, signed where the authority’s key is, put in place on the host.
 * The lines expect ca.pem, ca-key.pem and the request in one folder, which may be one on the host.
 */
export function serverLines(facts: HostFacts, target: Target | undefined): CertificateLines {
  const path = (role: 'cert' | 'key') => facts.tls.files.find((file) => file.role === role)?.path
  const [cert, key] = [path('cert'), path('key')]
  if (cert === undefined || key === undefined) return {}
  const names = serverNames(facts, target)
  return {
    byHand: [
      'cd "$(mktemp -d)"',
      shellQuote(['openssl', 'req', '-new', '-key', key, '-subj', subjectOf(names), '-out', 'server.csr']),
      '# Bring ca.pem and ca-key.pem of the authority here, or server.csr to where they are; then there:',
      ...signLines('server', `subjectAltName = ${names.join(',')}\\nextendedKeyUsage = serverAuth\\n`),
      '# On the host again:',
      shellQuote(['cp', '-p', cert, `${cert}.before`]),
      `cat server.pem >${shellQuote([cert])}`,
      engineLine(facts, 'restart'),
    ],
  }
}

/** A new client certificate by hand, for the key that is there; the engine needs no restart. */
export function clientLines(file: string): CertificateLines {
  const folder = file.slice(0, file.lastIndexOf('/') + 1) || './'
  return {
    byHandHere: [
      shellQuote(['cd', folder]),
      'openssl req -new -key key.pem -subj /CN=client -out client.csr',
      '# Where the authority’s ca.pem and ca-key.pem are:',
      ...signLines('client', 'extendedKeyUsage = clientAuth\\n'),
      '# Here again:',
      shellQuote(['cp', '-p', file, `${file}.before`]),
      `cat client.pem >${shellQuote([file])}`,
    ],
  }
}

/** `docker-machine regenerate-certs` makes new ones only of what is not there (docker/machine#4397, #4400). */
export function machineClientLines(store: string, machine: string): CertificateLines {
  const certs = `${store}/certs`
  return {
    byHandHere: [
      ...['cert.pem', 'key.pem'].map((name) => shellQuote(['mv', `${certs}/${name}`, `${certs}/${name}.before`])),
      shellQuote(['docker-machine', 'regenerate-certs', '--force', machine]),
    ],
  }
}

/** Every machine of the store has certificates of the old authority: all of them get new ones. */
export function machineAuthorityLines(store: string): CertificateLines {
  const certs = `${store}/certs`
  return {
    byHandHere: [
      ...['ca.pem', 'ca-key.pem', 'cert.pem', 'key.pem'].map((name) =>
        shellQuote(['mv', `${certs}/${name}`, `${certs}/${name}.before`]),
      ),
      'docker-machine regenerate-certs --force $(docker-machine ls -q)',
    ],
  }
}

function signLines(what: 'server' | 'client', extensions: string): readonly string[] {
  return [
    shellQuote(['printf', extensions]) + ` >${what}.ext`,
    `openssl x509 -req -in ${what}.csr -CA ca.pem -CAkey ca-key.pem -set_serial "0x$(openssl rand -hex 8)" -days 365 -extfile ${what}.ext -out ${what}.pem`,
  ]
}

function subjectOf(names: readonly string[]): string {
  const [first = 'IP:127.0.0.1'] = names
  return `/CN=${first.slice(first.indexOf(':') + 1)}`
}
