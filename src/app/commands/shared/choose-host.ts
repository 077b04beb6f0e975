import type { Host } from '../../../core/model/host'
import type { NodeSubject } from '../../tree/tree-node'
import type { PickItem, PickOptions } from '../../ui'
import type { CommandContext } from '../command'
import { requireHost } from './choose-container'
import { notify } from './notify'

/** Which hosts come into question, and what is said to whom has none. */
export interface HostQuestion {
  readonly options: PickOptions
  readonly candidates: readonly Host[]
  /** What is said when there is no candidate. */
  readonly none: string
}

/** The host of a tree node, or the one the user picks; undefined when the user leaves or there is none. */
export async function chooseHost(
  context: CommandContext,
  subject: NodeSubject | undefined,
  question: HostQuestion,
): Promise<Host | undefined> {
  if (subject?.kind === 'host') return requireHost(context, subject.hostId)
  if (question.candidates.length > 0) return context.ui.pick(question.candidates.map(hostItem), question.options)
  notify(context, 'info', question.none)
  return undefined
}

/** A host as an item of a list: its name, role and address, and how much runs there. */
export function hostItem(host: Host): PickItem<Host> {
  const containers = host.engine?.containers.filter(({ state }) => state === 'running').length
  return {
    label: host.name,
    description: [host.role, host.address].filter((part) => part !== undefined && part !== '').join(' · '),
    ...(containers !== undefined && { detail: containers === 1 ? '1 container runs' : `${containers} containers run` }),
    icon: 'server',
    value: host,
  }
}
