import { describe, expect, it } from 'vitest'
import { engineLine, moduleLines, reinstallLines } from '../../../../../../src/core/examine/host/rules/by-hand'
import { aHostFacts } from '../../../../examine-builders'
import { failed, only } from './found-by'

const on = (name: string, init: 'systemd' | 'openrc' | 'sysvinit' | 'upstart' = 'systemd') =>
  aHostFacts({ system: { name, kernel: '6.6', init } })

describe('what a person can do', () => {
  it.each([
    ['systemd', 'systemctl restart docker.service'],
    ['openrc', 'rc-service docker restart'],
    ['sysvinit', 'service docker stop; service docker start'],
    ['upstart', 'restart docker'],
  ] as const)('restarts the engine as %s does', (init, line) => {
    expect(engineLine(on('Some system', init), 'restart')).toBe(line)
  })

  it('is said in the words of the host’s packages, and not at all where those are not known', () => {
    expect(reinstallLines(on('Ubuntu 24.04 LTS'), '/usr/bin/dockerd')[0]).toContain('dpkg -S /usr/bin/dockerd')
    expect(reinstallLines(on('Rocky Linux 9'), '/usr/bin/dockerd')[0]).toContain('dnf reinstall')
    expect(reinstallLines(on('Some system'), '/usr/bin/dockerd')).toEqual([])
    expect(moduleLines(on('Some system'), 'vxlan')).toEqual(['modprobe vxlan'])
  })

  it('quotes what stands in the host’s files', () => {
    const log = ['failed to load listeners: listen tcp 0.0.0.0:2376: bind: address already in use']
    expect(only('port-in-use', failed({ log })).byHand?.[0]).toBe("ss -lntup 'sport = :2376'")
    const path = "/etc/docker's/daemon.json"
    const daemonJson = { path, state: 'invalid', text: '{', isWhole: true, line: 1 } as const
    expect(only('daemon-json-invalid', failed({ daemonJson })).byHand?.[0]).toBe(
      String.raw`sed -n 1p '/etc/docker'\''s/daemon.json'`,
    )
  })
})
