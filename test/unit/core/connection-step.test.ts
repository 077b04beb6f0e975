import { describe, expect, it } from 'vitest'
import { connectionOutcome, stepLines, type ConnectionStep } from '../../../src/core/connection-step'
import type { Endpoint } from '../../../src/core/model/target'

const ssh: Endpoint = { kind: 'ssh', host: 'tolkewitz', port: 2222 }

/** One line a step: `+` passed, `!` failed, `.` not tried. */
function lines(endpoint: Endpoint, failed: ConnectionStep): readonly string[] {
  const marks = { passed: '+', failed: '!', 'not-tried': '.' }
  return connectionOutcome(endpoint, failed).map(({ label, outcome }) => `${marks[outcome]} ${label}`)
}

describe('connectionOutcome', () => {
  it('says what passed before the step that failed, and what was not tried after it', () => {
    expect(lines(ssh, 'host-key')).toEqual([
      '+ Find the address of tolkewitz',
      '+ Connect to port 2222',
      '+ Speak SSH',
      '! Check the host key',
      '. Log in',
      '. Find the engine’s socket',
      '. Be allowed to use it',
      '. Agree on an API version',
    ])
  })

  it('leaves out what this way does not take', () => {
    expect(lines({ kind: 'tcp', host: '198.18.0.2', port: 2375 }, 'connect')).toEqual([
      '! Connect to port 2375',
      '. Agree on an API version',
    ])
    expect(lines({ kind: 'tls', host: 'fd00::1', port: 2376, files: {} }, 'tls')[0]).toBe('+ Connect to port 2376')
    expect(lines({ kind: 'tls', host: 'fd00::1', port: 2376, files: { ca: '/ca.pem' } }, 'files')[0]).toBe(
      '! Read the TLS files',
    )
    expect(lines({ kind: 'unix', path: '/run/docker.sock' }, 'permission')).toEqual([
      '+ Find the engine’s socket',
      '! Be allowed to use it',
      '. Agree on an API version',
    ])
    // Which port that is, the SSH configuration says.
    expect(lines({ kind: 'ssh', host: '198.18.0.2' }, 'connect')[0]).toBe('! Connect')
  })

  it('names the hosts before it only where they are what failed', () => {
    expect(lines(ssh, 'jump').slice(0, 2)).toEqual([
      '! Get through the host before it (ProxyJump)',
      '. Find the address of tolkewitz',
    ])
  })

  it('is written one line a step', () => {
    expect(stepLines(connectionOutcome({ kind: 'unix', path: '/d.sock' }, 'permission'))).toEqual([
      '✓ Find the engine’s socket',
      '✗ Be allowed to use it',
      '– Agree on an API version',
    ])
  })

  it('claims nothing where the step is not known, or belongs to another way', () => {
    expect(connectionOutcome(ssh, undefined)).toEqual([])
    expect(connectionOutcome(ssh, 'tls')).toEqual([])
  })
})
