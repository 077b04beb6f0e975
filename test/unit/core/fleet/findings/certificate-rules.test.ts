import { describe, expect, it } from 'vitest'
import { joinFleet } from '../../../../../src/core/fleet/join-fleet'
import type { SeenCertificate } from '../../../../../src/core/model/certificate'
import type { HostFinding } from '../../../../../src/core/model/host-finding'
import type { SourceKind, Target } from '../../../../../src/core/model/target'
import { aHost, noon } from '../../../builders'

const day = 24 * 60 * 60 * 1000

function aCertificate(role: SeenCertificate['role'], days: number): SeenCertificate {
  const file = { server: undefined, client: '/certs/cert.pem', authority: '/certs/ca.pem' }[role]
  return {
    role,
    subject: `CN=${role}`,
    issuer: 'CN=lab',
    validTo: noon + days * day,
    ...(file !== undefined && { file }),
  }
}

function findings(certificates: readonly SeenCertificate[], source: SourceKind = 'settings'): readonly HostFinding[] {
  const { engine, target } = aHost('tolkewitz')
  const own: Target = { ...target!, source }
  const snapshot = { target: own, state: 'ready' as const, engine: engine!, certificates }
  return joinFleet([snapshot], noon).hosts[0]?.findings ?? []
}

describe('certificate-expires-soon', () => {
  it('says which certificate, until when, how long that is, and what renews it', () => {
    expect(findings([aCertificate('server', 12.5)])).toEqual([
      {
        cause: 'certificate-expires-soon',
        title: "It can no longer be reached once the engine's certificate expires, in 12 days",
        severity: 'warning',
        evidence: [
          `The engine's certificate (CN=server, issued by CN=lab) expires on ${new Date(noon + 12.5 * day).toISOString().slice(0, 10)}, with 12 days left.`,
        ],
        remedy: expect.stringMatching(/--tlscert.*restart the engine\.$/) as string,
      },
    ])
  })

  it('names the file of a certificate on this machine', () => {
    expect(findings([aCertificate('client', 3)])[0]?.evidence[0]).toContain(', in /certs/cert.pem) expires on')
  })

  it('puts the one that expires first into the title, and each into the evidence', () => {
    const [finding] = findings([aCertificate('server', 20), aCertificate('client', 90), aCertificate('authority', 0.5)])
    expect(finding?.title).toBe(
      "It can no longer be reached once the authority's certificate expires, within a day, and 1 other certificate of its connection soon",
    )
    expect(finding?.evidence).toHaveLength(2)
    expect(finding?.remedy).toMatch(/^Make a new authority/)
  })

  it.each([
    ['the last day that counts', 29.9, 1],
    ['a day before that', 30, 0],
  ])('begins thirty days before: %s', (_, days, expected) => {
    expect(findings([aCertificate('server', days)])).toHaveLength(expected)
  })

  it.each([
    ['server', /^docker-machine regenerate-certs tolkewitz makes a new one/],
    ['client', /--client-certs tolkewitz/],
    ['authority', /--client-certs tolkewitz/],
  ] as const)('says what docker-machine renews: %s', (role, remedy) => {
    expect(findings([aCertificate(role, 5)], 'docker-machine')[0]?.remedy).toMatch(remedy)
  })
})

describe('certificate-expired', () => {
  it('is found although the connection works', () => {
    expect(findings([aCertificate('server', 90), aCertificate('authority', -2.5)])).toEqual([
      expect.objectContaining({
        cause: 'certificate-expired',
        title: "It is reached although the authority's certificate has expired",
        evidence: [expect.stringMatching(/in \/certs\/ca\.pem\) expired on \d{4}-\d\d-\d\d, 2 days ago\.$/)],
      }),
    ])
  })

  it('stands beside one that expires soon', () => {
    const found = findings([aCertificate('server', 1), aCertificate('client', -1), aCertificate('authority', -1)])
    expect(found.map(({ title }) => title)).toEqual([
      'It is reached although 2 certificates of its connection have expired',
      "It can no longer be reached once the engine's certificate expires, in 1 day",
    ])
  })

  it('says nothing where all is well, or without TLS', () => {
    expect(findings([aCertificate('server', 300), aCertificate('client', 300)])).toEqual([])
    expect(findings([])).toEqual([])
  })
})
