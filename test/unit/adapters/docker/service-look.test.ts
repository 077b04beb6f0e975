import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { lookAtLocalService } from '../../../../src/adapters/docker/service-look'
import { aTarget } from './api-server'

const { signal } = new AbortController()

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'systemctl-'))
  vi.stubEnv('PATH', `${folder}:${process.env['PATH'] ?? ''}`)
})

afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

/** A systemctl that says what a test wants; it notes what it was asked. */
function systemctl(script: string): void {
  const path = join(folder, 'systemctl')
  writeFileSync(path, `#!/bin/sh\necho "$@" >>${folder}/asked\n${script}\n`)
  chmodSync(path, 0o755)
}

const local = aTarget({ kind: 'unix', path: '/var/run/docker.sock' })

describe.skipIf(process.platform === 'win32')('lookAtLocalService', () => {
  it('refuses where systemd would start a stopped engine', async () => {
    // `is-active` fails when one of the units is not active.
    systemctl('[ "$*" = "is-active docker.service docker.socket" ] && printf "inactive\\nactive\\n"; exit 3')
    await expect(lookAtLocalService(local, signal)).rejects.toMatchObject({
      code: 'engine-stopped',
      host: 'tolkewitz',
      remedy: 'Start it with: systemctl start docker',
    })
  })

  it.each([
    ['the engine runs', 'printf "active\\nactive\\n"'],
    ['nobody listens', 'printf "inactive\\ninactive\\n"; exit 3'],
    ['there is no systemd', 'echo "System has not been booted with systemd" >&2; exit 1'],
  ])('lets pass where %s', async (_, script) => {
    systemctl(script)
    await lookAtLocalService(local, signal)
  })

  it('lets pass where there is no systemctl', async () => {
    vi.stubEnv('PATH', folder)
    await lookAtLocalService(local, signal)
  })

  it.each([
    ['another socket', aTarget({ kind: 'unix', path: '/run/user/1000/docker.sock' })],
    ['another host', aTarget({ kind: 'tcp', host: '127.0.0.1', port: 2375 })],
  ])('does not look for %s', async (_, target) => {
    systemctl('printf "inactive\\nactive\\n"')
    await lookAtLocalService(target, signal)
  })
})
