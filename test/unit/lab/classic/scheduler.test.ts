import { describe, expect, it } from 'vitest'
import { schedule, type Placement } from '../../../lab/classic/scheduler'

const node = (name: string, site: string, ...containers: readonly string[]) => ({
  name,
  labels: { site },
  containers,
  images: ['nginx', 'nginx:latest'],
})
const nodes = [node('tolkewitz', 'north', 'web'), node('lindenau', 'north'), node('miltitz', 'south', 'db', 'log')]

const place = (placement: Partial<Placement>, isNew = true): string => {
  const whole = { constraints: [], affinities: [], dependencies: [], ...placement }
  try {
    return schedule(nodes, whole, isNew).name
  } catch (error) {
    return (error as Error).message
  }
}

describe('the stand-in schedules', () => {
  it.each([
    ['to the node with the fewest containers', {}, 'lindenau'],
    ['by node', { constraints: ['node==miltitz'] }, 'miltitz'],
    ['by a label', { constraints: ['site==south'] }, 'miltitz'],
    ['away from a label', { constraints: ['site!=north'] }, 'miltitz'],
    ['by a pattern', { constraints: ['node==tol*'] }, 'tolkewitz'],
    ['by a regular expression', { constraints: ['node==/^(mil|tol)/'] }, 'tolkewitz'],
    ['by a wish that can be met', { constraints: ['site==~south'] }, 'miltitz'],
    ['past a wish that cannot be met', { constraints: ['site==~west'] }, 'lindenau'],
    ['beside a container', { affinities: ['container==web'] }, 'tolkewitz'],
    ['away from a container', { affinities: ['container!=web'], constraints: ['site==north'] }, 'lindenau'],
    ['where an image is', { affinities: ['image==nginx'] }, 'lindenau'],
    ['where a container is whose network it shares', { dependencies: ['db'] }, 'miltitz'],
  ])('%s', (_what, placement, expected) => {
    expect(place(placement)).toBe(expected)
  })

  it('says what could not be met, in the words of each generation', () => {
    const words = 'Unable to find a node that satisfies the following conditions \n[available container slots]'
    expect(place({ constraints: ['node==nowhere'] })).toBe(`${words}\n[node==nowhere]`)
    expect(place({ constraints: ['node==nowhere'] }, false)).toBe('unable to find a node that satisfies node==nowhere')
    const syntax = 'One of operator ==, != is expected'
    expect(place({ constraints: ['node=x'] })).toBe(`${words}\nerror from constraint filter: ${syntax}`)
    expect(place({ constraints: ['node=x'] }, false)).toBe(syntax)
  })
})
