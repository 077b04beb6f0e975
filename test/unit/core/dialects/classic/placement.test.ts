import { describe, expect, it } from 'vitest'
import {
  checkPlacement,
  describePlacement,
  nodesFor,
  placementEnvironment,
  type Placement,
  type Scene,
} from '../../../../../src/core/dialects/classic/placement'
import { aClassicCluster, aClassicNode, threeNodes, webOnTolkewitz } from '../../../classic-builders'
import { sampleContainer } from '../../../fakes/samples'

const db = sampleContainer('db', { node: 'miltitz', labels: { tier: 'data' } })
const scene: Scene = { cluster: aClassicCluster(threeNodes), containers: [webOnTolkewitz, db] }
const where = (constraints: readonly string[], affinities: readonly string[] = []): Placement => ({
  constraints,
  affinities,
})

describe('where a classic Swarm’s manager would put a container', () => {
  it.each([
    ['anywhere', where([]), ['tolkewitz', 'lindenau', 'miltitz']],
    ['by node', where(['node==lindenau']), ['lindenau']],
    ['by label', where(['site==north']), ['tolkewitz', 'lindenau']],
    ['without a label', where(['site!=north']), ['miltitz']],
    ['by pattern', where(['node==*itz']), ['tolkewitz', 'miltitz']],
    ['by regular expression, in any case', where(['node==/(?i)^L/']), ['lindenau']],
    ['case does not count', where(['Site==North']), ['tolkewitz', 'lindenau']],
    ['a wish rules nobody out', where(['site==~west']), ['tolkewitz', 'lindenau', 'miltitz']],
    ['beside a container', where([], ['container==web']), ['tolkewitz']],
    ['away from it', where(['site==north'], ['container!=web']), ['lindenau']],
    ['beside a container with a label', where([], ['tier==data']), ['miltitz']],
    ['by image only the manager knows', where([], ['image==redis']), ['tolkewitz', 'lindenau', 'miltitz']],
  ])('%s', (_what, placement, nodes) => {
    expect(nodesFor(placement, scene)).toEqual(nodes)
    expect(checkPlacement(placement, scene)).toBeUndefined()
  })

  it('leaves out nodes that are not healthy', () => {
    const cluster = aClassicCluster([...threeNodes.slice(1), aClassicNode('kaditz', { status: 'unhealthy' })])
    expect(nodesFor(where([]), { ...scene, cluster })).toEqual(['lindenau', 'miltitz'])
    const none = { ...scene, cluster: aClassicCluster([]) }
    expect(checkPlacement(where([]), none)).toBe('The manager has no healthy node now.')
  })
})

describe('what is refused before it is sent, with what there is instead', () => {
  it.each([
    [where(['node=tolkewitz']), /^"node=tolkewitz" is no constraint: write KEY==VALUE/],
    [where(['node==']), /is no constraint/],
    [where(['no de==x']), /is no constraint/],
    [where(['node==/(/']), /is no constraint/],
    [where([], ['web']), /^"web" is no affinity.*container==web/],
    [where(['node==nowhere']), 'No node is called nowhere: there are tolkewitz, lindenau and miltitz.'],
    [where(['site==west']), 'No node has site=west: there are site=north and site=south.'],
    [where(['disk==ssd']), 'No node has a label disk: there are node, kernelversion, site and storagedriver.'],
    [where([], ['container==api']), 'No container is called api: there are db and web.'],
    [where([], ['tier==front']), 'No container has a label tier=front.'],
    [
      where(['site==south', 'node==tolkewitz']),
      'No healthy node fulfils site==south and node==tolkewitz together: there are tolkewitz site=north; lindenau site=north; miltitz site=south.',
    ],
    [where(['site==south'], ['container==web']), /^No healthy node fulfils site==south and container==web together/],
  ])('%j', (placement, problem) => {
    expect(checkPlacement(placement, scene)).toMatch(problem)
  })

  it('what the manager was not started to choose by', () => {
    const cluster = aClassicCluster(threeNodes, { filters: ['health', 'port'] })
    expect(checkPlacement(where(['site==north']), { ...scene, cluster })).toBe(
      'The manager does not choose by constraint: it was started with the filters health and port alone.',
    )
    expect(checkPlacement(where([]), { ...scene, cluster })).toBeUndefined()
  })
})

describe('a placement', () => {
  it('goes into the environment', () => {
    expect(placementEnvironment(where(['site==north'], ['container!=web']))).toEqual([
      'constraint:site==north',
      'affinity:container!=web',
    ])
  })

  it('is told in words', () => {
    expect(describePlacement(where([]))).toBe('anywhere')
    expect(describePlacement(where(['node==tolkewitz']))).toBe('on tolkewitz')
    expect(describePlacement(where(['site==north'], ['container!=web']))).toBe('where site==north and container!=web')
  })
})
