import { enumerate } from '../../../text/count'
import type { FactRule } from './fact-rule'

/** Unit files changed, and systemd has not read them since: a start uses the old ones. */
export const reloadNeeded: FactRule<'reload-needed'> = {
  cause: 'reload-needed',
  find: ({ facts }) => {
    const units = facts.units.filter(({ needsReload }) => needsReload).map(({ name }) => name)
    if (units.length === 0) return []
    return [
      {
        cause: 'reload-needed',
        title: `systemd has not read the changed files of ${enumerate(units)} yet`,
        severity: 'warning',
        evidence: [`systemd says NeedDaemonReload=yes for ${enumerate(units)}.`],
        remedy: 'Run systemctl daemon-reload; the engine itself needs a restart for the change to count.',
        details: { units },
      },
    ]
  },
}
