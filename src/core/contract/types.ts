/** A place in the contract's text, in UTF-16 code units from its beginning; `end` is exclusive. */
export interface TextRange {
  readonly start: number
  readonly end: number
}

/** Who a line is about: containers of the fleet, by what is known of them. */
export type Selector = (
  | { readonly kind: 'any' }
  /** A container, a service or an alias of that name. */
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'container'; readonly name: string }
  | { readonly kind: 'service'; readonly name: string }
  /** Without a value: whoever has the label at all. */
  | { readonly kind: 'label'; readonly key: string; readonly value?: string }
) & {
  /** Only on this host, by its name or address. */
  readonly host?: string
  readonly range: TextRange
}

/** What is asked of a pair. `any`: whether anything at all comes back. */
export type Ask =
  | { readonly kind: 'any' | 'ping' | 'mtu' }
  /** Without a name: the target's own. */
  | { readonly kind: 'name'; readonly name?: string }
  | { readonly kind: 'tcp'; readonly port: number }
  | { readonly kind: 'http'; readonly port: number; readonly path: string; readonly status: StatusRange }

/** HTTP status codes that count, both ends included. */
export interface StatusRange {
  readonly from: number
  readonly to: number
}

export type Obligation = 'must' | 'mustNot'

/** One line of a contract: these must reach those, or must not. */
export interface ContractLine {
  readonly obligation: Obligation
  readonly from: readonly Selector[]
  readonly to: readonly Selector[]
  /** The name or ID of the network; absent: whichever the two share. */
  readonly network?: { readonly name: string; readonly range: TextRange }
  readonly asks: readonly Ask[]
  /** Why the line is there, in its author's words. */
  readonly because?: string
  /** The whole entry. */
  readonly range: TextRange
  /** Counted from 1, for people. */
  readonly lineNumber: number
  /** What the line says, for instance `shell1 must reach web on TCP port 80`; two lines that say the same have the same. */
  readonly title: string
}

export interface Contract {
  readonly lines: readonly ContractLine[]
}

export type ProblemCode =
  | 'syntax'
  | 'unknown-key'
  | 'missing-key'
  | 'wrong-type'
  | 'out-of-range'
  | 'duplicate'
  | 'contradiction'
  | 'matches-nothing'
  | 'too-large'

/** What is wrong with a contract, and where. */
export interface ContractProblem {
  readonly code: ProblemCode
  /** With an error nothing is tested. */
  readonly severity: 'error' | 'warning'
  /** One or two sentences: what is wrong, what to write instead. */
  readonly message: string
  readonly range: TextRange
  /** What could stand in the range's place. */
  readonly replacement?: string
}
