import { overrideSteps } from '../command-line-edit'
import { engineRepair } from '../engine-repair'
import { reloadSystemd } from '../plan-builder'
import { isPackaged, wholeUnitFile } from '../unit-text'
import { fixOf } from './fix'

/** The unit is told where the engine’s program is; where there is none at all, a person has to install it. */
export const missingBinary = fixOf('missing-binary', ({ details: { program, found, execStart } }, situation) => {
  const [there] = found
  if (there === undefined || execStart === undefined) return []
  const path = execStart.file
  const text = wholeUnitFile(situation.facts, path)?.text
  if (!isPackaged(path) && text === undefined) return []
  const title = `Have ${path} start ${there} instead of ${program}`
  return [
    engineRepair(situation, {
      id: 'missing-binary',
      title: isPackaged(path) ? `Have docker.service start ${there} instead of ${program}` : title,
      consequences: ['All options of the command line stay.'],
      change: (builder) =>
        isPackaged(path) || text === undefined
          ? overrideSteps(builder, execStart.command.replace(program, there), `with ${there}`)
          : [builder.rewrite({ id: 'program', title, path, text: text.replaceAll(program, there) }), reloadSystemd],
    }),
  ]
})
