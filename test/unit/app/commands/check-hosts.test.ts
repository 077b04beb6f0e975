import { beforeEach, describe, expect, it, vi } from 'vitest'
import { checkHosts } from '../../../../src/app/commands/check-hosts'
import { runHostChecks } from '../../../../src/app/host-checks/run-host-checks'
import type { CheckedHost, HostsCheck } from '../../../../src/core/host-checks/judge-hosts'
import { aFinding, aRun, aSwarmId, noon } from '../../builders'
import { CommandWorld } from '../../fakes/command-world'

vi.mock('../../../../src/app/host-checks/run-host-checks', async (original) => ({
  ...(await original<object>()),
  runHostChecks: vi.fn(),
}))

const networkKey = aSwarmId('gnswarm')
const gnswarm = { kind: 'network', networkKey } as const

function row(host: string, verdict: 'ok' | 'failed' | 'not-tested'): CheckedHost {
  return { host, address: '', verdicts: [{ check: 'peers', verdict, reason: 'so it was seen' }] }
}

function checkGives(over: Partial<HostsCheck> = {}) {
  const run = aRun({ findings: over.findings ?? [] })
  const check = {
    ...{ network: run.network, at: noon, durationMs: 4_000, isCancelled: false, findings: [], notes: [] },
    hosts: [row('miltitz', 'ok'), row('tolkewitz', 'not-tested')],
    ...over,
  }
  vi.mocked(runHostChecks).mockImplementation((_fleet, _key, { onProgress }) => {
    onProgress?.('Asking the hosts about each other…')
    return Promise.resolve({ run, check })
  })
}

describe('checkHosts', () => {
  beforeEach(() => {
    vi.mocked(runHostChecks).mockReset()
    checkGives()
  })

  it('checks the hosts of the clicked network, also over SSH, and shows the table', async () => {
    const world = new CommandWorld()
    await world.run(checkHosts, gnswarm)
    expect(runHostChecks).toHaveBeenCalledExactlyOnceWith(world.access, networkKey, {
      onProgress: expect.any(Function) as () => void,
      helper: {},
      hostChecks: { helper: {}, shells: world.shells, opensShells: true },
      signal: world.ui.cancel.signal,
      clock: world.clock,
    })
    expect(world.ui.documents).toMatchObject([{ name: 'hosts-gnswarm.md', show: 'preview' }])
    expect(world.ui.messages).toEqual([
      { severity: 'info', text: 'gnswarm: 2 hosts: 1 check well, 0 failed, 1 could not be told' },
    ])
  })

  it('keeps what it found for the Findings view, and names the first cause', async () => {
    checkGives({ findings: [aFinding()], hosts: [row('miltitz', 'failed')] })
    const world = new CommandWorld()
    await world.run(checkHosts, gnswarm)
    expect(world.results.latest(networkKey)?.findings).toEqual([aFinding()])
    expect(world.ui.messages).toEqual([
      { severity: 'warn', text: 'gnswarm: 1 host: 0 checks well, 1 failed: web is not running' },
    ])
  })

  it('takes a host’s best network', async () => {
    const world = new CommandWorld()
    const { id } = world.access.fleet.hosts.find(({ name }) => name === 'miltitz')!
    await world.run(checkHosts, { kind: 'host', hostId: id })
    expect(vi.mocked(runHostChecks).mock.calls[0]?.[1]).toBe(networkKey)
  })

  it('asks in the palette, and leaves everything alone where the user goes away', async () => {
    const world = new CommandWorld({ answers: ['leave'] })
    await world.run(checkHosts)
    expect(runHostChecks).not.toHaveBeenCalled()
  })

  it('keeps nothing of a check that was ended early', async () => {
    checkGives({ isCancelled: true })
    const world = new CommandWorld()
    await world.run(checkHosts, gnswarm)
    expect([world.results.latest(networkKey), world.ui.documents]).toEqual([undefined, []])
  })
})
