import type { FactRule } from './fact-rule'
import { isLegacy } from './drop-in-problem'
import { isRunning, linesLike, quoted, said, serviceOf } from './seen'

/** The unit's own file starts `docker daemon`, which engines since 1.12 do not know: docker-machine up to 0.9 wrote it. */
export const legacyUnit: FactRule<'legacy-unit'> = {
  cause: 'legacy-unit',
  find: ({ facts }) => {
    const service = serviceOf(facts)
    const bad = service?.execStarts.find((start) => start.file === service.fragment?.path && isLegacy(start))
    if (service === undefined || bad === undefined || isRunning(facts)) return []
    const [program] = facts.program.found
    if (program === undefined) return []
    const [line] = linesLike(facts, /is not a docker command|unknown shorthand flag: 'd'|unknown command/)
    return [
      {
        cause: 'legacy-unit',
        title: `${service.name} starts the engine in a way that it does not know any more`,
        severity: 'error',
        evidence: [quoted(bad), `The engine’s program is ${program} now.`, ...(line ? [said(line)] : [])],
        remedy: `Move ${bad.file} aside, so that the package’s own unit counts, and put its options into a drop-in; then systemctl daemon-reload and systemctl restart ${service.name}.`,
        details: { unit: service.name, execStart: bad, program },
      },
    ]
  },
}
