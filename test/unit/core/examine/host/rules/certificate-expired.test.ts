import { describe, expect, it } from 'vitest'
import { foundIn, only } from './found-by'

import { aHost, noon } from '../../../../builders'
import { aCertificate, authority, ourAuthority, someTls } from './certificates'

const validTo = noon - 86_400_000

describe('certificate-expired', () => {
  it('says which one, where, and since when', () => {
    const tls = someTls({ certificates: [authority, aCertificate('server', { validTo })] })
    const found = only('certificate-expired', { tls })
    expect(found.details).toEqual({ which: 'server', where: 'host', file: '/etc/docker/server.pem', validTo })
    const client = aCertificate('client', { file: '/home/u/cert.pem', validTo })
    expect(only('certificate-expired', { clientCertificates: [client] }).details).toMatchObject({
      which: 'client',
      where: 'here',
    })
  })

  it('tells of an authority once, though it is on both sides', () => {
    const found = foundIn({
      tls: someTls({ certificates: [{ ...authority, validTo }] }),
      clientCertificates: [{ ...ourAuthority, validTo }],
    })
    expect(found).toHaveLength(1)
    expect(found[0]?.details).toMatchObject({ which: 'ca', where: 'host' })
  })

  it('does not promise that docker-machine renews what it does not renew', () => {
    const { target } = aHost()
    const machine = { name: 'm', driver: 'generic', store: '/s', engineFlags: [], engineLabels: [] }
    const ca = { tls: someTls({ certificates: [{ ...authority, validTo }] }) }
    const found = only('certificate-expired', ca, { ...target!, machine })
    expect(found.remedy).toContain('does not renew its CA')
    expect(found.byHandHere).toEqual([
      'mv /s/certs/ca.pem /s/certs/ca.pem.before',
      'mv /s/certs/ca-key.pem /s/certs/ca-key.pem.before',
      'mv /s/certs/cert.pem /s/certs/cert.pem.before',
      'mv /s/certs/key.pem /s/certs/key.pem.before',
      'docker-machine regenerate-certs --force $(docker-machine ls -q)',
    ])
  })
})
