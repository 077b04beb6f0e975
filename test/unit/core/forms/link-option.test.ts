import { describe, expect, it } from 'vitest'
import { explainLink, parseCommand } from '../../../../src/core/forms/link-option'

describe('--link', () => {
  it.each(['--link db:database nginx', '--link=db:database'])('is explained where somebody types %s', (text) => {
    expect(parseCommand(text)).toEqual({
      isValid: false,
      problem: expect.stringMatching(/no links on an overlay.*Use “db” as the host name.*alias “database”/) as string,
    })
  })

  it('is explained without a name, too', () => {
    expect(explainLink()).toMatch(/the other container’s name.*For a further name/)
    expect(explainLink('db')).toMatch(/“db”.*For a further name/)
  })

  it.each(['ld --link a', 'sh -c "x --link y"', ''])('may be an option of the container’s own command: %s', (text) => {
    expect(parseCommand(text).isValid).toBe(true)
  })
})
