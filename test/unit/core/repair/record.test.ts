import { describe, expect, it } from 'vitest'
import { parseRecords } from '../../../../src/core/repair/parse-records'
import { planScript } from '../../../../src/core/repair/plan-script'
import { formatRecord, parseRecord, readProgress, recordFolder, recordName } from '../../../../src/core/repair/record'
import { recordMark } from '../../../../src/core/repair/record-commands'
import { undoPlan } from '../../../../src/core/repair/undo-plan'
import { aCommand, aRecordName, aRepair, aStep } from '../../repair-builders'

const record = { plan: aRepair(), startedAt: 1_700_000_000_000 }

describe('a record', () => {
  it('is named so that names sort by time', () => {
    expect(recordName('stale-drop-in', Date.UTC(2026, 10, 25, 12, 0, 0, 7))).toBe(aRecordName)
  })

  it('has no folder outside of its own', () => {
    expect(recordFolder(aRecordName)).toBe(`/var/lib/swarm-networks/repairs/${aRecordName}`)
    for (const name of ['../../etc', '20261125T120000Z-a/b', '']) expect(() => recordFolder(name)).toThrow(RangeError)
  })

  it('is read as it was written', () => {
    expect(parseRecord(formatRecord(record))).toEqual(record)
  })

  it.each(['', 'null', '{"plan":{}}', formatRecord(record).replace('"command"', '"reboot"')])(
    'is refused where it is none: %s',
    (text) => {
      expect(() => parseRecord(text)).toThrow('cannot be read')
    },
  )
})

describe('the progress of a repair', () => {
  const states = (...lines: readonly string[]) => readProgress(record, lines.join('\n')).states

  it('knows what was begun and not ended', () => {
    expect(states()).toEqual(['waiting', 'waiting', 'waiting'])
    expect(states('T begin move', 'T end move 0', 'T begin reload')).toEqual(['done', 'unknown', 'waiting'])
    expect(states('T begin move', 'T end move 1')).toEqual(['failed', 'waiting', 'waiting'])
  })

  it('counts the last attempt', () => {
    expect(states('T begin move', 'T end move 1', 'T begin move', 'T end move 0')[0]).toBe('done')
    expect(states('T begin move', 'T end move 0', 'T begin move')[0]).toBe('unknown')
  })

  it('knows the end, and whether it was taken back', () => {
    expect(readProgress(record, 'T finished left')).toMatchObject({ outcome: 'left', isUndone: false })
    expect(readProgress(record, 'T finished done\nT undone')).toMatchObject({ outcome: 'done', isUndone: true })
    expect(readProgress(record, 'garbage\n\n$(reboot)')).not.toHaveProperty('outcome')
  })
})

describe('the records of a host', () => {
  it('are read one by one, and what is none is left out', () => {
    const one = (name: string, json: string, progress: string) =>
      `${recordMark} ${name}\n${json}\n${recordMark}\n${progress}`
    const text = [
      one('b', formatRecord(record), 'T begin move\nT end move 0\n'),
      one('broken', '{', 'T undone\n'),
      one('a', formatRecord(record), 'T undone\n'),
    ].join('')
    expect(parseRecords(text).map(({ states: [first], isUndone }) => [first, isUndone])).toEqual([
      ['done', false],
      ['waiting', true],
    ])
    expect(parseRecords('')).toEqual([])
  })
})

describe('taking back', () => {
  const undoOf = (...states: readonly ('waiting' | 'done' | 'failed' | 'unknown')[]) =>
    undoPlan({ record, states })?.steps.map(({ id }) => id)

  it('goes in reverse through what was begun, and last makes it count', () => {
    const plan = aRepair({
      steps: [
        aStep('one', { undo: aCommand('undo', 'one') }),
        aStep('two', { undo: aCommand('undo', 'two') }),
        aStep('reload', { undo: aCommand('reload'), undoOrder: 'last' }),
        aStep('restart'),
      ],
    })
    const states = ['done', 'failed', 'done', 'waiting'] as const
    expect(undoPlan({ record: { ...record, plan }, states })?.steps.map(({ id }) => id)).toEqual([
      'undo-two',
      'undo-one',
      'undo-reload',
    ])
  })

  it('leaves alone what was not begun, and takes back what was only perhaps done', () => {
    expect(undoOf('unknown', 'waiting', 'waiting')).toEqual(['undo-move'])
    expect(undoOf('waiting', 'waiting', 'waiting')).toBeUndefined()
  })

  it('touches only the hosts that it may', () => {
    expect(undoPlan({ record, states: ['done', 'done', 'done'] }, ['settings:lindenau'])).toBeUndefined()
  })

  it('says what stays', () => {
    const plan = aRepair({ steps: [aStep('drop', { noUndoReason: 'It is gone.' }), ...aRepair().steps] })
    const undo = undoPlan({ record: { ...record, plan }, states: ['done', 'done', 'done', 'done'] })
    expect(undo?.consequences).toContain('This stays as it is: “Do drop”. It is gone.')
  })
})

describe('a plan as a script', () => {
  it('stops at the first failure, says what each step does, and checks as often as the plan', () => {
    const script = planScript(aRepair(), 'settings:tolkewitz')
    expect(script).toContain('set -eu')
    expect(script).toContain(
      '# Do restart\nsystemctl restart docker.service\n# Then: the engine answers.\nfor try in $(seq 3)',
    )
  })

  it('lets no title become a command', () => {
    const plan = aRepair({ title: 'harmless\nreboot', steps: [aStep('x', { title: 'a\nreboot' })] })
    expect(planScript(plan, 'settings:tolkewitz')).not.toMatch(/^reboot/m)
  })

  it('gives input as it is', () => {
    const step = (input: string) => aStep('write', { action: { ...aCommand('tee', '/f'), input } })
    const script = (input: string) => planScript(aRepair({ steps: [step(input)] }), 'settings:tolkewitz')
    expect(script('{}\nEND\n')).toContain("tee /f <<'END_'\n{}\nEND\nEND_")
    expect(script("it's")).toContain(String.raw`printf %s 'it'\''s' | tee /f`)
  })
})
