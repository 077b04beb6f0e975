import { startContainer } from '../../../../src/app/commands/start-container'
import { describeStateChange } from './change-state.cases'

describeStateChange({
  command: startContainer,
  call: 'containers.start',
  from: 'exited',
  progress: 'Starting web at tolkewitz',
  refused: { state: 'running', message: 'The container web at tolkewitz cannot be started: it is running' },
})
