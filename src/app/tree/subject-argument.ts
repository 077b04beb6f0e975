import type { NodeSubject } from './tree-node'

/**
 * The texts that each kind needs besides itself, by their paths. Findings are numbered anew by each test: nobody can name
 * one from outside.
 */
const neededTexts: ReadonlyMap<unknown, readonly string[]> = new Map([
  ['host', ['hostId']],
  ['container', ['hostId', 'containerId']],
  ['network', ['networkKey']],
  ['service', ['serviceId']],
  ['task', ['serviceId', 'taskId']],
  ['test-result', ['networkKey']],
  ['pair', ['networkKey', 'from.hostId', 'from.containerId', 'to.hostId', 'to.containerId']],
])

/**
 * A command's argument as a subject, for whoever runs commands by their ids (key bindings with `args`, tests, other
 * extensions); undefined for anything else. Whether the object exists is for the command to find out.
 */
export function subjectFromArgument(argument: unknown): NodeSubject | undefined {
  if (typeof argument !== 'object' || argument === null || !('kind' in argument)) return undefined
  const needed = neededTexts.get(argument.kind)
  const isComplete = needed?.every((path) => typeof valueAt(argument, path) === 'string') ?? false
  return isComplete ? (argument as NodeSubject) : undefined
}

function valueAt(argument: object, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, name) => (value as Readonly<Record<string, unknown>> | undefined | null)?.[name], argument)
}
