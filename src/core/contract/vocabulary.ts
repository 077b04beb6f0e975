/** A key that a contract knows, as completion and hovers explain it; the JSON schema says the same. */
export interface KeyEntry {
  readonly key: string
  readonly explanation: string
  /** What a completion inserts behind the key, in the editor's snippet syntax. */
  readonly insert: string
}

/** The mappings that a contract is made of. */
export type Mapping = 'contract' | 'line' | 'selector' | 'http'

const host: KeyEntry = {
  key: 'host',
  explanation: 'Only containers on this host, by its name or address.',
  insert: ' ${1:host}',
}

/** Every key of each mapping, in the order in which a person would write them. */
export const vocabulary: Readonly<Record<Mapping, readonly KeyEntry[]>> = {
  contract: [
    {
      key: 'network',
      explanation: 'The network that lines without one of their own are about: its name or ID.',
      insert: ' ${1:network}',
    },
    {
      key: 'must',
      explanation: 'Who must reach whom: a list of lines, each of which becomes a test.',
      insert: '\n  - from: ${1:client}\n    to: ${2:server}\n    tcp: ${3:80}',
    },
    {
      key: 'mustNot',
      explanation:
        'Who must not reach whom. A line holds only where it is shown that the target is there and serves the port.',
      insert: '\n  - from: ${1:client}\n    to: ${2:server}\n    tcp: ${3:80}',
    },
  ],
  line: [
    {
      key: 'from',
      explanation: 'Who asks: a container, a service, a label, or "*" for all; a list for several.',
      insert: ' ${1:client}',
    },
    { key: 'to', explanation: 'Who is asked, in the same words as `from`.', insert: ' ${1:server}' },
    {
      key: 'network',
      explanation: 'The network it is about: its name or ID. Without one: whichever both are on.',
      insert: ' ${1:network}',
    },
    { key: 'tcp', explanation: 'A TCP port that accepts a connection, or a list of ports.', insert: ' ${1:80}' },
    {
      key: 'http',
      explanation: 'A port that answers an HTTP request; or `port`, `path` and `status`. A list for several.',
      insert: ' { port: ${1:80}, path: ${2:/}, status: ${3:200} }',
    },
    { key: 'ping', explanation: 'Whether ping (ICMP) is answered: `true`.', insert: ' true' },
    {
      key: 'name',
      explanation: 'Whether a name leads to the target: `true` for its own name, or the name to ask for.',
      insert: ' true',
    },
    {
      key: 'mtu',
      explanation: 'Whether packets as large as the network carries come back: `true`. Only under `must`.',
      insert: ' true',
    },
    { key: 'because', explanation: 'Why the line is there; reports repeat it.', insert: ' ${1:reason}' },
  ],
  selector: [
    { key: 'container', explanation: 'A container by its name.', insert: ' ${1:name}' },
    { key: 'service', explanation: 'All tasks of a service.', insert: ' ${1:name}' },
    {
      key: 'label',
      explanation: 'All containers with a label: `KEY=VALUE`, or `KEY` for any value.',
      insert: ' ${1:key=value}',
    },
    host,
  ],
  http: [
    { key: 'port', explanation: 'The port; 80 where it is left out.', insert: ' ${1:80}' },
    {
      key: 'path',
      explanation: 'What is asked for, with a leading slash; `/` where it is left out.',
      insert: ' ${1:/}',
    },
    {
      key: 'status',
      explanation: 'The status that counts: a number, `2xx`, or a range as `200-299`; 200 to 399 where it is left out.',
      insert: ' ${1:200}',
    },
  ],
}

export function keysOf(mapping: Mapping): readonly string[] {
  return vocabulary[mapping].map(({ key }) => key)
}
