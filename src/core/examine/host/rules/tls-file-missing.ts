import type { TlsFile } from '../tls-facts'
import type { FactRule } from './fact-rule'
import { linesLike, said } from './seen'

/** The engine is told to use a TLS file that is not there, or holds no certificate: it does not start with it. */
export const tlsFileMissing: FactRule<'tls-file-missing'> = {
  cause: 'tls-file-missing',
  find: ({ facts }) =>
    facts.tls.files
      .filter(({ state }) => state === 'missing' || state === 'no-certificate')
      .map((file) => ({
        cause: 'tls-file-missing',
        title: `The engine’s ${names[file.role]} ${file.path} ${file.state === 'missing' ? 'does not exist' : 'holds no certificate'}`,
        severity: 'error',
        evidence: [
          `The engine is told to use ${file.path} for TLS.`,
          ...linesLike(facts, /could not load X509|could not read CA certificate|tls/i)
            .slice(0, 1)
            .map(said),
        ],
        remedy:
          'Put the file back, or make new certificates: docker-machine regenerate-certs does that for its machines.',
        details: { role: file.role, file: file.path },
      })),
}

const names: Readonly<Record<TlsFile['role'], string>> = {
  ca: 'CA certificate',
  cert: 'server certificate',
  key: 'server key',
}
