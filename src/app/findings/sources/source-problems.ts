import { sourcesGroup } from '../finding-groups'
import type { FindingSource } from '../listed-finding'

/** What could not be read where hosts come from: a broken entry, a file without permission. */
export const sourceProblems: FindingSource = {
  id: 'source-problems',
  list({ problems }) {
    return problems.map((problem, index) => {
      const [title, ...remedy] = sentences(problem)
      return {
        id: `problem:${index}`,
        group: sourcesGroup,
        subject: sourcesGroup.subject,
        severity: 'warning' as const,
        title: title ?? problem,
        description: '',
        evidence: [],
        remedy: remedy.join(' '),
        context: '',
      }
    })
  },
}

/** What happened comes first, and what to do behind it, as errors are told. Dots inside file names end no sentence. */
function sentences(text: string): readonly string[] {
  return text.split(/(?<=[.!?]) (?=\p{Lu})/u)
}
