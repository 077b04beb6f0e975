import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { certificateReader } from '../../../../src/adapters/docker/certificate-reader'
import type { Target } from '../../../../src/core/model/target'
import { temporaryFolder, write } from '../sources/temporary-folder'
import { issueCertificate } from './certificates'

const authority = issueCertificate({ name: 'lab authority' })
const server = issueCertificate({ name: 'tolkewitz', issuer: authority, names: ['tolkewitz', '10.0.0.5'] })

describe('the reader of certificates', () => {
  it('says which of them signed which, each once', () => {
    const [ca, again, leaf] = certificateReader.read([
      { role: 'server-authority', path: '/etc/docker/ca.pem', pem: authority.cert },
      { role: 'client-authority', path: '/home/u/ca.pem', pem: authority.cert },
      { role: 'server', path: '/etc/docker/server.pem', pem: server.cert },
    ])
    expect(ca?.fingerprint).toBe(again?.fingerprint)
    expect(leaf).toMatchObject({
      ...{ role: 'server', file: '/etc/docker/server.pem', subject: 'CN=tolkewitz', issuer: 'CN=lab authority' },
      ...{ names: ['DNS:tolkewitz', 'IP Address:10.0.0.5'], signedBy: [ca?.fingerprint] },
    })
    expect(leaf?.keyFingerprint).toMatch(/^[0-9a-f]{64}$/)
  })

  it('leaves out what is no certificate', () => {
    const pem = '-----BEGIN CERTIFICATE-----\nbm90IG9uZQ==\n-----END CERTIFICATE-----\n'
    expect(certificateReader.read([{ role: 'server', path: '/x', pem }])).toEqual([])
  })

  it('reads our own files of every TLS way in, those that are there', async () => {
    const folder = await temporaryFolder()
    const files = { ca: join(folder, 'ca.pem'), cert: join(folder, 'missing.pem'), key: join(folder, 'key.pem') }
    await write(files.ca, authority.cert)
    const target: Target = {
      ...{ id: 'settings:t', name: 't', source: 'settings', isDisabled: false },
      endpoint: { kind: 'ssh', host: 't' },
      otherEndpoints: [{ kind: 'tls', host: 't', port: 2376, files }],
    }
    const ours = await certificateReader.readOurs(target, new AbortController().signal)
    expect(ours).toEqual([{ role: 'client-authority', path: files.ca, pem: authority.cert }])
  })
})
