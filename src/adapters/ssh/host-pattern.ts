/**
 * OpenSSH's pattern lists (ssh_config(5), PATTERNS; sshd(8), SSH_KNOWN_HOSTS FILE FORMAT): `*` is any run of characters,
 * `?` exactly one, and a matching pattern with `!` before it outweighs all others. Case counts; callers that compare host
 * names lower both sides. (The parser's own `glob` takes `?` for "one or none", which would match too much.)
 */
export function matchesPatternList(patterns: readonly string[], name: string): boolean {
  if (patterns.some((pattern) => pattern.startsWith('!') && matchesPattern(pattern.slice(1), name))) return false
  return patterns.some((pattern) => !pattern.startsWith('!') && matchesPattern(pattern, name))
}

/** Whether one pattern with `*` and `?` covers the whole name; in time proportional to both lengths' product at most. */
export function matchesPattern(pattern: string, name: string): boolean {
  let p = 0
  let n = 0
  /** Where the last `*` stands, and how far into the name it reaches so far. */
  let star = -1
  let reach = 0
  while (n < name.length) {
    if (pattern[p] === '*') {
      star = p++
      reach = n
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === name[n])) {
      p++
      n++
    } else if (star >= 0) {
      p = star + 1
      n = ++reach
    } else {
      return false
    }
  }
  while (pattern[p] === '*') p++
  return p === pattern.length
}
