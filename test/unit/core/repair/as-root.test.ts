import { describe, expect, it } from 'vitest'
import { asRoot, probeRoot, readProbe, type ProbeAnswer } from '../../../../src/core/repair/as-root'

const command = { command: ['tee', '/etc/docker/daemon.json'], input: '{}', deadlineMs: 5_000 }

describe('a command as root', () => {
  it('is as it was where root logs in', () => {
    expect(asRoot(command, { kind: 'root' })).toBe(command)
  })

  it('goes through sudo where that asks for nothing, and keeps its input', () => {
    const { command: sudo, input } = asRoot(command, { kind: 'sudo' })
    expect(sudo.slice(0, 2)).toEqual(['sudo', '-n'])
    expect(sudo.slice(-2)).toEqual(command.command)
    expect(input).toBe('{}')
  })

  it('gives the password on the standard input and in no argument', () => {
    const { command: sudo, input } = asRoot(command, { kind: 'sudo-password', password: 'rose' })
    expect(sudo.join(' ')).not.toContain('rose')
    expect(sudo.slice(0, 5)).toEqual(['sudo', '-k', '-S', '-p', ''])
    expect(input?.startsWith('rose\n')).toBe(true)
    expect(input?.endsWith('\n{}')).toBe(true)
  })

  it('takes no password of two lines, whose second would be a command’s input', () => {
    expect(() => asRoot(command, { kind: 'sudo-password', password: 'rose\nlily' })).toThrow(RangeError)
  })
})

describe('asking whether root can be reached', () => {
  it('sends the password once: each further line would be a failed attempt', () => {
    expect(probeRoot({ kind: 'sudo-password', password: 'rose' }).input).toBe('rose\n')
    expect(probeRoot({ kind: 'sudo' }).input).toBeUndefined()
  })

  it.each<[ProbeAnswer, number, string]>([
    ['root', 0, ''],
    ['needs-password', 1, 'sudo: a password is required\n'],
    ['wrong-password', 1, 'Sorry, try again.\n\nsudo: no password was provided\nsudo: 1 incorrect password attempt\n'],
    ['not-allowed', 1, 'ada is not in the sudoers file.\nThis incident has been reported to the administrator.\n'],
    ['not-allowed', 1, "Sorry, user ada is not allowed to execute '/bin/sh -c :' as root on tolkewitz.\n"],
    ['no-sudo', 127, 'env: ‘sudo’: No such file or directory\n'],
    ['needs-terminal', 1, 'sudo: sorry, you must have a tty to run sudo\n'],
    ['unknown', 1, 'sudo: unable to initialize PAM: Critical error\n'],
  ])('reads %s', (answer, code, stderr) => {
    expect(readProbe({ code, stderr })).toBe(answer)
  })
})
