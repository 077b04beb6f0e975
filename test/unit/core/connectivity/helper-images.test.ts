import { describe, expect, it } from 'vitest'
import { chooseHelperImage } from '../../../../src/core/connectivity/helper-images'

const images = (...tags: readonly string[]) => tags.map((tag) => ({ id: tag, tags: [tag] }))

describe('chooseHelperImage', () => {
  it.each([
    ['the smallest that has tools', ['nginx:latest', 'ubuntu:24.04', 'alpine:3.20', 'busybox:1'], 'busybox:1'],
    [
      'a copy from a registry',
      ['registry.example.org:5000/tools/alpine:3'],
      'registry.example.org:5000/tools/alpine:3',
    ],
    ['one that was made for it', ['nicolaka/netshoot:v0.13'], 'nicolaka/netshoot:v0.13'],
    ['none among others', ['nginx:latest', 'myalpine:latest', 'busybox-like/app:1'], undefined],
  ])('takes %s', (_name, tags, expected) => {
    expect(chooseHelperImage(images(...tags))).toBe(expected)
  })

  it('takes what the user names, if the host has it, and nothing else', () => {
    const present = images('tools:latest', 'busybox:latest')
    expect(chooseHelperImage(present, 'tools')).toBe('tools:latest')
    expect(chooseHelperImage(present, 'other')).toBeUndefined()
    expect(chooseHelperImage(present, 'not an image!')).toBeUndefined()
  })
})
