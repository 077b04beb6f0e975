import type { HostAccess, Unseen } from './host-facts'
import type { FirstFacts } from './first-facts'
import { linesOf, sectionsOf, type Section } from './parse/sections'
import type { SecondQuestions } from './script/second-look'

/** Both looks, and what came of them. */
export interface Looks {
  readonly first: readonly Section[]
  readonly second: readonly Section[]
  readonly facts: FirstFacts
  readonly questions: SecondQuestions
}

/** What could not be looked at, and why: so that nobody takes what is missing for what is fine. */
export function findUnseen({ first, second, facts, questions }: Looks): readonly Unseen[] {
  const needsRoot = reasonWithout(facts.access)
  const found: Unseen[] = []
  const add = (isUnseen: boolean, what: string, why: string) => {
    if (isUnseen) found.push({ what, why })
  }
  const isSystemd = facts.system.init === 'systemd'
  add(!isComplete(first), 'part of the host’s answer', 'It was longer than what is kept, or ended early.')
  add(!isComplete(second), 'part of what the engine is set up with', 'The second answer was cut or ended early.')
  add(!isSystemd, 'systemd’s units', `The host starts its services with ${facts.system.init}.`)
  add(isSystemd && facts.units.length === 0, 'systemd’s units', 'systemctl gave no answer.')
  add(
    isSystemd ? linesOf(first, 'journal').length === 0 : linesOf(first, 'log').length === 0,
    'the log of the engine’s last start',
    needsRoot ?? (isSystemd ? 'The journal holds nothing of it.' : 'No log file of the engine was found.'),
  )
  add(
    facts.firewall.rules.length === 0 && facts.firewall.inCharge !== 'none',
    'the firewall’s rules',
    needsRoot ?? 'iptables is not there, or does not answer.',
  )
  add(
    facts.access.rights === 'none' && facts.listening.some(({ process }) => process === undefined),
    'which processes listen on ports',
    needsRoot ?? '',
  )
  for (const { about } of [...sectionsOf(first, 'unreadable'), ...sectionsOf(second, 'unreadable')]) {
    const path = about.split(' ').slice(1).join(' ')
    if (!found.some(({ what }) => what === path)) add(true, path, needsRoot ?? 'It cannot be read.')
  }
  add(
    !questions.isEngineAsked && engineRuns(facts) && !facts.access.mayUseEngine,
    'what the engine answers',
    `${facts.access.user} may not use its socket.`,
  )
  return found
}

function isComplete(sections: readonly Section[]): boolean {
  return sections.at(-1)?.name === 'end'
}

function engineRuns({ units }: FirstFacts): boolean {
  return units.some(({ name, activeState }) => name === 'docker.service' && activeState === 'active')
}

/** Why rights are missing, where they are. */
function reasonWithout({ rights, user }: HostAccess): string | undefined {
  return rights === 'none' ? `${user} is not root, and sudo did not help without a password.` : undefined
}
