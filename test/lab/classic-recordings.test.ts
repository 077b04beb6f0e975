import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { differences, shapeOf } from './classic/shape'
import { recordedVersions, recordingOf, recordingsOf, type ClassicVersion, type Recording } from './classic/recordings'
import { StandIn } from './classic/stand-in'
import type { Lab } from './lab'
import { openStoreLab } from './store-lab'

/** Where the containers were when the answers were recorded, and the engines that made networks for anybody. */
const places = {
  '1.0.0': { web: 'tolkewitz', shell1: 'lindenau', overlay: 'miltitz', bridge: 'miltitz' },
  '1.1.0': { web: 'lindenau', shell1: 'miltitz', overlay: 'miltitz', bridge: 'tolkewitz' },
  '1.2.9': { web: 'tolkewitz', shell1: 'miltitz', overlay: 'miltitz', bridge: 'lindenau' },
} as const

/** Takes an engine fifteen seconds, during which it looks for a plugin; asked beside all the others. */
const slow = 'net-create-baddriver'

let lab: Lab
let late: Promise<readonly string[]>[]

beforeAll(async () => {
  lab = await openStoreLab()
  await lab.heal()
  late = recordedVersions.map(async (version) => {
    await using manager = await start(version)
    return await new Replay(manager.port).compare(recordingOf(recordingsOf(version), slow))
  })
})

afterAll(async () => {
  await Promise.allSettled(late)
  await lab.cleanup()
})

const start = (version: ClassicVersion): Promise<StandIn> =>
  StandIn.start(version, {
    engines: lab.machines.map(({ address }) => `${address}:2375`),
    anyEngine: (engines, driver) =>
      engines.find(({ name }) => name === places[version][driver === 'bridge' ? driver : 'overlay']),
  })

describe.each(recordedVersions)('the stand-in for a manager of classic Swarm %s', (version) => {
  it('answers every recorded request as the real one did', async () => {
    await lab.cleanup()
    await using manager = await start(version)
    const replay = new Replay(manager.port)
    await replay.prepare(version)
    const recordings = recordingsOf(version)
    const found: string[] = []
    for (const recording of recordings) if (recording.name !== slow) found.push(...(await replay.compare(recording)))
    expect(found).toEqual([])
    expect(recordings).toHaveLength(130)
  })
})

it('a driver that no engine has is refused as it was, too', async () => {
  expect(await Promise.all(late)).toEqual([[], [], []])
})

interface Answered {
  readonly status: number
  readonly type: string
  readonly body: string
}

/** Sends recorded requests to the stand-in, with the IDs of now in the place of those of then. */
class Replay {
  readonly #port: number
  readonly #ids = new Map<string, string>()

  constructor(port: number) {
    this.#port = port
  }

  /** Makes what was there when the recordings began. */
  async prepare(version: ClassicVersion): Promise<void> {
    await this.#make('/networks/create', {
      Name: 'gnswarm',
      Driver: 'overlay',
      IPAM: { Config: [{ Subnet: '10.0.0.0/24' }] },
    })
    const { web, shell1 } = places[version]
    await this.#run('web', { Image: 'nginx', ...on('gnswarm'), Env: [`constraint:node==${web}`] })
    const typed = { Image: 'alpine', Cmd: ['/bin/sh'], Tty: true, OpenStdin: true }
    await this.#run('shell1', { ...typed, ...on('gnswarm'), Env: [`constraint:node==${shell1}`] })
    const published = { PortBindings: { '80/tcp': [{ HostPort: '8080' }] } }
    const pinned = { Image: 'nginx', ExposedPorts: { '80/tcp': {} }, HostConfig: published }
    await this.#run('pinned', { ...pinned, Env: ['constraint:node==miltitz'] })
    await this.#run('stopped', { Image: 'alpine', Cmd: ['true'], Env: ['constraint:node==tolkewitz'] })
    await this.#make(`/containers/stopped/wait`)
  }

  /** What differs from the recording; empty where nothing does. */
  async compare(recording: Recording): Promise<readonly string[]> {
    const { name, method, path, body, status, type } = recording
    const answered = await this.#sendUntilFound(method, this.#withIds(path), body && this.#withIds(body), status)
    this.#remember(name, answered)
    const found = [
      ...(answered.status === status ? [] : [`status ${answered.status} instead of ${status}: ${answered.body}`]),
      ...(answered.type === type ? [] : [`type ${answered.type} instead of ${type}`]),
    ]
    if (found.length === 0) found.push(...contentDiffers(recording, answered))
    return found.map((each) => `${name}: ${each}`)
  }

  #remember(name: string, { body }: Answered): void {
    const id = (): string => (JSON.parse(body) as { readonly Id: string }).Id
    if (name === 'exec-create') this.#ids.set('{exec}', id())
    if (name === 'net-create-duplicate-nocheck') this.#ids.set('{duplicate}', id())
  }

  #withIds(text: string): string {
    return text.replace(/\{\w+\}/g, (placeholder) => this.#ids.get(placeholder) ?? placeholder)
  }

  async #run(name: string, config: object): Promise<void> {
    this.#ids.set(`{${name}}`, (await this.#make(`/containers/create?name=${name}`, config)).Id)
    await this.#make(`/containers/${name}/start`)
  }

  async #make(path: string, body?: object): Promise<{ readonly Id: string }> {
    const answered = await this.#send('POST', path, body === undefined ? undefined : JSON.stringify(body))
    if (answered.status >= 300) throw new Error(`${path}: ${answered.status} ${answered.body}`)
    return JSON.parse(answered.body || '{}') as { readonly Id: string }
  }

  /**
   * While another engine changes a network's count of endpoints in the store, an engine leaves it out of what it lists
   * (libnetwork, store.go: "could not find endpoint count key"): such an answer is asked for again.
   */
  async #sendUntilFound(method: string, path: string, body: string | undefined, status: number): Promise<Answered> {
    const answered = await this.#send(method, path, body)
    const isLeftOut = answered.status === 404 && status !== 404 && /network [0-9a-f]{64} not found/.test(answered.body)
    return isLeftOut ? this.#send(method, path, body) : answered
  }

  #send(method: string, path: string, body?: string): Promise<Answered> {
    return new Promise((resolve, reject) => {
      const headers = body === undefined ? {} : { 'Content-Type': 'application/json' }
      // As the recordings were made: a connection each, and braces in queries as they are.
      const options = {
        port: this.#port,
        method,
        path: path.replaceAll('"', '%22'),
        headers,
        agent: false,
        timeout: 60_000,
      }
      const sent = request(options, (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (part: string) => (text += part))
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'] ?? '', body: text }),
        )
      })
      sent.on('error', reject).end(body)
    })
  }
}

const on = (network: string) => ({ HostConfig: { NetworkMode: network } })

function contentDiffers({ text, answer, shape, table, tableIn }: Recording, { body }: Answered): readonly string[] {
  if (text !== undefined) return same(wordsOf(body), text)
  if (answer !== undefined) return same(JSON.stringify(JSON.parse(body)), JSON.stringify(answer))
  if (shape === undefined) return []
  const given = JSON.parse(body) as Record<string, unknown>
  if (table === undefined || tableIn === undefined) return differences(shapeOf(given), shape)
  const rows = (given[tableIn] as readonly (readonly [string, string])[]).map(rowOf)
  return [
    ...differences(shapeOf({ ...given, [tableIn]: null }), shape),
    ...same(JSON.stringify(rows, undefined, 1), JSON.stringify(table, undefined, 1)),
  ]
}

const same = (is: string, was: string): readonly string[] => (is === was ? [] : [`${is}\n  instead of\n${was}`])

const wordsOf = (body: string): string => body.trim().replace(/[0-9a-f]{64}/g, '<id>')

/** As the recorded rows are written: without figures, times and IDs, and of labels only their names. */
function rowOf([key, value]: readonly [string, string]): readonly [string, string] {
  if (key.trim().endsWith('Labels'))
    return [
      key,
      value
        .split(', ')
        .map((label) => label.split('=')[0]!)
        .sort()
        .join(' '),
    ]
  const plain = value.replace(/[A-Z0-9]{4}(:[A-Z0-9]{4}){11}/g, 'ID').replace(/^20\.\S+$/, '#')
  return [key, plain.replace(/\d[\d.:TZ-]*/g, '#')]
}
