import { describe, expect, it } from 'vitest'
import { cast, differences, shapeOf } from '../../../lab/classic/shape'

describe('the shape of an answer', () => {
  const recorded = shapeOf([
    { Id: 'a', Ports: [{ IP: '0.0.0.0', PrivatePort: 80 }, { PrivatePort: 443 }], Labels: { x: 'y' }, Mounts: null },
  ])

  it('has what all elements of a list have in common', () => {
    expect(recorded).toEqual([
      {
        Id: 'string',
        Ports: [{ 'IP?': 'string', PrivatePort: 'number' }],
        Labels: { '*': 'string' },
        Mounts: null,
      },
    ])
  })

  it('is compared field by field', () => {
    expect(differences(shapeOf([{ Id: 'b', Ports: [], Labels: {}, Mounts: [] }]), recorded)).toEqual([])
    expect(differences(shapeOf([{ Id: 1, Labels: { x: 1 }, State: '' }]), recorded)).toEqual([
      '[].Ports: missing',
      '[].Mounts: missing',
      '[].State: was not there',
      '[].Id: "number" instead of "string"',
      '[].Labels.*: "number" instead of "string"',
    ])
    expect(differences(shapeOf({}), recorded)).toEqual([': {} instead of ' + JSON.stringify(recorded)])
  })

  it('makes of another answer what a program would that knows only these fields', () => {
    const shape = shapeOf({ Id: 'a', Size: 1, Is: true, List: [{ A: 'a' }], Labels: { x: 'y' }, Any: null })
    expect(cast({ Id: 'b', More: 1, List: [{ A: 'x', B: 1 }], Labels: { z: 'w' }, Any: [1] }, shape)).toEqual({
      Id: 'b',
      Size: 0,
      Is: false,
      List: [{ A: 'x' }],
      Labels: { z: 'w' },
      Any: [1],
    })
  })
})
