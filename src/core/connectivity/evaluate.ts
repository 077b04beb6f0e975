import type { Check, PairResult, Peer } from './types'

/**
 * A pair's result from its checks. A name that does not resolve and an exposed port that does not answer are failures.
 * ICMP alone is none where TCP gets an answer: it may be filtered on purpose, and nobody's application uses it. A name
 * that resolves proves no connection: without any answer from the target the pair is not tested.
 */
export function evaluatePair(from: Peer, to: Peer, found: readonly Check[]): PairResult {
  const checks = found.map((check) => excuseIcmp(check, found))
  const failed = checks.find(({ result }) => result === 'fail')
  if (failed) return { from, to, result: 'fail', reason: failed.detail, checks }
  if (checks.some(isAnswer)) return { from, to, result: 'pass', checks }
  const untested = checks.filter(({ result }) => result === 'not-tested')
  const first = untested.find(({ kind }) => kind !== 'name') ?? untested[0]
  return { from, to, result: 'not-tested', reason: first?.detail ?? 'Nothing was tested', checks }
}

/** Whether the target itself was heard: then there is a way to it and back. */
export function isAnswer({ kind, result, observation }: Check): boolean {
  return kind !== 'name' && kind !== 'target' && (result === 'pass' || (kind === 'tcp' && observation === 'refused'))
}

/** Whether the check went unanswered on the way. */
export function isLost({ kind, result, observation }: Check): boolean {
  return kind !== 'name' && result === 'fail' && (observation === 'lost' || observation === 'no-route')
}

function excuseIcmp(check: Check, checks: readonly Check[]): Check {
  if (check.kind !== 'icmp' || check.result !== 'fail' || !checks.some(isAnswer)) return check
  const detail = `${check.detail}, but it answers to TCP: ICMP is filtered, which is no fault`
  return { ...check, result: 'not-tested', detail }
}
