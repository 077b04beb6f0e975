import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EngineClient } from '../../../../src/core/ports/engine'
import { aConnector, aTarget } from './api-server'

const { signal } = new AbortController()

interface Generation {
  readonly version: { readonly Version: string; readonly ApiVersion: string; readonly MinAPIVersion?: string }
  /** In the words of that engine; undefined where it takes the version. */
  readonly refuse: (version: string) => { readonly text: string; readonly isJson: boolean } | undefined
}

const minor = (version: string) => Number(version.split('.')[1])

/** As Docker 1.10 does (api/server/middleware/version.go at that time). */
const docker110: Generation = {
  version: { Version: '1.10.3', ApiVersion: '1.22' },
  refuse: (version) =>
    minor(version) > 22
      ? {
          text: `client is newer than server (client API version: ${version}, server API version: 1.22)`,
          isJson: false,
        }
      : undefined,
}

const docker20: Generation = {
  version: { Version: '20.10.24', ApiVersion: '1.41', MinAPIVersion: '1.12' },
  refuse: (version) =>
    minor(version) > 41
      ? { text: `client version ${version} is too new. Maximum supported API version is 1.41`, isJson: true }
      : undefined,
}

const docker29: Generation = {
  version: { Version: '29.0.0', ApiVersion: '1.52', MinAPIVersion: '1.44' },
  refuse: (version) =>
    minor(version) < 44
      ? {
          text: `client version ${version} is too old. Minimum supported API version is 1.44, please upgrade your client to a newer version`,
          isJson: true,
        }
      : undefined,
}

/** One port behind which engines are exchanged, while connections to it stay. */
let current: Generation
let asked: string[]
let engine: EngineClient | undefined
const server = createServer((request, response) => answer(request, response))

function answer({ method, url = '' }: IncomingMessage, response: ServerResponse): void {
  const path = url.replace(/\?.*/, '')
  asked.push(`${method} ${path}`)
  const spoken = /^\/v(\d+\.\d+)\//.exec(path)?.[1]
  const refusal = spoken === undefined ? undefined : current.refuse(spoken)
  if (refusal) {
    const { text, isJson } = refusal
    response.writeHead(400, { 'Content-Type': isJson ? 'application/json' : 'text/plain' })
    response.end(isJson ? JSON.stringify({ message: text }) : `${text}\n`)
    return
  }
  response.writeHead(path.endsWith('/start') ? 204 : 200, { 'Content-Type': 'application/json' })
  if (path.endsWith('/events')) response.flushHeaders()
  else if (path.endsWith('/start')) response.end()
  else response.end(JSON.stringify(path.endsWith('/version') ? current.version : path.endsWith('/info') ? {} : []))
}

async function connect(generation: Generation): Promise<EngineClient> {
  current = generation
  const { port } = server.address() as AddressInfo
  engine = await aConnector().connect(aTarget({ kind: 'tcp', host: '127.0.0.1', port }), signal)
  asked = []
  return engine
}

beforeEach(async () => {
  asked = []
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})

afterEach(async () => {
  engine?.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

describe('an engine that is exchanged behind a connection', () => {
  it.each([
    ['upgraded', docker20, docker29, '1.41', '1.52'],
    ['downgraded', docker29, docker20, '1.52', '1.41'],
    ['downgraded to one that answers in plain text', docker20, docker110, '1.41', '1.22'],
  ])('is asked again in its own version when it was %s', async (_, before, after, spoken, expected) => {
    const client = await connect(before)
    expect(client.apiVersion).toBe(spoken)
    current = after
    const info = await client.system.info(signal)
    expect(info).toMatchObject({ apiVersion: expected, version: after.version.Version })
    expect(client.apiVersion).toBe(expected)
    expect(asked).toEqual([`GET /v${spoken}/info`, 'GET /version', `GET /v${expected}/info`])
  })

  it('gets a change once', async () => {
    const client = await connect(docker20)
    current = docker29
    await client.containers.start('web', signal)
    expect(asked.filter((line) => line.includes('/v1.52/'))).toEqual(['POST /v1.52/containers/web/start'])
  })

  it('gets its streams too', async () => {
    const client = await connect(docker20)
    current = docker29
    await client.system.events(signal)
    expect(asked).toEqual(['GET /v1.41/events', 'GET /version', 'GET /v1.52/events'])
  })

  it('keeps the version that was agreed on anew', async () => {
    const client = await connect(docker20)
    current = docker29
    await client.system.info(signal)
    asked = []
    await Promise.all([client.containers.list(signal), client.networks.list(signal)])
    expect(asked.toSorted()).toEqual(['GET /v1.52/containers/json', 'GET /v1.52/networks'])
  })

  it('is given up where it refuses the version that it names', async () => {
    const client = await connect(docker20)
    current = { ...docker29, version: docker20.version }
    await expect(client.system.info(signal)).rejects.toMatchObject({
      code: 'api-version',
      host: 'tolkewitz',
      message: expect.stringMatching(/client version 1\.41 is too old/) as string,
      remedy: expect.stringMatching(/proxy/) as string,
    })
    expect(asked).toEqual(['GET /v1.41/info', 'GET /version'])
  })

  it('is given up where it shares no version with us', async () => {
    const client = await connect(docker20)
    current = { ...docker29, version: { Version: '40.0', ApiVersion: '1.90', MinAPIVersion: '1.80' } }
    await expect(client.system.info(signal)).rejects.toMatchObject({
      code: 'api-version',
      message: expect.stringMatching(/from 1\.80 on, this extension up to/) as string,
    })
  })
})
