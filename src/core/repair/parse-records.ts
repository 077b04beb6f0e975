import { SwarmNetworksError } from '../errors'
import { parseRecord, readProgress, type RepairProgress } from './record'
import { recordMark } from './record-commands'

/** What `listRecords` printed: the records of one host, the newest first. What is no record is left out. */
export function parseRecords(text: string): readonly RepairProgress[] {
  const parts = text.split(new RegExp(`^${recordMark}.*\\n?`, 'm')).slice(1)
  return parts.flatMap((json, index) => {
    if (index % 2 === 1) return []
    try {
      return [readProgress(parseRecord(json), parts[index + 1] ?? '')]
    } catch (error) {
      if (SwarmNetworksError.is(error, 'protocol')) return []
      throw error
    }
  })
}
