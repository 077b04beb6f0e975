import { moduleLines } from './by-hand'
import type { FactRule } from './fact-rule'

/** The kernel cannot show the firewall what bridges carry: rules between containers of one network do not count. */
export const brNetfilterMissing: FactRule<'br-netfilter-missing'> = {
  cause: 'br-netfilter-missing',
  find: ({ facts }) => {
    if (facts.kernel.brNetfilter !== 'missing') return []
    return [
      {
        cause: 'br-netfilter-missing',
        title: 'The kernel has no br_netfilter: rules between containers of one network do not count',
        severity: 'warning',
        evidence: [`Linux ${facts.system.kernel} has no module br_netfilter, and it is not built in.`],
        remedy: 'Install the package with the kernel’s other modules, then modprobe br_netfilter.',
        byHand: moduleLines(facts, 'br_netfilter'),
        details: { module: 'br_netfilter' },
      },
    ]
  },
}
