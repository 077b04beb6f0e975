/** Something to time, and how often. */
export interface Candidate {
  readonly name: string
  readonly run: () => Promise<void>
  readonly times: number
}

/** Two candidates timed in one run of the bench. Milliseconds, medians. */
export interface Comparison {
  readonly what: string
  /** How many calls each run makes; 1 where absent. */
  readonly calls?: number
  readonly ours: { readonly name: string; readonly ms: number }
  readonly theirs: { readonly name: string; readonly ms: number }
  /** How many times longer theirs takes. */
  readonly ratio: number
  /** What else was counted, a line each. */
  readonly notes?: readonly string[]
}

/** Times both, one after the other, on the same machine in the same minute: only the ratio means anything elsewhere. */
export async function compare(
  what: string,
  { ours, theirs }: { readonly ours: Candidate; readonly theirs: Candidate },
): Promise<Comparison> {
  const [oursMs, theirsMs] = [await median(ours), await median(theirs)]
  return {
    what,
    ours: { name: ours.name, ms: oursMs },
    theirs: { name: theirs.name, ms: theirsMs },
    ratio: theirsMs / oursMs,
  }
}

async function median({ run, times }: Candidate): Promise<number> {
  const samples: number[] = []
  for (let i = 0; i < times; i++) {
    const start = performance.now()
    await run()
    samples.push(performance.now() - start)
  }
  return samples.sort((a, b) => a - b)[Math.floor(samples.length / 2)]!
}
