import { describe, expect, it } from 'vitest'
import { causesIn, failed, only, withDropIns } from './found-by'

const legacy = '[Service]\nExecStart=\nExecStart=/usr/bin/docker daemon -H fd://'

describe('stale-drop-in', () => {
  it('tells a drop-in that starts the engine as it was started of old', () => {
    const found = only('stale-drop-in', failed({ unit: withDropIns(['override.conf', legacy]) }))
    expect(found.title).toBe(
      'The drop-in override.conf of docker.service starts the engine in a way that it does not know any more',
    )
    expect(found.details).toMatchObject({
      file: '/etc/systemd/system/docker.service.d/override.conf',
      reason: 'legacy-command',
      isDockerMachines: false,
    })
    expect(found.evidence[0]).toContain('override.conf, line 3: “ExecStart=/usr/bin/docker daemon -H fd://”')
  })

  it('tells docker-machine’s own where its program is gone, and does not say to move that aside', () => {
    const text = '[Service]\nExecStart=\nExecStart=/usr/bin/dockerd -H tcp://0.0.0.0:2376'
    const program = { found: ['/usr/sbin/dockerd'], missing: ['/usr/bin/dockerd'] }
    const found = only('stale-drop-in', failed({ unit: withDropIns(['10-machine.conf', text]), program }))
    expect(found.details).toMatchObject({ reason: 'missing-program', isDockerMachines: true })
    expect(found.remedy).toContain('provision the machine again')
  })

  it('blames the other one of two drop-ins, not docker-machine’s', () => {
    const machines = '[Service]\nExecStart=\nExecStart=/usr/bin/dockerd -H tcp://0.0.0.0:2376'
    const unit = withDropIns(
      ['00-old.conf', '[Service]\nExecStart=/usr/bin/dockerd -H fd://'],
      ['10-machine.conf', machines],
    )
    // The later one resets what came before it: nothing fights.
    expect(causesIn(failed({ unit }))).toEqual(['engine-failed'])
    const fighting = withDropIns(
      ['10-machine.conf', machines],
      ['20-old.conf', '[Service]\nExecStart=/usr/bin/dockerd -H fd://'],
    )
    const found = only('stale-drop-in', failed({ unit: { ...fighting, loadState: 'bad-setting' } }))
    expect(found.details).toMatchObject({
      reason: 'second-exec-start',
      file: expect.stringContaining('20-old.conf') as string,
    })
  })

  it('tells a flag that the engine does not know, where the drop-in has it', () => {
    const text = '[Service]\nExecStart=\nExecStart=/usr/bin/dockerd --cluster-store=etcd://10.0.0.5:2379'
    const unit = withDropIns(['store.conf', text])
    const flags = [
      { name: 'cluster-store', value: 'etcd://10.0.0.5:2379', file: '/etc/systemd/system/docker.service.d/store.conf' },
    ]
    const found = only(
      'stale-drop-in',
      failed({ unit, commandLine: { flags }, log: ['unknown flag: --cluster-store'] }),
    )
    expect(found.details.reason).toBe('unknown-flag')
  })

  it('leaves a drop-in alone with which the engine runs', () => {
    expect(
      causesIn({
        units: [
          {
            ...failed({ unit: withDropIns(['override.conf', legacy]) }).units[0]!,
            activeState: 'active',
            loadState: 'loaded',
          },
        ],
      }),
    ).toEqual([])
  })
})
