import { fixOf } from './fix'
import { modulePlan } from './kernel-module'

/** Without the module, the engine's rules do not see what passes its bridges. */
export const brNetfilterMissing = fixOf('br-netfilter-missing', ({ details: { module } }, situation) => [
  modulePlan(situation, {
    id: 'br-netfilter-missing',
    module,
    why: 'Packets that pass a bridge go through the firewall’s rules from then on: rules that drop them begin to count.',
  }),
])
