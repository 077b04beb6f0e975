import { createHash } from 'node:crypto'
import { hostname, userInfo } from 'node:os'
import { SwarmNetworksError } from '../../core/errors'
import type { LocalMachine } from '../sources/local-machine'

/** What tokens of the SSH configuration stand for. */
export interface TokenSubject {
  readonly alias: string
  readonly hostName: string
  readonly port: string
  readonly user: string
  readonly hostKeyAlias?: string
  /** As the configuration has it; part of `%C`. */
  readonly jump?: string
}

/**
 * Replaces `%x` and `${VARIABLE}` (ssh_config(5), TOKENS and ENVIRONMENT VARIABLES).
 *
 * @throws `invalid-input` for one that is not known, or not set
 */
export function expandTokens(text: string, subject: TokenSubject, machine: LocalMachine): string {
  return text.replace(/%(.)|\$\{(\w+)\}/g, (match, token: string | undefined, variable: string | undefined) => {
    const value = token === undefined ? machine.env[variable ?? ''] : valueOf(token, subject, machine)
    if (value !== undefined) return value
    throw unusable(subject.alias, `"${match}" in "${text}" is not known`)
  })
}

/**
 * The same for a command line that a shell will run. Names that are more than names to a shell are refused, as OpenSSH
 * does since 9.6: they may come from where no command should.
 *
 * @throws `invalid-input`
 */
export function expandCommand(text: string, subject: TokenSubject, machine: LocalMachine): string {
  for (const name of [subject.alias, subject.hostName, subject.user, subject.hostKeyAlias ?? ''])
    if (name.startsWith('-') || /[\s'"`$\\;&<>|(){}*?!#~[\]]|\p{Cc}/u.test(name))
      throw unusable(subject.alias, `"${name}" must not become part of a command`)
  // What a shell takes for a variable is the shell's.
  return text.replace(/%(.)/g, (match, token: string) => {
    const value = valueOf(token, subject, machine)
    if (value !== undefined) return value
    throw unusable(subject.alias, `"${match}" in "${text}" is not known`)
  })
}

export function unusable(alias: string, why: string, cause?: unknown): SwarmNetworksError {
  return new SwarmNetworksError('invalid-input', `The SSH configuration of ${alias} cannot be used: ${why}`, {
    host: alias,
    remedy: 'Correct it in ~/.ssh/config.',
    cause,
  })
}

function valueOf(token: string, subject: TokenSubject, machine: LocalMachine): string | undefined {
  const { alias, hostName, port, user, hostKeyAlias = alias, jump = '' } = subject
  switch (token) {
    case '%':
      return '%'
    case 'C':
      return createHash('sha1').update(`${hostname()}${hostName}${port}${user}${jump}`).digest('hex')
    case 'd':
      return machine.home
    case 'h':
      return hostName
    case 'i':
      return String(userInfo().uid)
    case 'j':
      return jump
    case 'k':
      return hostKeyAlias
    case 'L':
      return hostname().split('.')[0]
    case 'l':
      return hostname()
    case 'n':
      return alias
    case 'p':
      return port
    case 'r':
      return user
    case 'u':
      return machine.user
    default:
      return undefined
  }
}
