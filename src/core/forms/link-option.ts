import { singleLine } from '../text/single-line'
import { invalid, type Parsed } from './parsed'
import { parseWords } from './command-line'

/**
 * Why there is no `--link`: the engine takes links on its default bridge only, and refuses or ignores them on overlay
 * networks (docs.docker.com/engine/network/links). What people want of it, names, is there without.
 *
 * @param wanted what was to be linked, for instance `db:database`; absent where nobody said
 */
export function explainLink(wanted?: string): string {
  const [target = '', alias] = (wanted ?? '').split(':')
  const name = target === '' ? 'the other container’s name' : `“${singleLine(target, 60)}”`
  const another =
    alias === undefined || alias === '' || alias === target
      ? 'For a further name give that container an alias on the network.'
      : `For “${singleLine(alias, 60)}” give that container the alias “${singleLine(alias, 60)}” on the network (run --alias ${singleLine(alias, 60)}).`
  return `There are no links on an overlay network, and none are needed: containers on the same network find each other by name, on whichever host they are. Use ${name} as the host name. ${another}`
}

/** A container's command as it is typed. Options of `docker run` are none: `--link` before it is what people try most. */
export function parseCommand(text: string): Parsed<readonly string[]> {
  const words = parseWords(text)
  if (!words.isValid) return words
  const [first = '', second] = words.value
  if (first !== '--link' && !first.startsWith('--link=')) return words
  return invalid(explainLink(first === '--link' ? second : first.slice('--link='.length)))
}
