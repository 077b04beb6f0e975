import { enumerate } from '../../../text/count'
import type { SwarmAgentLeftover } from '../diagnosis-details'
import type { SwarmAgentContainer } from '../host-facts'
import type { FactEvidence, FactRule } from './fact-rule'

/**
 * Containers of a classic Swarm that nobody uses any more keep their names: provisioning the machine again ends with a
 * 409 Conflict, after it has restarted the engine.
 */
export const leftoverSwarmAgent: FactRule<'leftover-swarm-agent'> = {
  cause: 'leftover-swarm-agent',
  find: (evidence) => {
    const containers = evidence.facts.swarmAgents.flatMap((agent) => {
      const { name } = agent
      return isAgentName(name) && isLeftover(agent, evidence) ? [{ ...agent, name }] : []
    })
    if (containers.length === 0) return []
    const names = enumerate(containers.map(({ name }) => name))
    const foreign = containers.filter(({ isSwarms }) => !isSwarms)
    return [
      {
        cause: 'leftover-swarm-agent',
        title: `${names} ${containers.length === 1 ? 'is' : 'are'} left over from a classic Swarm`,
        severity: 'warning',
        evidence: containers.flatMap(evidenceOf),
        remedy:
          foreign.length > 0
            ? `Look at ${enumerate(foreign.map(({ name }) => name))} first: it has the name of Swarm’s, and is not.`
            : `Remove ${names} before the machine is provisioned again; it otherwise ends with 409 Conflict.`,
        details: { containers },
      },
    ]
  },
}

function isAgentName(name: string): name is SwarmAgentLeftover['name'] {
  return name === 'swarm-agent' || name === 'swarm-agent-master'
}

/** One that runs on a machine which is part of a classic Swarm is at work. */
function isLeftover({ state, isSwarms }: SwarmAgentContainer, { facts, target }: FactEvidence): boolean {
  if (state !== 'running' || !isSwarms) return true
  const isSwarmMode = facts.listening.some(({ port, protocol }) => port === 7946 && protocol === 'tcp')
  return (
    (isSwarmMode && facts.store.length === 0) || (target?.machine !== undefined && target.machine.swarm === undefined)
  )
}

function evidenceOf({ name, image, command, state, isSwarms }: SwarmAgentContainer): readonly string[] {
  return [
    `${name} (${state}) is from ${image}: “${command.join(' ')}”.`,
    ...(isSwarms ? [] : [`That is not Swarm’s own image and command.`]),
  ]
}
