import * as v from 'valibot'
import { flag, parseAnswer } from './schema'

const created = v.object({ Id: v.string() })
const state = v.object({ Running: flag, ExitCode: v.fallback(v.nullish(v.number()), undefined) })

export interface ExecState {
  readonly isRunning: boolean
  /** Undefined until the process ended. */
  readonly exitCode: number | undefined
}

/** `POST /containers/ID/exec`: the ID of the exec. */
export function parseCreatedExec(answer: unknown): string {
  return parseAnswer(created, answer, 'POST /containers/ID/exec').Id
}

/** `GET /exec/ID/json`. */
export function parseExec(answer: unknown): ExecState {
  const { Running, ExitCode } = parseAnswer(state, answer, 'GET /exec/ID/json')
  return { isRunning: Running, exitCode: ExitCode ?? undefined }
}
