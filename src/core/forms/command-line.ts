import { parseArgsStringToArgv } from 'string-argv'
import { invalid, valid, type Parsed } from './parsed'

/**
 * Splits what was typed into words: blanks separate, single or double quotes hold together, a backslash is a character
 * like any other. Nothing is expanded: this is a list of arguments, not a shell's command line.
 */
export function parseWords(text: string): Parsed<readonly string[]> {
  const quote = openQuote(text)
  if (quote !== undefined) return invalid(`A quote (${quote}) is opened and not closed.`)
  return valid(parseArgsStringToArgv(text))
}

/** The splitter takes the end of the text for the end of a quote; a person who forgot it wants to know. */
function openQuote(text: string): string | undefined {
  let open: string | undefined
  for (const character of text) {
    if (character !== '"' && character !== "'") continue
    if (open === undefined) open = character
    else if (open === character) open = undefined
  }
  return open
}

const shells = new Set(['sh', 'bash', 'ash', 'dash', 'zsh', 'ksh', 'fish'])
const shellImages = new Set([
  'alpine',
  'busybox',
  'debian',
  'ubuntu',
  'fedora',
  'centos',
  'rockylinux',
  'almalinux',
  'archlinux',
  'bash',
])

/**
 * Whether a container is one that a person will type into, and which ends at once without a terminal: its command is a
 * shell, or it has none and the image is known to start one.
 */
export function isShellLike(command: readonly string[], image: string): boolean {
  const [program, ...rest] = command
  if (program !== undefined) return rest.length === 0 && shells.has(baseName(program))
  return shellImages.has(baseName(image).replace(/[:@].*$/, ''))
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
