import { stripControl } from '../../../text/sanitize'
import type { LogLine } from '../host-facts'
import { linesOf, sectionsOf, type Section } from './sections'

/** The most lines that are kept of a start. */
const mostLines = 60

/** systemd's line with which a start of the engine begins; older versions do not name the unit. */
const begin = /^Starting (docker\.service|Docker Application Container Engine|docker)\b/

/**
 * What was written of the engine's last start. While it runs, what it wrote later is no part of that; where a start was
 * refused there is no such line, and the newest lines are given.
 */
export function parseStartLog(sections: readonly Section[]): readonly LogLine[] {
  const journal = linesOf(sections, 'journal').map(journalLine)
  const containerd = linesOf(sections, 'containerd-journal').map(journalLine)
  const plain = sectionsOf(sections, 'log').flatMap(({ about, text }) =>
    text.split('\n').flatMap((line) => (line === '' ? [] : [{ source: about, text: stripControl(line) }])),
  )
  return [...containerd, ...lastStart([...plain, ...journal])].slice(-mostLines)
}

function lastStart(lines: readonly LogLine[]): readonly LogLine[] {
  const begins = lines.flatMap(({ source, text }, index) => (source === 'systemd' && begin.test(text) ? [index] : []))
  const newest = lines.slice(begins.at(-1) ?? 0)
  // systemd may just be trying again: then the try before it says more.
  const start = newest.some(isEnd) ? newest : lines.slice(begins.at(-2) ?? begins.at(-1) ?? 0)
  const started = start.findIndex(({ source, text }) => source === 'systemd' && text.startsWith('Started '))
  const isUp = started >= 0 && !start.slice(started).some(({ text }) => failure.test(text))
  // Progress says nothing about what went wrong, and there is a lot of it.
  return (isUp ? start.slice(0, started + 1) : start).filter(({ text }) => !/level=(info|debug)/.test(text))
}

const failure = /Main process exited|Failed with result|Failed to start/

function isEnd({ source, text }: LogLine): boolean {
  return source === 'systemd' && (failure.test(text) || text.startsWith('Started '))
}

/** `1795650163.340816 tolkewitz dockerd[83]: …` (journalctl -o short-unix) */
function journalLine(line: string): LogLine {
  const [, seconds, source, text] = /^(\d+\.\d+) \S+ ([^[:\s]+)(?:\[\d+\])?: (.*)$/.exec(line) ?? []
  if (seconds === undefined || source === undefined || text === undefined)
    return { source: '', text: stripControl(line) }
  return { at: Math.round(Number(seconds) * 1000), source: stripControl(source), text: stripControl(text) }
}
