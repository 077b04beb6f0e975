import { execFile } from 'node:child_process'
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { get } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { TlsFiles } from '../../src/core/model/target'
import { issueCertificate } from '../unit/adapters/docker/certificates'
import { certificateFaults, labAuthority } from './certificate-faults'
import { Doctor, pressing } from './doctor-window'
import { allFiles } from './host-files'
import { openLab, type Lab } from './lab'
import type { Undo } from './machines/faults'
import type { Machine } from './machines/machine'

/** Certificates that are wrong, on an engine that asks for them: broken, found, made anew by real OpenSSL, and used. */
const day = 86_400_000
let lab: Lab
let doctor: Doctor
let machine: Machine
/** Our own ca.pem, ca-key.pem, cert.pem and key.pem, to be broken. */
let own: string
const mends = new Set<Undo>()

beforeAll(async () => {
  lab = await openLab()
  await lab.heal()
  machine = lab.machine('lindenau')
  doctor = await Doctor.open(lab)
})

afterEach(async () => {
  for (const mend of mends) await mend()
  mends.clear()
  await machine.run('rm -rf /var/lib/swarm-networks /etc/docker/tls/ca-key.pem /root/authority')
})

afterAll(async () => {
  await doctor.close()
  await lab.heal()
})

async function ownFiles(): Promise<TlsFiles> {
  own = await mkdtemp(join(tmpdir(), 'sn-certs-'))
  mends.add(() => rm(own, { recursive: true }))
  for (const name of ['ca.pem', 'ca-key.pem', 'cert.pem', 'key.pem'])
    await copyFile(join(lab.description.tls, name), join(own, name))
  return { ca: join(own, 'ca.pem'), cert: join(own, 'cert.pem'), key: join(own, 'key.pem') }
}

const windowWith = (files: TlsFiles) =>
  doctor.window(machine, { otherEndpoints: [{ kind: 'tls', host: machine.address, port: 2376, files }] })

/** What the engine says over TLS to whoever has these files: its version, or why not. */
async function overTls({ ca, cert, key }: TlsFiles): Promise<string> {
  const pem = { ca: await readFile(ca!), cert: await readFile(cert!), key: await readFile(key!) }
  return new Promise((resolve) => {
    const request = get(`https://${machine.address}:2376/_ping`, { ...pem, timeout: 5_000 }, (answer) => {
      answer.resume()
      resolve(String(answer.statusCode))
    })
    request.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
  })
}

async function bringAuthority(folder: string): Promise<void> {
  const { cert, key } = await labAuthority(lab)
  await machine.run(
    `mkdir -p ${folder}; cat >${folder}/ca.pem <<'PEM'\n${cert}PEM\ncat >${folder}/ca-key.pem <<'PEM'\n${key}PEM\n`,
  )
}

describe('a server certificate', () => {
  it.each(certificateFaults)(
    '($name) is made anew where the authority’s key is on the host, and that is taken back',
    { timeout: 120_000 },
    async (fault) => {
      const files = await ownFiles()
      mends.add(await fault.make(machine, lab))
      await bringAuthority('/etc/docker/tls')
      const before = await allFiles(machine, false)
      expect(await overTls(files)).not.toBe('200')
      const window = windowWith(files)
      pressing(window.session, 'l')
      const { first, plans } = await window.prepare(fault.cause)
      expect(first).toBe(fault.cause)
      expect(await window.run(plans[0]!), window.session.transcript).toBe('done')
      expect(await overTls(files)).toBe('200')
      expect((await window.examine()).findings).toEqual([])
      expect(await windowWith(files).undoLast()).toBe('undone')
      expect(await allFiles(machine, false)).toEqual(before)
    },
  )

  it('is made by hand with the commands of the finding where the key is elsewhere', { timeout: 120_000 }, async () => {
    const [expired] = certificateFaults
    const files = await ownFiles()
    mends.add(await expired!.make(machine, lab))
    const window = windowWith(files)
    const { plans } = await window.prepare('certificate-expired')
    expect(plans).toEqual([])
    const { findings } = await window.examine()
    await bringAuthority('/root/authority')
    const lines = findings[0]!.byHand!.map((line) => (line.startsWith('# Bring') ? 'cp /root/authority/* .' : line))
    await machine.run(`set -e\n${lines.join('\n')}`)
    expect(await overTls(files)).toBe('200')
    expect((await window.examine()).findings).toEqual([])
  })
})

describe('our own certificate', () => {
  it('that has expired is told, and made anew with the commands of the finding', async () => {
    const files = await ownFiles()
    const issuer = await labAuthority(lab)
    const validity = { validFrom: new Date(Date.now() - 3 * day), validTo: new Date(Date.now() - day) }
    const { cert, key } = issueCertificate({ name: 'client', issuer, ...validity })
    await writeFile(files.cert!, cert)
    await writeFile(files.key!, key)
    expect(await overTls(files)).not.toBe('200')
    const { findings } = await windowWith(files).examine()
    expect(findings[0]).toMatchObject({ cause: 'certificate-expired', details: { which: 'client', where: 'here' } })
    const script = `set -e\n${findings[0]!.byHandHere!.join('\n')}`
    await promisify(execFile)('sh', ['-c', script])
    expect(await overTls(files)).toBe('200')
    expect((await windowWith(files).examine()).findings).toEqual([])
  })

  it('of an authority that the engine does not trust is told', async () => {
    const files = await ownFiles()
    const { cert, key } = issueCertificate({ name: 'client', issuer: issueCertificate({ name: 'another' }) })
    await writeFile(files.cert!, cert)
    await writeFile(files.key!, key)
    expect(await overTls(files)).not.toBe('200')
    const { findings } = await windowWith(files).examine()
    expect(findings[0]).toMatchObject({ cause: 'certificate-mismatch', details: { which: 'client', where: 'here' } })
  })

  it('and the authority that we trust is not the engine’s: told for the server', async () => {
    const files = await ownFiles()
    await writeFile(files.ca!, issueCertificate({ name: 'another' }).cert)
    expect(await overTls(files)).not.toBe('200')
    const { findings } = await windowWith(files).examine()
    expect(findings.map(({ cause, details }) => [cause, details])).toContainEqual([
      'certificate-mismatch',
      expect.objectContaining({ which: 'server' }),
    ])
  })
})
