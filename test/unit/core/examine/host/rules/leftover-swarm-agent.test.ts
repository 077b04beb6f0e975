import { describe, expect, it } from 'vitest'
import { causesIn, only } from './found-by'

const agent = {
  id: 'a1',
  name: 'swarm-agent',
  image: 'swarm:latest',
  command: ['/swarm', 'join', '--advertise', '10.0.0.7:2376', 'etcd://10.0.0.5:2379'],
  state: 'exited',
  restartPolicy: 'always',
  isSwarms: true,
  source: 'engine',
} as const

describe('leftover-swarm-agent', () => {
  it('tells one that does not run', () => {
    const found = only('leftover-swarm-agent', { swarmAgents: [agent] })
    expect(found.title).toBe('swarm-agent is left over from a classic Swarm')
    expect(found.details.containers[0]?.id).toBe('a1')
  })

  it('says which one is not Swarm’s own', () => {
    const found = only('leftover-swarm-agent', { swarmAgents: [{ ...agent, image: 'nginx', isSwarms: false }] })
    expect(found.remedy).toContain('Look at swarm-agent first')
  })

  it('lets one be that is at work', () => {
    expect(causesIn({ swarmAgents: [{ ...agent, state: 'running' }] })).toEqual([])
  })

  it('tells a running one on a node of swarm mode', () => {
    const listening = [{ protocol: 'tcp', address: '*', port: 7946 } as const]
    expect(causesIn({ swarmAgents: [{ ...agent, state: 'running' }], listening })).toEqual(['leftover-swarm-agent'])
  })
})
