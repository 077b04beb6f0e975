import { PlanBuilder, looks } from '../plan-builder'
import { rootCommand } from '../host-command'
import { restartEffect } from '../restart-consequences'
import { startEngine } from '../start-engine'
import { fixOf } from './fix'

/** A disabled unit is enabled, so that the engine starts with its host; and started where it does not run. */
export const unitDisabled = fixOf('unit-disabled', ({ details: { unit, isRunning } }, situation) => {
  const builder = new PlanBuilder(situation, 'unit-disabled')
  const effect = isRunning
    ? ({ consequences: ['Nothing is restarted.'], risk: 'low' } as const)
    : restartEffect(situation)
  return [
    builder.plan({
      id: 'unit-disabled',
      title: `Have ${unit} start with the host`,
      ...effect,
      steps: [
        {
          id: 'enable',
          title: `Enable ${unit}`,
          action: rootCommand(['systemctl', 'enable', unit], 60_000),
          check: looks(`${unit} is enabled`, rootCommand(['systemctl', 'is-enabled', unit]), 1),
          undo: rootCommand(['systemctl', 'disable', unit], 60_000),
        },
        ...(isRunning ? [] : startEngine(situation, { noUndoReason: 'The engine goes on running as it is.' })),
      ],
    }),
  ]
})
