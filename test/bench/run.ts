// Figures as ratios against what a user would otherwise do, in one run. Needs the lab: `npm run lab:up`.
import { openLab } from '../lab/lab'
import type { Comparison } from './comparison'
import { benchMatrix } from './matrix'
import { benchFirstSshCall, benchParallelSshCalls, benchSshCall } from './ssh'

function print({ what, ours, theirs, ratio }: Comparison): void {
  console.log(`${what}
  ${ours.name}: ${ours.ms.toFixed(1)} ms
  ${theirs.name}: ${theirs.ms.toFixed(1)} ms
  ratio: ${ratio.toFixed(1)}\n`)
}

async function main(): Promise<void> {
  const lab = await openLab()
  await lab.heal()
  try {
    const benches = [benchSshCall, benchFirstSshCall, benchParallelSshCalls, benchMatrix]
    for (const bench of benches) print(await bench(lab))
  } finally {
    await lab.cleanup()
  }
}

void main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
