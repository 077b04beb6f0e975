import type { ProbeLine } from '../parse-probe'
import type { Check, CheckResult, Observation } from '../types'
import { pingCounts } from './icmp-check'
import { said } from './said'

/**
 * The check of full-size packets, from the MTU that the script found and what ping said to a packet of that size.
 * `undefined` where the script names no MTU.
 */
export function mtuCheck({ text }: ProbeLine): Check | undefined {
  const found = /^(\d{2,6})(?: largest (\d{2,6}))?(?: (.*))?$/.exec(text)
  if (!found) return undefined
  const [, mtu, largest, words = ''] = found
  const bytes = Number(mtu)
  const check = (result: CheckResult, observation: Observation, detail: string): Check => ({
    ...{ kind: 'mtu', result, observation, detail, bytes },
    ...(largest !== undefined && { largestBytes: Number(largest) }),
  })
  const { sent, received } = pingCounts(words)
  if (received > 0) return check('pass', 'ok', `Packets of ${bytes} bytes pass`)
  if (sent === 0) return check('not-tested', 'unreadable', `ping failed with a large packet: ${said(words)}`)
  const measured = largest === undefined ? 'small ones pass' : `those up to ${largest} bytes pass`
  return check('fail', 'too-large', `Packets of ${bytes} bytes are lost, ${measured}`)
}
