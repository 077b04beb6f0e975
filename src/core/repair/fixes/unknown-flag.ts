import { withoutFlags, type SurplusFlag } from '../command-line-edit'
import { engineRepair } from '../engine-repair'
import type { RepairSituation } from '../situation'
import { fixOf } from './fix'

/** What goes with one of them: engines since 23.0 know none of the three. */
const storeFlags: readonly string[] = ['cluster-store', 'cluster-advertise', 'cluster-store-opt']

/** A flag that the engine does not know is taken off its command line. */
export const unknownFlag = fixOf('unknown-flag', ({ details: { flag, file } }, situation) => {
  if (file === undefined) return []
  const isStore = storeFlags.includes(flag)
  const flags = flagsIn(file, isStore ? storeFlags : [flag], situation)
  const steps = withoutFlags(file, flags, situation.facts)
  if (steps === undefined) return []
  const shown = flags.flatMap(({ flag: name, values }) => values.map((value) => `--${name}=${value}`)).join(' ')
  return [
    engineRepair(situation, {
      id: 'unknown-flag',
      title: `Take ${shown} off the command line in ${file}`,
      consequences: [
        'What the flag was for does not happen any more.',
        ...(isStore
          ? ['Overlay networks of the key-value store are gone for this engine: it knows only those of swarm mode.']
          : []),
      ],
      change: steps,
    }),
  ]
})

function flagsIn(file: string, names: readonly string[], { facts }: RepairSituation): readonly SurplusFlag[] {
  const there = facts.commandLine.flags.filter((flag) => flag.file === file && names.includes(flag.name))
  return [...new Set(there.map(({ name }) => name))].map((name) => ({
    flag: name,
    values: there.filter((flag) => flag.name === name).map(({ value }) => value),
  }))
}
