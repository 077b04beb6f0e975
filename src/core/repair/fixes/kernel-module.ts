import type { RepairPlan } from '../plan'
import { PlanBuilder } from '../plan-builder'
import { rootCommand, rootScript } from '../host-command'
import type { RepairSituation } from '../situation'

/** Loads a module of the kernel now and at each start of the host. */
export function modulePlan(
  situation: RepairSituation,
  { id, module, why }: { readonly id: string; readonly module: string; readonly why: string },
): RepairPlan {
  const builder = new PlanBuilder(situation, id)
  return builder.plan({
    id,
    title: `Load the kernel’s module ${module}, now and at each start of the host`,
    consequences: [why, 'Nothing is restarted.'],
    risk: 'low',
    steps: [
      {
        id: 'load',
        title: `Load ${module}`,
        action: rootCommand(['modprobe', module], 30_000),
        check: { title: `${module} is there`, look: rootScript('test -e "/sys/module/$1"', module) },
        noUndoReason: 'A module that is loaded may be in use from now on, and stays until the host is restarted.',
      },
      builder.create({
        id: 'load-at-start',
        title: `Have the host load ${module} when it starts`,
        path: `/etc/modules-load.d/swarm-networks-${module}.conf`,
        text: `${module}\n`,
      }),
    ],
  })
}
