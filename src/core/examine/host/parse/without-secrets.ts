const hidden = '***'

/** What may stand in a host’s files and logs and is nobody’s business, with what is to be kept of each. */
const secrets: readonly (readonly [RegExp, string])[] = [
  // Passwords of proxies and registries.
  [/\b([a-z][a-z0-9+.-]*:\/\/[^\s/@:"']*):[^\s/@"']+@/gi, `$1:${hidden}@`],
  // Who knows it may join: Docker Hub’s discovery of classic Swarm, and swarm mode’s tokens.
  [/\btoken:\/\/[^\s"'\\]+/gi, `token://${hidden}`],
  [/\bSWMTKN-[\w-]+/g, `SWMTKN-${hidden}`],
  // dockerd logs the keys of its gossip when it joins a swarm (libnetwork, networkdb/cluster.go).
  [/\bKeys:\[[[\d\s\]]*\]/g, `Keys:[${hidden}]`],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, hidden],
]

/** The text without passwords, tokens and keys. */
export function withoutSecrets(text: string): string {
  return secrets.reduce((left, [pattern, kept]) => left.replace(pattern, kept), text)
}
