import { waitUntil } from '../support/wait-until'
import type { Machine } from '../machines/machine'
import type { Undo } from '../machines/faults'

/** Where an engine lets its tables be read and written, by `network-diagnostic-port` (libnetwork, diagnostic/server.go). */
const port = 2000
const settings = '/etc/docker/daemon.json'

/** One row of a table that the engines of a network share (libnetwork, networkdb). Its value is a protobuf message. */
interface Entry {
  readonly key: string
  readonly value: Buffer
}

type Table = 'endpoint_table' | 'overlay_peer_table'

/** The tables of a network as one machine's engine has them: names with their addresses, and which host has an address. */
export class NameTable {
  readonly #machine: Machine
  readonly #networkId: string

  private constructor(machine: Machine, networkId: string) {
    this.#machine = machine
    this.#networkId = networkId
  }

  /** Opens the engine's diagnostic server, on the machine's loopback; the undo closes it again. */
  static async open(machine: Machine, network: string): Promise<{ readonly table: NameTable; readonly close: Undo }> {
    const id = (await machine.run(['docker', 'network', 'inspect', '--format', '{{.ID}}', network])).trim()
    const reload = 'systemctl kill --signal HUP --kill-who main docker.service'
    await machine.run(`echo '{"network-diagnostic-port":${port}}' >${settings}; ${reload}`)
    const isOpen = async () => ((await machine.run('ss -Hltn')).includes(`127.0.0.1:${port} `) ? true : undefined)
    const patience = { signal: AbortSignal.timeout(20_000), timeoutMs: 15_000, what: 'the diagnostic server to listen' }
    await waitUntil(isOpen, patience)
    const close = async () => {
      await machine.run(`rm -f ${settings}; ${reload}`)
    }
    return { table: new NameTable(machine, id), close }
  }

  /** The entry of a container's name. @throws where there is none */
  async nameOf(container: string): Promise<Entry> {
    // Field 1, a text: its tag, its length, its bytes.
    const start = Buffer.concat([Buffer.from([0x0a, container.length]), Buffer.from(container)])
    const entry = (await this.#entries('endpoint_table')).find(({ value }) =>
      value.subarray(0, start.length).equals(start),
    )
    if (entry === undefined) throw new Error(`${this.#machine.name} has no entry of ${container}`)
    return entry
  }

  /** Takes a name away from all other engines: the one that is asked keeps it in what it answers. */
  async forget({ key }: Entry): Promise<void> {
    await this.#ask('deleteentry', 'endpoint_table', { key })
  }

  /** Writes an entry of an endpoint that is nowhere, with another one's name, at an address of this machine’s. */
  async leaveBehind(entry: Entry, address: string): Promise<void> {
    const key = `${'dead'.repeat(4)}${entry.key.slice(16)}`
    const peer = (await this.#entries('overlay_peer_table')).find((each) => each.key === entry.key)
    if (peer === undefined) throw new Error(`${this.#machine.name} does not know where ${entry.key} is`)
    const moved = withText(withAddress(peer.value, address), /198\.18\.\d+\.\d+/, this.#machine.address)
    // The engine makes an endpoint's hardware address of its IP address.
    const hardware = `02:42:${address
      .split('.')
      .map((byte) => Number(byte).toString(16).padStart(2, '0'))
      .join(':')}`
    await this.#ask('createentry', 'overlay_peer_table', {
      key,
      value: withText(moved, /02:42(:[0-9a-f]{2}){4}/, hardware),
    })
    await this.#ask('createentry', 'endpoint_table', { key, value: withAddress(entry.value, address) })
  }

  async #entries(table: Table): Promise<readonly Entry[]> {
    const { details } = JSON.parse(await this.#ask('gettable', table)) as {
      readonly details: { readonly entries: readonly { key: string; value: string }[] | null }
    }
    // The server keeps the tables that it was given first, whatever swarm the engine has joined since (20.10).
    if (details.entries === null)
      throw new Error(
        `${this.#machine.name} has joined a swarm anew: its diagnostic server wants Docker restarted first`,
      )
    return details.entries.map(({ key, value }) => ({ key, value: Buffer.from(value, 'base64') }))
  }

  async #ask(what: string, table: Table, { key, value }: Partial<Entry> = {}): Promise<string> {
    const query = new URLSearchParams({ nid: this.#networkId, tname: table, json: '' })
    if (key !== undefined) query.set('key', key)
    if (value !== undefined) query.set('value', value.toString('base64'))
    const request = `GET /${what}?${String(query)} HTTP/1.0\r\n\r\n`
    // Machines have neither curl nor wget.
    const talk = `exec 3<>/dev/tcp/127.0.0.1/${port}; base64 -d <<<${Buffer.from(request).toString('base64')} >&3; cat <&3`
    const answer = await this.#machine.run(['bash', '-c', talk])
    const body = answer.slice(answer.indexOf('\r\n\r\n') + 4)
    if (!body.includes('"message":"OK"')) throw new Error(`${this.#machine.name}, ${what} ${table}: ${answer}`)
    return body
  }
}

const withAddress = (value: Buffer, address: string): Buffer => withText(value, /10\.\d+\.\d+\.\d+/, address)

/** A text of a message replaced; its length stands in the byte before it. */
function withText(value: Buffer, pattern: RegExp, text: string): Buffer {
  const bytes = value.toString('latin1')
  const found = pattern.exec(bytes)
  if (found === null) throw new Error(`There is no ${pattern.source} in ${JSON.stringify(bytes)}`)
  const lengthAt = found.index - 1
  const length = value[lengthAt]! - found[0].length + text.length
  const before = value.subarray(0, lengthAt)
  return Buffer.concat([
    before,
    Buffer.from([length]),
    Buffer.from(text),
    value.subarray(found.index + found[0].length),
  ])
}
