import { singleLine } from '../../../text/single-line'
import type { EngineProcess, PidFile, ProgramFacts, SocketFile } from '../host-facts'
import { linesOf, type Section } from './sections'

export function parsePrograms(sections: readonly Section[]): ProgramFacts {
  const lines = linesOf(sections, 'programs')
  const after = (word: string) =>
    lines.flatMap((line) => (line.startsWith(`${word} `) ? [line.slice(word.length + 1)] : []))
  const version = /\b(\d+\.\d+[^\s,]*)/.exec(after('version')[0] ?? '')?.[1]
  return {
    found: after('found').filter((path) => path.endsWith('/dockerd')),
    missing: after('missing'),
    ...(version !== undefined && { version }),
  }
}

/** `121 dockerd<tab>/usr/sbin/dockerd<tab>-H<tab>fd://<tab>` */
export function parseProcesses(sections: readonly Section[]): readonly EngineProcess[] {
  return linesOf(sections, 'processes').flatMap((line) => {
    const [head = '', ...words] = line.split('\t')
    const [pid, name] = head.split(' ')
    if (pid === undefined || name === undefined) return []
    return [{ pid: Number(pid), name: singleLine(name), words: words.filter((word) => word !== '') }]
  })
}

/** Whether a process is an engine: `docker` was both client and engine up to 1.12. */
export function isEngine({ name, words }: EngineProcess): boolean {
  return (
    name === 'dockerd' || (name.startsWith('docker') && words.slice(1, 3).some((word) => /^(daemon|-d)$/.test(word)))
  )
}

/** `/run/docker.pid 121 dockerd` */
export function parsePidFiles(sections: readonly Section[]): readonly PidFile[] {
  return linesOf(sections, 'pid-files').map((line) => {
    const [path = '', pid = '', process = ''] = line.split(' ')
    return { path, ...(pid !== '' && { pid: Number(pid) }), ...(process !== '' && { process: singleLine(process) }) }
  })
}

/** `/run/docker.sock socket yes` */
export function parseSocketFiles(sections: readonly Section[]): readonly SocketFile[] {
  return linesOf(sections, 'sockets').map((line) => {
    const [path = '', type, served] = line.split(' ')
    return {
      path,
      type: socketTypes.find((known) => known === type) ?? 'other',
      ...(served !== 'unknown' && { isServed: served === 'yes' }),
    }
  })
}

const socketTypes = ['socket', 'directory', 'file', 'absent', 'other'] as const
