import { describe, expect, it } from 'vitest'
import { wouldWakeEngine } from '../../../../src/core/fleet/service-state'

describe('wouldWakeEngine', () => {
  it.each([
    ['stopped, systemd listens', 'inactive\nactive\n', true],
    ['failed, systemd listens', 'failed\nactive\n', true],
    ['stopping: the knock would queue a start', 'deactivating\nactive\n', true],
    ['running by socket activation', 'active\nactive\n', false],
    ['starting', 'activating\nactive\n', false],
    ['reloading', 'reloading\nactive\n', false],
    ['both stopped: nobody listens, knocking is harmless', 'inactive\ninactive\n', false],
    ['the socket gave up', 'failed\nfailed\n', false],
    ['no such units', 'unknown\nunknown\n', false],
    ['carriage returns of a terminal', 'inactive\r\nactive\r\n', true],
    ['no systemd', '', false],
    ['an error text', "System has not been booted with systemd as init system (PID 1). Can't operate.\n", false],
    ['only one line', 'inactive', false],
  ])('%s', (_, output, expected) => {
    expect(wouldWakeEngine(output)).toBe(expected)
  })
})
