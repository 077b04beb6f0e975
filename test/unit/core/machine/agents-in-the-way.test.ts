import { describe, expect, it } from 'vitest'
import { agentsInTheWay } from '../../../../src/core/machine/agents-in-the-way'
import type { SwarmAgentContainer } from '../../../../src/core/examine/host/host-facts'
import { aHostFacts } from '../../examine-builders'

const agent = (name: string, over: Partial<SwarmAgentContainer> = {}): SwarmAgentContainer => ({
  ...{ id: `id-of-${name}`, name, image: 'swarm:latest', command: ['/swarm', 'join'], state: 'running' },
  ...{ restartPolicy: 'always', isSwarms: true, source: 'engine' },
  ...over,
})

describe('agentsInTheWay', () => {
  it('names agents that are at work, too, and no other container', () => {
    const swarmAgents = [agent('swarm-agent-master'), agent('swarm-agent'), agent('swarm-agent-of-mine')]
    const found = agentsInTheWay(aHostFacts({ swarmAgents }))
    expect(found?.details.containers.map(({ name }) => name)).toEqual(['swarm-agent-master', 'swarm-agent'])
    expect(found?.title).toBe('swarm-agent-master and swarm-agent are in the way of provisioning')
    expect(found?.evidence[0]).toBe('swarm-agent-master (running) is from swarm:latest: “/swarm join”.')
  })

  it('finds nothing where the names are free', () => {
    expect(agentsInTheWay(aHostFacts({ swarmAgents: [] }))).toBeUndefined()
  })
})
