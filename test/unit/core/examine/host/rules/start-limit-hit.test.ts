import { describe, expect, it } from 'vitest'
import { failed, only } from './found-by'

describe('start-limit-hit', () => {
  it('is what there is to say where nothing tells why', () => {
    const found = only(
      'start-limit-hit',
      failed({ unit: { result: 'start-limit-hit' }, log: ['level=fatal msg="boom"'] }),
    )
    expect(found.evidence).toEqual([
      'systemd says of docker.service: failed, start-limit-hit.',
      'dockerd said: “level=fatal msg="boom"”.',
    ])
  })
})
