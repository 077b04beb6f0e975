import { describe, expect, it } from 'vitest'
import { causesIn, failed, only } from './found-by'

const daemonJson = { path: '/etc/docker/daemon.json', isWhole: true, state: 'valid' } as const

describe('directive-twice', () => {
  it('finds it by the file and the flags', () => {
    const found = only('directive-twice', failed({ daemonJson: { ...daemonJson, directives: { hosts: ['fd://'] } } }))
    expect(found.title).toBe(
      'hosts stands both on the command line and in /etc/docker/daemon.json: the engine does not start',
    )
    expect(found.details.conflicts).toEqual([
      {
        directive: 'hosts',
        flag: 'host',
        flagValues: ['fd://'],
        flagFile: '/lib/systemd/system/docker.service',
        fileValue: '["fd://"]',
      },
    ])
  })

  it('warns before the next start of an engine that runs', () => {
    const found = only('directive-twice', { daemonJson: { ...daemonJson, directives: { containerd: '/run/x.sock' } } })
    expect(found.title).toContain('will not start again')
  })

  it('takes the engine’s word for it where the file cannot be read', () => {
    const log = [
      'unable to configure the Docker daemon with file /etc/docker/daemon.json: the following directives are specified both as a flag and in the configuration file: hosts: (from flag: [fd:// tcp://0.0.0.0:2375], from file: [fd://]), debug: (from flag: true, from file: true)',
    ]
    const found = only('directive-twice', failed({ daemonJson: { ...daemonJson, state: 'not-readable' }, log }))
    expect(found.details.conflicts.map(({ directive, flagValues }) => [directive, ...flagValues])).toEqual([
      ['hosts', '[fd:// tcp://0.0.0.0:2375]'],
      ['debug', 'true'],
    ])
  })

  it('lets a directive stand that is only in one place', () => {
    expect(causesIn({ daemonJson: { ...daemonJson, directives: { debug: true } } })).toEqual([])
  })
})
