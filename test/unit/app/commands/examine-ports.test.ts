import { describe, expect, it } from 'vitest'
import { examinePorts } from '../../../../src/app/commands/examine-ports'
import type { NodeSubject } from '../../../../src/app/tree/tree-node'
import { aContainer, aFailedRun, aFinding, aFleet, aHost, anId, aSwarmId } from '../../builders'
import { anEngineError, CommandWorld, expectLeavingChangesNothing } from '../../fakes/command-world'

const web = { kind: 'container', hostId: 'settings:tolkewitz', containerId: anId('web') } satisfies NodeSubject
const networkKey = aSwarmId('gnswarm')

const procNetTcp = [
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
  '   0: 0100007F:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1 0 100 0 0 10 0',
  '',
].join('\n')

describe('examinePorts', () => {
  it('shows what listens, and what the image exposes in vain', async () => {
    const world = new CommandWorld()
    world.exec = () => ({ exitCode: 1, stdout: procNetTcp, stderr: 'cat: /proc/net/tcp6: No such file' })
    await world.run(examinePorts, web)
    expect(world.ui.documents).toMatchObject([{ name: 'ports-web@tolkewitz.md', show: 'preview' }])
    const content = world.ui.documents[0]!.content
    expect(content).toContain('# What listens in web at tolkewitz')
    expect(content).toContain('`127.0.0.1`')
    expect(content).toContain('The image exposes 80/tcp, but no other container can connect there.')
  })

  it('looks into the container that a finding names', async () => {
    const world = new CommandWorld()
    world.exec = () => ({ exitCode: 0, stdout: procNetTcp, stderr: '' })
    const fix = { id: 'examine-ports' as const, title: 'Look', containerIds: [anId('web')], hostIds: [] }
    world.results.set(networkKey, aFailedRun({ findings: [aFinding({ cause: 'port-closed', fixes: [fix] })] }))
    await world.run(examinePorts, { kind: 'finding', networkKey, cause: 'port-closed', index: 0 })
    expect(world.ui.documents).toHaveLength(1)
  })

  it('says that the image has nothing to look with', async () => {
    const world = new CommandWorld()
    world.exec = () => ({ exitCode: 126, stdout: 'exec failed: executable file not found', stderr: '' })
    expect(await world.failure(examinePorts, web)).toMatchObject({ code: 'unsupported', host: 'tolkewitz' })
    expect(world.ui.documents).toEqual([])
  })

  it('is for running containers, and does nothing when the user leaves', async () => {
    await expectLeavingChangesNothing(examinePorts, { answers: [{ pick: 'web' }] })
    const off = new CommandWorld({
      fleet: aFleet([aHost('tolkewitz', { containers: [aContainer({ state: 'exited' })] })]),
    })
    expect((await off.failure(examinePorts, web)).message).toContain('does not run')
  })

  it('names the host in an engine’s error', async () => {
    const world = new CommandWorld()
    world.failures.set('containers.exec', anEngineError())
    expect(await world.failure(examinePorts, web)).toMatchObject({ host: 'tolkewitz' })
  })
})
