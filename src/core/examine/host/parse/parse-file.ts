import type { HostFile } from '../host-file'
import type { Section } from './sections'

/** A section that holds a file: about it stand its size, when it was changed, and its path. */
export function parseFile({ about, text, isRedacted }: Section): HostFile {
  const [, size = '-', seconds = '-', path = ''] = /^(\S+) (\S+) (.*)$/.exec(about) ?? []
  const modified = Number(seconds)
  return {
    path,
    text,
    isWhole: !isRedacted && Number(size) === new TextEncoder().encode(text).length,
    ...(Number.isFinite(modified) && { modifiedAt: modified * 1000 }),
  }
}
