import { enumerate } from '../../text/count'
import { brokenWays } from '../broken-paths'
import { dropsInWords } from '../dials-in-words'
import type { Rule } from '../evidence'

/**
 * Nothing gets through on an encrypted network, while a plain one between the same hosts works: IP protocol 50 (ESP) is
 * dropped on the way, or a host's kernel cannot do it. No engine says so to its clients (Docker 20.10).
 */
export const encryptionBlocked: Rule = {
  id: 'encryption-blocked',
  diagnose(evidence) {
    const { network, reading } = evidence
    if (!network.isEncrypted || reading === undefined) return []
    return brokenWays(evidence).flatMap(({ broken, explanation }) => {
      const ids = new Set(broken.paths.flatMap(({ a, b }) => [a.id, b.id]))
      const plain = reading.plainPaths.filter(({ hostIds: [a, b] }) => ids.has(a) && ids.has(b))
      const drops = dropsInWords(reading, 'esp')
      if (!plain.some(({ isAnswered }) => isAnswered) && drops.length === 0) return []
      const names = broken.hosts.map(({ name }) => name)
      return [
        {
          explains: explanation.explains,
          finding: {
            ...explanation.finding,
            cause: 'encryption-blocked',
            title: `Encrypted packets (ESP) do not get through between ${enumerate(names)}${broken.shape === 'host' ? ' and the other hosts' : ''}.`,
            confidence: drops.length > 0 ? 97 : 90,
            evidence: [
              ...explanation.finding.evidence,
              ...plain
                .filter(({ isAnswered }) => isAnswered)
                .map(
                  (path) => `Containers on the same hosts hear each other on ${path.network}, which is not encrypted.`,
                ),
              ...drops,
            ],
            remedy:
              'Let IP protocol 50 (ESP) through between the hosts, in the provider’s firewall, too, where it is a rule of its own. Where it is open, the kernel lacks ESP: on RHEL 8 install kernel-modules-extra, elsewhere try “modprobe esp4” on each host.',
            alternatives: [
              ...(reading.dataPathPort === 4789
                ? []
                : [
                    `Encryption with another data path port than 4789 (${reading.dataPathPort}) has not worked in all versions of Docker.`,
                  ]),
              'Keys that were rotated while a host was away: restarting Docker there exchanges them anew.',
            ],
          },
        },
      ]
    })
  },
}
