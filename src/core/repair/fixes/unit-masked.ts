import { PlanBuilder, looks } from '../plan-builder'
import { rootCommand } from '../host-command'
import { isEngineUp, restartEffect } from '../restart-consequences'
import { startEngine } from '../start-engine'
import { fixOf } from './fix'

/** A masked unit is unmasked, and the engine started where it does not run. */
export const unitMasked = fixOf('unit-masked', ({ details }, situation) => {
  const { unit, isRuntime } = details
  const builder = new PlanBuilder(situation, 'unit-masked')
  const scope = isRuntime ? ['--runtime'] : []
  const isUp = isEngineUp(situation.facts)
  const effect = isUp ? ({ consequences: ['Nothing is restarted.'], risk: 'low' } as const) : restartEffect(situation)
  return [
    builder.plan({
      id: 'unit-masked',
      title: `Unmask ${unit}`,
      consequences: ['Whoever masked it may have had a reason.', ...effect.consequences],
      risk: effect.risk,
      steps: [
        {
          id: 'unmask',
          title: `Let systemd start ${unit} again`,
          action: rootCommand(['systemctl', 'unmask', ...scope, unit]),
          check: looks(
            `${unit} is loaded`,
            rootCommand(['sh', '-c', 'systemctl show -p LoadState "$1" | grep -qx LoadState=loaded', 'sh', unit]),
            1,
          ),
          undo: rootCommand(['systemctl', 'mask', ...scope, unit]),
        },
        ...(isUp ? [] : startEngine(situation, { noUndoReason: 'The engine goes on running as it is.' })),
      ],
      undoNote: `After that ${unit} is masked again; what runs goes on running.`,
    }),
  ]
})
