import { sourcesGroup } from '../finding-groups'
import type { FindingSource } from '../listed-finding'

/** What could not be read where hosts come from: a broken entry, a file without permission. */
export const sourceProblems: FindingSource = {
  id: 'source-problems',
  list({ problems }) {
    return problems.map((problem, index) => ({
      id: `problem:${index}`,
      group: sourcesGroup,
      subject: sourcesGroup.subject,
      severity: 'warning' as const,
      title: problem,
      description: '',
      evidence: [],
      remedy: '',
      context: '',
    }))
  },
}
