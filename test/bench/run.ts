// Figures as ratios against what a user would otherwise do, in one run. Needs the lab: `npm run lab:up`.
import { openLab } from '../lab/lab'
import type { Comparison } from './comparison'
import { benchExamination } from './examine'
import { benchMatrix } from './matrix'
import { benchFirstSshCall, benchParallelSshCalls, benchSshCall } from './ssh'

/** By the name that picks them: `npm run bench -- ssh`. */
const benches = {
  ssh: [benchSshCall, benchFirstSshCall, benchParallelSshCalls],
  matrix: [benchMatrix],
  examine: [benchExamination],
} as const

function print({ what, calls = 1, ours, theirs, ratio, notes = [] }: Comparison): void {
  const figures = ({ name, ms }: Comparison['ours']) =>
    `  ${name}: ${ms.toFixed(1)} ms, ${((calls * 1_000) / ms).toFixed(1)} a second\n`
  const more = notes.map((note) => `  ${note}\n`).join('')
  console.log(`${what}\n${figures(ours)}${figures(theirs)}${more}  ratio: ${ratio.toFixed(1)}\n`)
}

async function main(): Promise<void> {
  const lab = await openLab()
  await lab.heal()
  try {
    const wanted = process.argv.slice(2)
    for (const [name, group] of Object.entries(benches))
      if (wanted.length === 0 || wanted.includes(name)) for (const bench of group) print(await bench(lab))
  } finally {
    await lab.cleanup()
  }
}

void main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
