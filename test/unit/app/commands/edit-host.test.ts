import { describe, expect, it } from 'vitest'
import { editHost } from '../../../../src/app/commands/edit-host'
import { SwarmNetworksError } from '../../../../src/core/errors'
import type { HostSetting } from '../../../../src/core/model/host-setting'
import { CommandWorld, expectLeavingChangesNothing } from '../../fakes/command-world'
import type { Answer } from '../../fakes/fake-ui'

const files = { ca: '/m/ca.pem', cert: '/m/cert.pem', key: '/m/key.pem', skipVerify: true }
const tolkewitz: HostSetting = { name: 'tolkewitz', url: 'ssh://root@198.18.0.2', identityFile: '/k', isDisabled: true }
const lindenau: HostSetting = { name: 'lindenau', url: 'tcp://198.18.0.3:2376', tls: files }
const hosts = [tolkewitz, lindenau]
const subject = { kind: 'host', hostId: 'settings:tolkewitz' } as const
const accept = (times: number): readonly Answer[] => Array.from({ length: times }, () => 'accept')

describe('editHost', () => {
  it('begins with what the entry holds, tries it, and changes only what was changed', async () => {
    const answers: readonly Answer[] = ['accept', { input: 'ops@198.18.0.2' }, 'accept', 'accept']
    const world = new CommandWorld({ hosts, answers })
    await world.run(editHost, subject)
    expect(world.ui.inputs.map(({ title, value }) => [title, value])).toEqual([
      ['Edit Host', 'ssh://root@198.18.0.2'],
      ['Edit Host', '/k'],
      ['Edit Host', 'tolkewitz'],
    ])
    expect(world.calls.map(({ name }) => name)).toEqual(['connect', 'system.info', 'close', 'settings.replaceHost'])
    expect(world.calls.at(-1)?.args).toEqual(['tolkewitz', { ...tolkewitz, url: 'ssh://ops@198.18.0.2' }])
    expect(world.ui.said).toContain('tolkewitz was changed: tolkewitz, engine 20.10.24')
  })

  it('keeps what it does not ask for, and may give another name', async () => {
    const answers: readonly Answer[] = [{ pick: 'lindenau' }, ...accept(5), { input: 'l2' }]
    const world = new CommandWorld({ hosts, answers })
    await world.run(editHost)
    expect(world.named('settings.replaceHost')[0]?.args).toEqual(['lindenau', { ...lindenau, name: 'l2' }])
  })

  it('goes over to another way in, and keeps the host', async () => {
    const answers: readonly Answer[] = [{ pick: 'TCP' }, 'accept', 'accept']
    const world = new CommandWorld({ hosts, answers })
    await world.run(editHost, subject)
    expect(world.named('settings.replaceHost')[0]?.args[1]).toEqual({
      name: 'tolkewitz',
      url: 'tcp://198.18.0.2',
      isDisabled: true,
    })
  })

  it('refuses the name of another entry, and a password in the address', async () => {
    const answers: readonly Answer[] = [
      'accept',
      { input: 'ssh://root:secret@198.18.0.2' },
      ...accept(2),
      { input: 'lindenau' },
      'leave',
    ]
    const world = new CommandWorld({ hosts, answers })
    await world.run(editHost, subject)
    expect(world.ui.problems).toEqual([
      expect.stringContaining('password') as string,
      'There is a host "lindenau" in the settings already.',
    ])
  })

  it('changes nothing when the user leaves, also after the connection failed', async () => {
    const answers = [...accept(4), 'leave' as const]
    const prepare = (world: CommandWorld) => {
      world.failures.set('connect', new SwarmNetworksError('unreachable', 'No answer', { step: 'connect' }))
    }
    await expectLeavingChangesNothing(editHost, { hosts, subject, answers, prepare })
  })
})
