import type { ProbeLine } from '../parse-probe'
import type { Check, CheckResult, Observation } from '../types'
import { isMissingTool, isTimeUp, said } from './said'

/** Longer than any refusal takes, shorter than the tools' limit of two seconds. */
const silenceMs = 1_500

interface Outcome {
  readonly observation: Observation
  readonly detail: string
}

/** The check of one exposed TCP port. */
export function tcpCheck(line: ProbeLine & { readonly port: number }): Check {
  const { observation, detail } = readOutcome(line)
  const result: CheckResult =
    observation === 'ok' ? 'pass' : ['refused', 'lost', 'no-route'].includes(observation) ? 'fail' : 'not-tested'
  return {
    ...{ kind: 'tcp', result, observation, port: line.port, detail: `TCP port ${line.port}: ${detail}` },
    ...(line.ms !== undefined && { ms: line.ms }),
  }
}

/** Whether anything answers at the address: a refusal is an answer as good as any. */
export function addressCheck(line: ProbeLine): Check {
  const { observation, detail } = readOutcome(line)
  const isAnswer = observation === 'ok' || observation === 'refused'
  return {
    kind: 'address',
    result: isAnswer ? 'pass' : observation === 'lost' || observation === 'no-route' ? 'fail' : 'not-tested',
    observation: isAnswer ? 'ok' : observation,
    detail: isAnswer ? `Answers to TCP (${detail})` : `TCP: ${detail}`,
    ...(line.ms !== undefined && { ms: line.ms }),
  }
}

function readOutcome({ status, text, ms }: ProbeLine): Outcome {
  const [tool = '', ...rest] = text.split(' ')
  const words = rest.join(' ')
  if (status === 0) return { observation: 'ok', detail: 'connected' }
  if (tool === 'none')
    return {
      observation: 'no-tool',
      detail: 'the image has nothing that opens a connection (nc, bash, python3, perl, curl, wget)',
    }
  if (isMissingTool(status)) return { observation: 'no-tool', detail: `${tool} cannot be run` }
  if (/refused/i.test(words)) return { observation: 'refused', detail: 'connection refused' }
  if (/no route to host|unreachable/i.test(words)) return { observation: 'no-route', detail: 'no route to host' }
  // Busybox' wget says the same whether it still connects or waits for an answer.
  if (tool === 'wget' && isTimeUp(status) && /\(\S+:\d+\)$/.test(words))
    return { observation: 'unreadable', detail: 'no answer to HTTP in time; wget does not say whether it connected' }
  if (isTimeUp(status) || /time[d-]? ?-?out/i.test(words))
    return { observation: 'lost', detail: 'no answer, the time was up' }
  if (/not permitted|permission denied/i.test(words))
    return { observation: 'denied', detail: 'the container may not connect' }
  // Busybox' nc -z is silent about a refusal and tells of all else (networking/nc_bloaty.c).
  if (tool === 'nc' && words === '' && ms !== undefined)
    return ms < silenceMs
      ? { observation: 'refused', detail: 'connection refused' }
      : { observation: 'lost', detail: 'no answer, the time was up' }
  return { observation: 'unreadable', detail: `${tool} failed in a way that cannot be read: ${said(words)}` }
}
