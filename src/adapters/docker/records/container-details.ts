import * as v from 'valibot'
import type { ContainerDetails } from '../../../core/ports/engine'
import { count, flag, parseAnswer } from './schema'

const schema = v.object({
  Config: v.object({ Tty: flag, OpenStdin: flag, StdinOnce: flag }),
  State: v.object({ Running: flag, Paused: flag, Restarting: flag, ExitCode: count }),
})

/** What attaching to a container and reading its logs depend on. */
export interface InspectedContainer extends ContainerDetails {
  readonly isPaused: boolean
  readonly isRestarting: boolean
  readonly exitCode: number
}

/** `GET /containers/ID/json`. */
export function parseContainerDetails(answer: unknown): InspectedContainer {
  const { Config, State } = parseAnswer(schema, answer, 'GET /containers/ID/json')
  return {
    raw: answer,
    hasTty: Config.Tty,
    isStdinOpen: Config.OpenStdin,
    isStdinOnce: Config.StdinOnce,
    isRunning: State.Running,
    isPaused: State.Paused,
    isRestarting: State.Restarting,
    exitCode: State.ExitCode,
  }
}
