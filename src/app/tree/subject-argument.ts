import type { NodeSubject } from './tree-node'

/** What each kind needs besides itself. Findings are numbered anew by each test: nobody can name one from outside. */
const neededTexts: ReadonlyMap<unknown, readonly string[]> = new Map([
  ['host', ['hostId']],
  ['container', ['hostId', 'containerId']],
  ['network', ['networkKey']],
  ['service', ['serviceId']],
  ['task', ['serviceId', 'taskId']],
  ['test-result', ['networkKey']],
  ['pair', ['networkKey']],
])

/**
 * A command's argument as a subject, for whoever runs commands by their ids (key bindings with `args`, tests, other
 * extensions); undefined for anything else. Whether the object exists is for the command to find out.
 */
export function subjectFromArgument(argument: unknown): NodeSubject | undefined {
  if (typeof argument !== 'object' || argument === null || !('kind' in argument)) return undefined
  const fields = argument as Readonly<Record<string, unknown>>
  const needed = neededTexts.get(fields['kind'])
  const hasTexts = needed?.every((name) => typeof fields[name] === 'string') ?? false
  const isComplete = hasTexts && (fields['kind'] !== 'pair' || [fields['from'], fields['to']].every(isContainer))
  return isComplete ? (argument as NodeSubject) : undefined
}

function isContainer(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { hostId, containerId } = value as Readonly<Record<string, unknown>>
  return typeof hostId === 'string' && typeof containerId === 'string'
}
