import { parseFirewall, type FirewallReading } from './firewall-counters'
import { parseNft } from './nft-rules'
import type { PortsByProtocol } from './ports-by-protocol'

const marks = { iptables: '@iptables', nft: '@nft', noNft: '@no-nft' } as const

/** Lists a host's packet filters, as root or by `sudo`, which never asks: what it would ask for has no one to answer it. */
export const listRules = `
PATH=$PATH:/usr/sbin:/sbin
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }
rules=$(as_root iptables-save -c -t filter) && printf '%s\\n' ${marks.iptables} "$rules"
if command -v nft >/dev/null; then
  rules=$(as_root nft list ruleset) && printf '%s\\n' ${marks.nft} "$rules"
else
  echo ${marks.noNft}
fi
`

/**
 * What `listRules` printed. Rules of nftables that nobody could list may drop anything: then it is said so, and nothing
 * is called open.
 *
 * @returns undefined where neither filter could be listed
 */
export function parseHostFirewall(stdout: string, ports: PortsByProtocol): FirewallReading | undefined {
  const parts = new Map(
    stdout.split(/^(?=@(?:iptables|nft|no-nft)$)/m).map((part) => {
      const end = part.indexOf('\n')
      return [part.slice(0, end), part.slice(end + 1)] as const
    }),
  )
  const iptables = parts.get(marks.iptables)
  const nft = parts.get(marks.nft)
  if (iptables === undefined && nft === undefined) return undefined
  const ofIptables = iptables === undefined ? undefined : parseFirewall(iptables, ports)
  const ofNft = nft === undefined ? undefined : parseNft(nft, ports)
  const unseen = [
    ...(iptables === undefined ? ['the rules of iptables could not be listed'] : []),
    ...(nft === undefined
      ? [parts.has(marks.noNft) ? 'nft is not installed there, so rules of nftables were not looked for' : noRights]
      : []),
  ]
  const closed = [...(ofIptables?.closed ?? []), ...(ofNft?.closed ?? [])]
  const isFiltered = ofIptables?.isDataPathOpen === false || ofNft?.limitsInput === true
  return {
    drops: [...(ofIptables?.drops ?? []), ...(ofNft?.drops ?? [])],
    isDataPathOpen: !isFiltered && ofIptables !== undefined && (ofNft !== undefined || parts.has(marks.noNft)),
    ...(closed.length > 0 && { closed }),
    ...(unseen.length > 0 && { unseen }),
  }
}

const noRights = 'the rules of nftables could not be listed'
