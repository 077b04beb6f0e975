/** A UDP port at which a packet filter keeps out whom it does not let in by address. */
export interface ClosedPort {
  readonly port: number
  /** The rule or policy that keeps everybody else out, as iptables or nft lists it. */
  readonly rule: string
}

/** What one rule does with packets to a port, whoever sends them. */
export type RuleEffect =
  /** Not about the port, only about some senders, or it lets in nobody. */
  | 'nothing'
  | 'keeps-out'
  /** It lets in more than single senders, or it cannot be told. */
  | 'unknown'

/**
 * The rule by which a chain's packets to a port end unless an earlier one lets their sender in; undefined where there is none,
 * or an earlier rule may let in anybody.
 *
 * @param policy what happens at the chain's end, as it is listed, where that keeps out
 */
export function closingRule(
  rules: readonly string[],
  effectOf: (rule: string) => RuleEffect,
  policy: string | undefined,
): string | undefined {
  for (const rule of rules) {
    const effect = effectOf(rule)
    if (effect === 'unknown') return undefined
    if (effect === 'keeps-out') return rule
  }
  return policy
}
