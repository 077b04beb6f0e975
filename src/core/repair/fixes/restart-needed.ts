import { startPlan } from './engine-stopped'
import { fixOf } from './fix'

/** The engine runs with other options than its files have: a restart brings them together. */
export const restartNeeded = fixOf('restart-needed', (_finding, situation) => [
  startPlan(situation, { id: 'restart-needed', title: 'Restart the engine with the options that its files have' }),
])
