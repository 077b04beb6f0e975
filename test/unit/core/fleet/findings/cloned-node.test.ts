import { describe, expect, it } from 'vitest'
import { joinFleet } from '../../../../../src/core/fleet/join-fleet'
import type { EngineSnapshot } from '../../../../../src/core/model/engine'
import { readySnapshot, sampleContainer, sampleEngine, sampleInfo, sampleNode } from '../../../fakes/samples'

const vm = (nodeAddress: string, container: string) => {
  const swarm = { state: 'active', nodeId: 'node-vm', nodeAddress, isManager: false } as const
  return sampleEngine('vm', { info: sampleInfo('vm', { swarm }), containers: [sampleContainer(container)] })
}
const alone = (hostName: string, containers: readonly string[]) =>
  sampleEngine(hostName, {
    info: sampleInfo(hostName, { engineId: 'engine-vm', swarm: { state: 'inactive', isManager: false } }),
    containers: containers.map((name) => sampleContainer(name)),
  })
const findings = (...engines: readonly EngineSnapshot[]) =>
  joinFleet(
    engines.map((engine, index) => readySnapshot(['one', 'two', 'three'][index]!, engine)),
    0,
  ).hosts.map(({ name, findings: own = [] }) => [name, own] as const)

describe('cloned-node', () => {
  it('finds two hosts that say they are one swarm node, on each of them, with what tells them apart', () => {
    const manager = sampleEngine('tolkewitz', {
      nodes: [sampleNode('tolkewitz'), sampleNode('vm', { address: '198.18.0.2' })],
    })
    const [tolkewitz, one, two] = findings(vm('198.18.0.1', 'web'), vm('198.18.0.2', 'db'), manager)
    for (const found of [one, two])
      expect(found?.[1].map(({ cause, severity }) => [cause, severity])).toEqual([['cloned-node', 'error']])
    expect(one?.[1][0]?.title).toBe('It says that it is the same swarm node as vm (settings:two)')
    expect(one?.[1][0]?.evidence.join(' ')).toMatch(/node-vm.*198\.18\.0\.1.*198\.18\.0\.2/)
    expect(one?.[1][0]?.remedy).toContain('docker swarm leave --force')
    expect(tolkewitz?.[1]).toEqual([])
  })

  it('finds two engines with one ID outside a swarm', () => {
    for (const [, own] of findings(alone('a', ['web']), alone('b', [])))
      expect(own.map(({ cause, severity }) => [cause, severity])).toEqual([['cloned-node', 'warning']])
    for (const [, own] of findings(alone('vm', ['web']), alone('vm', ['db']))) expect(own).toHaveLength(1)
  })

  it('says nothing of two ways in to one engine, one of which is a moment behind', () => {
    expect(findings(alone('vm', []), alone('vm', ['web'])).flatMap(([, own]) => own)).toEqual([])
    expect(findings(alone('vm', ['web']), alone('vm', ['web', 'db']))).toMatchObject([['vm', []]])
  })

  it('says nothing of engines that share an ID and are nodes of their own', () => {
    const node = (name: string) => {
      const info = sampleInfo(name)
      return sampleEngine(name, { info: { ...info, engineId: 'engine-vm' } })
    }
    expect(findings(node('a'), node('b')).flatMap(([, own]) => own)).toEqual([])
  })
})
