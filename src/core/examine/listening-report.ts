import { markdownTable } from 'markdown-table'
import type { Container } from '../model/container'
import { codeSpan, escapeMarkdown } from '../text/markdown'
import type { ListeningPort } from './listening-ports'

/** What listens in a container, and which of its exposed ports nothing listens on, as a Markdown document. */
export function listeningReport(
  container: Pick<Container, 'name' | 'ports'>,
  host: string,
  listening: readonly ListeningPort[],
): string {
  const rows = listening.map(({ address, port, reach }) => [String(port), codeSpan(address), reaches[reach]])
  const table = markdownTable([['TCP port', 'Address', 'Who reaches it'], ...rows])
  return [
    `# What listens in ${escapeMarkdown(container.name)} at ${escapeMarkdown(host)}`,
    listening.length === 0 ? 'Nothing waits for TCP connections.' : table,
    ...exposedPorts(container, listening),
    'Read from `/proc/net/tcp` and `/proc/net/tcp6` inside the container.',
    '',
  ].join('\n\n')
}

const reaches: Readonly<Record<ListeningPort['reach'], string>> = {
  all: 'every container on its networks',
  loopback: 'only the container itself: let the service listen on 0.0.0.0',
  one: 'whoever is on the network of that address',
}

function exposedPorts({ ports }: Pick<Container, 'ports'>, listening: readonly ListeningPort[]): readonly string[] {
  const exposed = [...new Set(ports.filter(({ protocol }) => protocol === 'tcp').map(({ privatePort }) => privatePort))]
  const silent = exposed.filter(
    (port) => !listening.some((socket) => socket.port === port && socket.reach !== 'loopback'),
  )
  if (silent.length === 0) return []
  const names = silent.toSorted((a, b) => a - b).map((port) => `${port}/tcp`)
  return [`**The image exposes ${names.join(', ')}, but no other container can connect there.**`]
}
