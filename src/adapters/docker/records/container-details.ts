import * as v from 'valibot'
import type { ContainerDetails } from '../../../core/ports/engine'
import { momentOf } from './moment'
import { count, defined, flag, parseAnswer, text } from './schema'

const schema = v.object({
  Config: v.object({ Tty: flag, OpenStdin: flag, StdinOnce: flag }),
  State: v.object({ Running: flag, Paused: flag, Restarting: flag, ExitCode: count, Error: text, FinishedAt: text }),
  HostConfig: v.fallback(v.object({ RestartPolicy: v.fallback(v.object({ Name: text }), { Name: '' }) }), {
    RestartPolicy: { Name: '' },
  }),
})

/** What attaching to a container and reading its logs depend on. */
export interface InspectedContainer extends ContainerDetails {
  readonly isPaused: boolean
  readonly isRestarting: boolean
  readonly exitCode: number
}

/** `GET /containers/ID/json`. */
export function parseContainerDetails(answer: unknown): InspectedContainer {
  const { Config, State, HostConfig } = parseAnswer(schema, answer, 'GET /containers/ID/json')
  return {
    raw: answer,
    hasTty: Config.Tty,
    isStdinOpen: Config.OpenStdin,
    isStdinOnce: Config.StdinOnce,
    isRunning: State.Running,
    isPaused: State.Paused,
    isRestarting: State.Restarting,
    exitCode: State.ExitCode,
    exit: defined({
      code: State.ExitCode,
      error: State.Error,
      // Docker before 1.13 writes an empty name.
      restart: HostConfig.RestartPolicy.Name === '' ? 'no' : HostConfig.RestartPolicy.Name,
      finishedAt: momentOf(State.FinishedAt),
    }),
  }
}
