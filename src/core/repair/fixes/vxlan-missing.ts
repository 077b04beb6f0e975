import { fixOf } from './fix'
import { modulePlan } from './kernel-module'

/** Overlay networks between hosts are vxlan tunnels; without the module none can be made. */
export const vxlanMissing = fixOf('vxlan-missing', ({ details: { module } }, situation) => [
  modulePlan(situation, {
    id: 'vxlan-missing',
    module,
    why: 'Where the kernel has no such module, this fails and says so.',
  }),
])
