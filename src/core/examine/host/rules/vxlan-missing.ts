import { moduleLines } from './by-hand'
import type { FactRule } from './fact-rule'
import { linesLike, said } from './seen'

/** The kernel has no VXLAN: no container on an overlay network reaches another host. */
export const vxlanMissing: FactRule<'vxlan-missing'> = {
  cause: 'vxlan-missing',
  find: ({ facts }) => {
    if (facts.kernel.vxlan !== 'missing') return []
    return [
      {
        cause: 'vxlan-missing',
        title: 'The kernel has no VXLAN: overlay networks do not work on this host',
        severity: 'error',
        evidence: [
          `Linux ${facts.system.kernel} has no module vxlan, and it is not built in.`,
          ...linesLike(facts, /vxlan/i).slice(0, 1).map(said),
        ],
        remedy:
          'Install the package with the kernel’s other modules (linux-modules-extra, kernel-modules-extra) or another kernel.',
        byHand: moduleLines(facts, 'vxlan'),
        details: { module: 'vxlan' },
      },
    ]
  },
}
