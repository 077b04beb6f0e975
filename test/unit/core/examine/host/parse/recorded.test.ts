import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { certificateReader } from '../../../../../../src/adapters/docker/certificate-reader'
import { diagnoseHost } from '../../../../../../src/core/examine/host/diagnose-host'
import { firstFacts } from '../../../../../../src/core/examine/host/first-facts'
import type { HostFacts } from '../../../../../../src/core/examine/host/host-facts'
import { joinLooks } from '../../../../../../src/core/examine/host/join-looks'
import { linesOf, parseSections } from '../../../../../../src/core/examine/host/parse/sections'
import { secondQuestions } from '../../../../../../src/core/examine/host/second-questions'

/** Read on real machines of both generations, without the engine’s chatter. */
const folder = join(import.meta.dirname, '../../../../../fixtures/examine')
const sections = (name: string) => parseSections(readFileSync(join(folder, `${name}.txt`), 'utf8'), 'N0NCE')

function read(name: string, options: { readonly user?: string; readonly hasSecond?: boolean } = {}): HostFacts {
  const { user = 'root', hasSecond = true } = options
  const first = sections(`${name}.first`)
  // As if it had just been read.
  const from = Number(linesOf(first, 'clock')[0]) * 1000
  const facts = firstFacts(first, { host: name, user, isSudo: false, from, to: from + 400 })
  const second = hasSecond ? sections(`${name}.second`) : [{ name: 'end', about: '', text: '', isRedacted: false }]
  const looks = { first, second, facts, questions: secondQuestions(facts) }
  return joinLooks(looks, { reader: certificateReader, ours: [], durationMs: 900 })
}

describe('what real hosts said', () => {
  it('of one that is well, with TLS, to root', () => {
    const facts = read('bookworm-tls-root')
    expect(facts.system).toMatchObject({ name: 'Debian GNU/Linux 12 (bookworm)', init: 'systemd', initVersion: '252' })
    expect(facts.units.map(({ name, activeState }) => [name, activeState])).toEqual([
      ['docker.service', 'active'],
      ['docker.socket', 'active'],
      ['containerd.service', 'active'],
    ])
    expect(facts.commandLine.flags.map(({ name, file }) => [name, file])).toContainEqual([
      'tlsverify',
      '/etc/default/docker',
    ])
    expect(facts.processes.find(({ name }) => name === 'dockerd')?.words).toEqual(facts.commandLine.words)
    expect(facts.tls.certificates.map(({ role, subject, signedBy }) => [role, subject, signedBy.length])).toEqual([
      ['server-authority', 'CN=sn-exam', 1],
      ['server', 'CN=lindenau', 1],
    ])
    expect(facts.tls.files.map(({ state }) => state)).toEqual(['there', 'there', 'there'])
    expect(facts.listening).toContainEqual({ protocol: 'tcp', address: '*', port: 2376, process: 'dockerd' })
    expect(facts.disks.map(({ path }) => path)).toEqual(expect.arrayContaining(['/var/lib/docker', '/run']))
    expect(facts.kernel).toMatchObject({ ipForward: true, vxlan: 'built-in' })
    expect(facts.api).toEqual({ isAnswering: true, text: '20.10.24+dfsg1' })
    expect(facts.store).toEqual([{ address: '198.18.7.11:9', outcome: expect.any(String) as string }])
    expect(facts.unseen).toEqual([])
  })

  it('of one that is well, to somebody without rights', () => {
    const facts = read('trixie-nobody', { user: 'nobody-rights' })
    expect(facts.access).toEqual({ user: 'nobody-rights', rights: 'none', mayUseEngine: false })
    expect(facts.api).toBeUndefined()
    expect(facts.unseen.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['the log of the engine’s last start', 'the firewall’s rules', 'what the engine answers']),
    )
    expect(diagnoseHost(facts)).toEqual([])
  })

  it.each([
    ['bookworm-duplicate', 'duplicate-exec-start'],
    ['bookworm-legacy-drop-in', 'stale-drop-in'],
    ['trixie-directive-twice', 'directive-twice'],
    ['trixie-unknown-flag', 'stale-drop-in'],
  ])('of %s: %s comes first', (name, cause) => {
    expect(diagnoseHost(read(name, { hasSecond: false }))[0]?.cause).toBe(cause)
  })
})
