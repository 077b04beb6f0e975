import { stripControl } from '../../text/sanitize'

/** What a tool said, as the end of a sentence about it. */
export function said(text: string): string {
  const line = stripControl(text)
  const short = line.length > 160 ? `${line.slice(0, 159)}…` : line
  return short === '' ? 'nothing was said' : `“${short}”`
}

/** Exit status of a command that its time limit ended: our own, or coreutils' and busybox' `timeout`. */
export function isTimeUp(status: number): boolean {
  return status === 137 || status === 143 || status === 124
}

/** POSIX: 127 not found, 126 found but not executable. */
export function isMissingTool(status: number): boolean {
  return status === 126 || status === 127
}
