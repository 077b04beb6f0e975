import type { ProbeLine } from '../parse-probe'
import type { Check, CheckResult, Observation, PingCounts } from '../types'
import { isMissingTool, said } from './said'

/** The check of ICMP, from what ping said (iputils and busybox). */
export function icmpCheck({ status, text }: ProbeLine): Check {
  const check = (result: CheckResult, observation: Observation, detail: string): Check => ({
    ...{ kind: 'icmp', result, observation, detail },
  })
  if (isMissingTool(status)) return check('not-tested', 'no-tool', 'The image has no ping')
  const { sent, received } = pingCounts(text)
  if (received > 0) {
    const loss = received < sent ? `, ${sent - received} of ${sent} lost` : ''
    const times = roundTrips(text)
    const ms = times?.avgMs ?? Number(/time[=<]([\d.]+) ?ms/.exec(text)?.[1] ?? NaN)
    const answer = { ...check('pass', 'ok', `Answers to ping${loss}`), pings: { sent, received, ...times } }
    return Number.isFinite(ms) ? { ...answer, ms } : answer
  }
  if (/permission denied|not permitted|are you root/i.test(text))
    return check('not-tested', 'denied', 'The container may not use ping')
  if (/unreachable|no route to host/i.test(text))
    return check('fail', 'no-route', `No route to it: ${said(lastWords(text))}`)
  if (sent > 0) return check('fail', 'lost', `No answer to ${sent === 1 ? 'a ping' : `${sent} pings`}`)
  return check('not-tested', 'unreadable', `ping failed in a way that cannot be read: ${said(text)}`)
}

/** How many echo requests went out and came back, as ping sums up; none where it says nothing. */
export function pingCounts(text: string): { readonly sent: number; readonly received: number } {
  const found = /(\d+) (?:packets )?transmitted, (\d+) (?:packets )?received/.exec(text)
  return { sent: Number(found?.[1] ?? 0), received: Number(found?.[2] ?? 0) }
}

/** As ping sums them up, where it does (iputils: "rtt min/avg/max/mdev = …", busybox: "round-trip min/avg/max = …"). */
function roundTrips(text: string): Pick<PingCounts, 'minMs' | 'avgMs' | 'maxMs'> | undefined {
  const found = /min\/avg\/max(?:\/\w+)? = ([\d.]+)\/([\d.]+)\/([\d.]+)/.exec(text)
  return found ? { minMs: Number(found[1]), avgMs: Number(found[2]), maxMs: Number(found[3]) } : undefined
}

/** Without the header that repeats the address. */
function lastWords(text: string): string {
  return /[^.:]*(?:unreachable|no route to host)/i.exec(text)?.[0].trim() ?? text
}
