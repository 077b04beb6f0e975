import { describe, expect, it } from 'vitest'
import { hostRoots } from '../../../../src/app/tree/hosts-tree'
import { hostsJson } from '../../../../src/core/report/fleet-json'
import type { ClassicCluster } from '../../../../src/core/model/classic'
import { aClassicFleet } from '../../classic-builders'

const tooltips = (changes: Partial<ClassicCluster> = {}) => {
  const roots = hostRoots({ fleet: aClassicFleet(changes), problems: [], now: 0 } as unknown as Parameters<
    typeof hostRoots
  >[0])
  return new Map(roots.map((node) => [node.label, node]))
}

describe('a classic Swarm in the Hosts view', () => {
  it('tells of a node what the manager says: reserved CPUs and memory, labels, state', () => {
    const { tooltip } = tooltips().get('miltitz')!
    expect(tooltip).toContain('0 / 2')
    expect(tooltip).toContain('0 B / 2 GiB')
    expect(tooltip).toContain('`site=south`')
    expect(tooltip).toContain('healthy node at `198.18.0.7:2375`')
    expect(tooltip).not.toMatch(/Linux *$|, ,/m)
  })

  it('tells of the manager which it is, and how it chooses', () => {
    const primary = tooltips().get('swarm')!
    expect(primary.description).toContain('classic Swarm, primary')
    expect(primary.tooltip).toContain('primary manager 1.2.9')
    expect(primary.tooltip).toContain('spread')
    expect(primary.tooltip).toContain('health, port, affinity, constraint')
    expect(primary.tooltip).toContain('3, 3 of them healthy')
    const replica = tooltips({ role: 'replica', primary: '198.18.0.9:3376' }).get('swarm')!
    expect(replica.description).toContain('classic Swarm, replica')
    expect(replica.tooltip).toContain('its primary is `198.18.0.9:3376`')
  })

  it('is in the JSON', () => {
    const json = hostsJson(aClassicFleet())
    expect(json.map(({ name, classicSwarm }) => [name, classicSwarm?.kind])).toEqual([
      ['lindenau', 'node'],
      ['miltitz', 'node'],
      ['swarm', 'manager'],
      ['tolkewitz', 'node'],
    ])
    expect(json[2]!.classicSwarm).toEqual({
      kind: 'manager',
      version: '1.2.9',
      role: 'primary',
      primary: null,
      strategy: 'spread',
      filters: ['health', 'port', 'affinity', 'constraint'],
    })
    expect(json[1]!.classicSwarm).toMatchObject({ status: 'healthy', reason: null, reservedMemory: '0 B / 2 GiB' })
  })
})
