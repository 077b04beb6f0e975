/** The ways to log in that are known here, in OpenSSH's order. */
export type LoginMethod = 'publickey' | 'keyboard-interactive' | 'password'

const all: readonly LoginMethod[] = ['publickey', 'keyboard-interactive', 'password']

/** The keywords that turn a way off, under their names of today and before (ssh_config(5)). */
const switches: Readonly<Record<LoginMethod, readonly string[]>> = {
  publickey: ['pubkeyauthentication'],
  'keyboard-interactive': ['kbdinteractiveauthentication', 'challengeresponseauthentication'],
  password: ['passwordauthentication'],
}

/**
 * The ways to log in that the SSH configuration leaves: PreferredAuthentications, which names and orders them, a switch for
 * each, and BatchMode, which forbids to ask a person.
 *
 * @param valueOf the value of a keyword in small letters
 */
export function loginMethods(valueOf: (keyword: string) => string | undefined): readonly LoginMethod[] {
  const is = (keyword: string, value: string) => valueOf(keyword)?.toLowerCase() === value
  const preferred = valueOf('preferredauthentications')?.toLowerCase().split(',')
  const named = preferred?.flatMap((name) => all.find((method) => method === name.trim()) ?? []) ?? all
  const asking = is('batchmode', 'yes') ? ['publickey'] : all
  return named.filter((method) => asking.includes(method) && !switches[method].some((keyword) => is(keyword, 'no')))
}
