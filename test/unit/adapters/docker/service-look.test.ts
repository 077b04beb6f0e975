import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LocalSocketAgent } from '../../../../src/adapters/docker/local-socket-agent'
import { lookAtLocalService } from '../../../../src/adapters/docker/service-look'
import { SwarmNetworksError } from '../../../../src/core/errors'
import { aConnector, ApiServer, aTarget, json } from './api-server'

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

describe('a connection that lives on while its engine is stopped', () => {
  it('is not joined by another one, which would start the engine again', async () => {
    const server = await new ApiServer().listen()
    server.on('GET /events', (response) => response.writeHead(200).flushHeaders())
    server.on('GET /info', json({ Name: 'tolkewitz' }))
    let isStopped = false
    const connector = aConnector(() => {
      const refusal = new SwarmNetworksError('engine-stopped', 'The Docker service of tolkewitz is stopped')
      return isStopped ? Promise.reject(refusal) : Promise.resolve()
    })
    const engine = await connector.connect(server.target, signal)
    await engine.system.events(signal)
    isStopped = true
    // The one that was free is taken by the stream; the engine takes its time to end that.
    await sleep(300)
    const before = server.sockets.size
    await expect(engine.system.info(signal)).rejects.toMatchObject({ code: 'engine-stopped', host: 'tolkewitz' })
    expect(server.sockets.size).toBe(before)
    engine.close()
    await server.close()
  })

  it('opens none any more once it was closed while it looked', async () => {
    const server = await new ApiServer().listen()
    let look: () => void = () => undefined
    const agent = new LocalSocketAgent({}, () => new Promise((resolve) => (look = resolve)))
    const failed = new Promise<Error>((resolve) => {
      get({ socketPath: server.socketPath, agent }).once('error', resolve)
    })
    agent.destroy()
    look()
    await expect(failed).resolves.toMatchObject({ code: 'cancelled' })
    expect(server.sockets.size).toBe(0)
    await server.close()
  })
})
