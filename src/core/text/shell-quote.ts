/**
 * One command line for a POSIX shell out of arguments, each of which arrives exactly as it is given. This is the only
 * place where a command for a shell is put together; text from engines and hosts may be among the arguments.
 *
 * Inside single quotes a POSIX shell interprets nothing (POSIX.1-2017, Shell Command Language, 2.2.2); a single quote is
 * written as `'\''`.
 *
 * @throws RangeError for a NUL character, which no argument of a process can hold
 */
export function shellQuote(args: readonly string[]): string {
  return args.map(quote).join(' ')
}

function quote(arg: string): string {
  if (arg.includes('\0')) throw new RangeError('An argument of a command cannot hold a NUL character')
  return /^[\w@%+:,./-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", String.raw`'\''`)}'`
}
