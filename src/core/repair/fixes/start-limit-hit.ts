import { startPlan } from './engine-stopped'
import { fixOf } from './fix'

/** systemd gave up starting the engine: it is told to forget the failures, and to start it. */
export const startLimitHit = fixOf('start-limit-hit', ({ details: { unit } }, situation) => [
  startPlan(situation, { id: 'start-limit-hit', title: `Have systemd forget the failures of ${unit} and start it` }),
])
