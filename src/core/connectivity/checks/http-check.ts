import { stripControl } from '../../text/sanitize'
import type { ProbeLine } from '../parse-probe'
import type { Check, CheckResult, Observation } from '../types'
import { isMissingTool, said } from './said'

/**
 * What came back to an HTTP request on a port that is open. Never a failure: that a port is open is all that an image
 * promises by exposing it.
 */
export function httpCheck(line: ProbeLine & { readonly port: number }): Check {
  const check = (result: CheckResult, observation: Observation, detail: string): Check => ({
    ...{ kind: 'http', result, observation, port: line.port, detail },
    ...(line.ms !== undefined && result === 'pass' && { ms: line.ms }),
  })
  const status = statusLine(line.text)
  if (status !== undefined)
    return {
      ...check('pass', 'ok', `HTTP on port ${line.port}: ${status}`),
      httpStatus: Number(status.slice(0, 3)),
    }
  if (isMissingTool(line.status)) return check('not-tested', 'no-tool', 'The image has nothing that speaks HTTP')
  const text = stripControl(line.text)
  return text === '' || /^Connecting to |^Spider mode/.test(text)
    ? check('not-tested', 'no-answer', `Port ${line.port} is open, but nothing came back to an HTTP request`)
    : check('not-tested', 'unreadable', `Port ${line.port} does not speak HTTP: ${said(text.slice(0, 60))}`)
}

/** Code and reason (RFC 9112, 4), without the headers that follow on the same line of words. */
function statusLine(text: string): string | undefined {
  const found = /HTTP\/\d(?:\.\d)? (\d{3}[^\r]{0,80})/.exec(text)?.[1]
  return found === undefined ? undefined : stripControl(found.replace(/ (?:[A-Za-z][\w-]*:|wget:|\d{4}-\d\d-).*$/, ''))
}
