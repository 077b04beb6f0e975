import { describe, expect, it } from 'vitest'
import { fix } from '../../../../src/app/commands/fix'
import { fixCommands } from '../../../../src/app/commands/shared/fix-commands'
import { commandTable } from '../../../../src/app/commands/command-table'
import { aFailedRun, aFinding, anId, aSwarmId } from '../../builders'
import { CommandWorld } from '../../fakes/command-world'

const networkKey = aSwarmId('gnswarm')
const gnswarm = { kind: 'network', networkKey } as const

function world(answers: ConstructorParameters<typeof CommandWorld>[0], findings = [aFinding()]) {
  const made = new CommandWorld(answers)
  made.results.set(networkKey, aFailedRun({ findings }))
  return made
}

describe('fix', () => {
  it('shows what helps against what, and runs the command of the one that is chosen', async () => {
    const made = world({ answers: [{ pick: 'Start web' }, 'leave'] })
    await made.run(fix, gnswarm)
    expect(made.ui.items[0]).toMatchObject([
      { label: 'Start web', description: 'gnswarm', detail: 'web is not running' },
    ])
    expect(made.calls.map(({ host, name, args }) => [host, name, args[0]])).toEqual([
      ['tolkewitz', 'containers.start', anId('web')],
    ])
  })

  it('does nothing where its user goes away, though there is only one', async () => {
    const made = world({ answers: ['leave'] })
    await made.run(fix, gnswarm)
    expect(made.calls).toEqual([])
  })

  it('says what to do by hand where nothing can be planned', async () => {
    const byHand = aFinding({ title: 'A name is there twice.', remedy: 'Rename one.', fixes: [] })
    const made = world({ answers: [{ pick: 'A name is there twice.' }, { press: 'Show Report' }] }, [byHand])
    await made.run(fix, gnswarm)
    expect(made.ui.messages).toEqual([{ severity: 'info', text: 'A name is there twice. Rename one.' }])
    expect(made.ui.documents).toMatchObject([{ name: 'connectivity-gnswarm.md' }])
  })

  it('has what helps against a contract’s line, and does it as the quick fix would', async () => {
    const line = { kind: 'contract-line', address: 'file:///w/app.connectivity.yaml', title: 'shell1 → web' } as const
    const made = new CommandWorld({ answers: [{ pick: 'Test this line again' }] })
    await expect(made.run(fix, line)).rejects.toMatchObject({ message: expect.stringContaining('holds') as string })
    const done: unknown[] = []
    const again = { kind: 'test', title: 'Test this line again', line: line.title } as const
    made.lineFixes = {
      of: ({ title }) => (title === line.title ? [again] : []),
      apply: (...args) => Promise.resolve(void done.push(args)),
    }
    await made.run(fix, line)
    expect(made.ui.items[0]).toMatchObject([{ label: 'Test this line again' }])
    expect(done).toEqual([[line.address, again]])
  })

  it('says where there is nothing to fix, and where nothing was tested', async () => {
    await expect(world({}, []).run(fix, gnswarm)).rejects.toMatchObject({
      message: expect.stringContaining('nothing to fix') as string,
    })
    await expect(new CommandWorld().run(fix, gnswarm)).rejects.toMatchObject({
      message: expect.stringContaining('not tested yet') as string,
    })
  })

  it('knows a command of its own for each fix', () => {
    const ids = new Set(commandTable.map(({ id }) => id))
    for (const [id, command] of Object.entries(fixCommands)) {
      expect(command.id).toBe(
        `swarmNetworks.${id.replaceAll(/-(\w)/g, (_all, letter: string) => letter.toUpperCase())}`,
      )
      expect(ids.has(command.id)).toBe(true)
    }
  })
})
