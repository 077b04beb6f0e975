import type { SwarmAgentLeftover } from '../examine/host/diagnosis-details'
import type { HostDiagnosis, HostDiagnosisOf } from '../examine/host/host-diagnosis'
import type { HostFacts } from '../examine/host/host-facts'
import { enumerate } from '../text/count'

type Agents = HostDiagnosis & HostDiagnosisOf<'leftover-swarm-agent'>

/**
 * The containers whose names provisioning needs, whether they are at work or left over: docker-machine makes them anew and
 * ends with a 409 Conflict where one is there (libmachine/provision/configure_swarm.go).
 *
 * @returns undefined where the names are free
 */
export function agentsInTheWay({ swarmAgents }: HostFacts): Agents | undefined {
  const containers = swarmAgents.flatMap((agent) => {
    const { name } = agent
    return isAgentName(name) ? [{ ...agent, name }] : []
  })
  if (containers.length === 0) return undefined
  const names = enumerate(containers.map(({ name }) => name))
  return {
    cause: 'leftover-swarm-agent',
    title: `${names} ${containers.length === 1 ? 'is' : 'are'} in the way of provisioning`,
    severity: 'warning',
    evidence: containers.map(
      ({ name, image, command, state }) => `${name} (${state}) is from ${image}: “${command.join(' ')}”.`,
    ),
    remedy: `Remove ${names} before the machine is provisioned again.`,
    details: { containers },
  }
}

function isAgentName(name: string): name is SwarmAgentLeftover['name'] {
  return name === 'swarm-agent' || name === 'swarm-agent-master'
}
