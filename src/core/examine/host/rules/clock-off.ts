import { engineLine } from './by-hand'
import type { FactRule } from './fact-rule'

/** From how many seconds on it is worth a word; from the other on certificates and joining a swarm suffer. */
const limits = { warning: 30, error: 300 } as const

/** The host's clock differs from this machine's: certificates look expired or not yet valid, and a swarm takes no nodes. */
export const clockOff: FactRule<'clock-off'> = {
  cause: 'clock-off',
  find: ({ facts }) => {
    const { clock } = facts
    if (clock === undefined) return []
    const seconds = (Math.abs(clock.aheadMs) - clock.uncertaintyMs) / 1000
    if (seconds < limits.warning) return []
    const off = inWords(Math.abs(clock.aheadMs) / 1000)
    return [
      {
        cause: 'clock-off',
        title: `Its clock is ${off} ${clock.aheadMs > 0 ? 'ahead of' : 'behind'} this machine’s`,
        severity: seconds < limits.error ? 'warning' : 'error',
        evidence: [
          `Measured to ${Math.ceil(clock.uncertaintyMs / 1000)} s.`,
          ...(clock.isSynchronized
            ? ['systemd says that it is synchronized: perhaps this machine’s clock is wrong.']
            : []),
        ],
        remedy: 'Synchronize the clocks (NTP) before certificates are made or nodes join; then restart the engine.',
        byHand: [
          'date -u',
          ...(facts.system.init === 'systemd'
            ? ['timedatectl set-ntp true', 'timedatectl timesync-status']
            : ['ntpd -g -q']),
          engineLine(facts, 'restart'),
        ],
        details: { aheadMs: clock.aheadMs },
      },
    ]
  },
}

function inWords(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`
  return seconds < 7200 ? `${Math.round(seconds / 60)} minutes` : `${Math.round(seconds / 3600)} hours`
}
