import { restartContainer } from '../../../../src/app/commands/restart-container'
import { describeStateChange } from './change-state.cases'

describeStateChange({
  command: restartContainer,
  call: 'containers.restart',
  from: 'paused',
  progress: 'Restarting web at tolkewitz',
  refused: { state: 'created', message: 'The container web at tolkewitz cannot be restarted: it is created' },
})
