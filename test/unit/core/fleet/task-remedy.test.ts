import { describe, expect, it } from 'vitest'
import { taskRemedies, waitsForNodes } from '../../../../src/core/fleet/task-remedy'

describe('taskRemedies', () => {
  it('has a sentence for each reason that a scheduler gives', () => {
    const both =
      'no suitable node (scheduling constraints not satisfied on 2 nodes; 1 node not available for new tasks)'
    expect(taskRemedies(both)).toEqual([
      expect.stringContaining('Set Node to Active…') as string,
      expect.stringContaining('--label-add') as string,
    ])
    expect(waitsForNodes(both)).toBe(true)
  })

  it.each([
    ['no suitable node (insufficient resources on 3 nodes)', '--reserve-memory'],
    ['no suitable node (host-mode port already in use on 1 node)', 'stop-first'],
    ['no suitable node (unsupported platform on 2 nodes)', 'processor'],
    ['no suitable node (missing plugin on 1 node)', 'plugin'],
    ['no suitable node (max replicas per node limit exceed)', '--replicas-max-per-node'],
    ['No such image: nosuch:latest', '--with-registry-auth'],
  ])('knows “%s”', (error, word) => {
    expect(taskRemedies(error)).toEqual([expect.stringContaining(word) as string])
    expect(waitsForNodes(error)).toBe(false)
  })

  it('says nothing of what it does not know', () => {
    expect(taskRemedies('task: non-zero exit (3)')).toEqual([])
  })
})
