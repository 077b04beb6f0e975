import { describe, expect, it } from 'vitest'
import { failed, foundIn, only } from './found-by'

const unit = { activeState: 'inactive', subState: 'dead', result: 'success' }

describe('engine-stopped', () => {
  it('tells a stopped engine from one that is starting', () => {
    expect(only('engine-stopped', failed({ unit }))).toMatchObject({
      title: 'The engine is stopped',
      severity: 'error',
    })
    const starting = only('engine-stopped', failed({ unit: { ...unit, activeState: 'activating', subState: 'start' } }))
    expect([starting.title, starting.severity]).toEqual(['The engine is starting', 'warning'])
  })

  it('does not take one that is still stopping for one that somebody left stopped', () => {
    const deactivating = { ...unit, activeState: 'deactivating', subState: 'stop-sigterm' }
    const stopping = only('engine-stopped', failed({ unit: deactivating }))
    expect([stopping.title, stopping.severity, stopping.byHand]).toEqual([
      'The engine is stopping',
      'warning',
      undefined,
    ])
  })

  it('knows other ways to start services than systemd', () => {
    const system = { name: 'Devuan', kernel: '6.1', init: 'sysvinit' } as const
    const initScript = { path: '/etc/init.d/docker', status: 'Docker is not running', isRunning: false }
    const found = foundIn({ ...failed({ system }), units: [], initScript })
    expect(found.map(({ cause, remedy }) => [cause, remedy])).toEqual([
      ['engine-stopped', expect.stringContaining('/etc/init.d/docker start') as string],
    ])
  })
})
