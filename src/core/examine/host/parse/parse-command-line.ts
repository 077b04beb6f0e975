import parseWords from 'string-argv'
import type { CommandLineFacts, EngineFlag } from '../host-facts'
import type { HostFile } from '../host-file'
import type { ExecStart } from '../unit-facts'
import { shortFlags, switches } from './flag-names'

/** A word and the file it comes from. */
interface Word {
  readonly text: string
  readonly file: string
}

/**
 * The engine's command line: its words with the variables replaced that the environment files set, and its flags, each
 * with the file that it stands in.
 *
 * @param execStarts those in force; where there are several, none is the command line, and the last one's flags are given
 */
export function parseCommandLine(
  execStarts: readonly ExecStart[],
  environmentFiles: readonly HostFile[],
): CommandLineFacts {
  const last = execStarts.at(-1)
  const variables = environmentFiles.flatMap(variablesOf)
  if (last === undefined) return { flags: flagsOf(variables.flatMap(({ words }) => words)) }
  const words = wordsOf(last, variables)
  return {
    ...(execStarts.length === 1 && { words: words.map(({ text }) => text) }),
    flags: flagsOf(words.slice(1)),
  }
}

/** The flags of a process's own command line, where nothing says how it is started. */
export function flagsOfProcess(words: readonly string[]): readonly EngineFlag[] {
  return flagsOf(words.slice(1).map((text) => ({ text, file: 'the running process' })))
}

/** The program that a unit's command line names, without systemd's prefixes (systemd.service(5)). */
export function programOf(command: string): string {
  return parseWords(command)[0]?.replace(/^[-@:+!|]+/, '') ?? ''
}

interface Variable {
  readonly name: string
  readonly words: readonly Word[]
}

function variablesOf({ path, text }: HostFile): readonly Variable[] {
  return text.split('\n').flatMap((line) => {
    const [, name, value = ''] = /^\s*(?:export\s+)?(\w+)=(.*)$/.exec(line) ?? []
    if (name === undefined) return []
    const bare = value.trim().replace(/^(["'])(.*)\1$/, '$2')
    return [{ name, words: parseWords(bare).map((word) => ({ text: word, file: path })) }]
  })
}

/** `$NAME` as a word of its own becomes as many words as it has; `${NAME}` stays one (systemd.service(5)). */
function wordsOf({ command, file }: ExecStart, variables: readonly Variable[]): readonly Word[] {
  const find = (name: string) => variables.findLast((variable) => variable.name === name)?.words ?? []
  return parseWords(command).flatMap((text, index): readonly Word[] => {
    if (index === 0) return [{ text: programOf(command), file }]
    const split = /^\$(\w+)$/.exec(text)?.[1]
    if (split !== undefined) return find(split)
    const whole = text.replace(/\$\{(\w+)\}/g, (_all, name: string) =>
      find(name)
        .map((word) => word.text)
        .join(' '),
    )
    return whole === '' ? [] : [{ text: whole, file }]
  })
}

function flagsOf(words: readonly Word[]): readonly EngineFlag[] {
  const flags: EngineFlag[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at]
    const flag = word && startOfFlag(word.text)
    if (word === undefined || flag === undefined) continue
    const { file } = word
    if (flag.value !== undefined) flags.push({ name: flag.name, value: flag.value, file })
    else if (switches.has(flag.name)) flags.push({ name: flag.name, value: 'true', file })
    else flags.push({ name: flag.name, value: words[++at]?.text ?? '', file })
  }
  return flags
}

function startOfFlag(word: string): { readonly name: string; readonly value?: string } | undefined {
  const long = /^--([\w-]+)(?:=([^]*))?$/.exec(word)
  if (long?.[1] !== undefined) {
    const name = long[1] === 'graph' ? 'data-root' : long[1]
    return { name, ...(long[2] !== undefined && { value: long[2] }) }
  }
  const short = /^-([a-zA-Z])=?([^]*)$/.exec(word)
  const name = short?.[1] === undefined ? undefined : shortFlags[short[1]]
  if (short === null || name === undefined) return undefined
  const value = short[2]
  return { name, ...(value !== undefined && value !== '' && { value }) }
}
