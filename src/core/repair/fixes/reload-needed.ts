import { enumerate } from '../../text/count'
import { PlanBuilder } from '../plan-builder'
import { rootCommand } from '../host-command'
import { fixOf } from './fix'

/** Files of units changed since systemd read them: it reads them again, and nothing is restarted. */
export const reloadNeeded = fixOf('reload-needed', ({ details: { units } }, situation) => [
  new PlanBuilder(situation, 'reload-needed').plan({
    id: 'reload-needed',
    title: `Have systemd read the files of ${enumerate(units)} again`,
    consequences: ['Nothing is restarted; what has changed counts from the next start on.'],
    risk: 'low',
    steps: [
      {
        id: 'reload',
        title: 'Have systemd read its files again',
        action: rootCommand(['systemctl', 'daemon-reload'], 60_000),
        noUndoReason: 'What systemd has read it does not forget.',
      },
    ],
  }),
])
