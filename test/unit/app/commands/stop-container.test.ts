import { stopContainer } from '../../../../src/app/commands/stop-container'
import { describeStateChange } from './change-state.cases'

describeStateChange({
  command: stopContainer,
  call: 'containers.stop',
  from: 'running',
  progress: 'Stopping web at tolkewitz',
  refused: { state: 'exited', message: 'The container web at tolkewitz cannot be stopped: it is exited' },
})
