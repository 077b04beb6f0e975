import { describe, expect, it } from 'vitest'
import { RepairSession } from '../../../../src/app/repair/repair-session'

/** What a terminal gets, with the colours taken out. */
async function shown(session: RepairSession): Promise<string> {
  session.end(0)
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of session.output) text += decoder.decode(chunk, { stream: true })
  // eslint-disable-next-line no-control-regex
  return text.replace(/\u001b\[\d+m/g, '')
}

describe('a session of a repair', () => {
  it('shows each line on one of its own, as the transcript has it', async () => {
    const session = new RepairSession()
    session.say('title', 'A plan')
    session.say('step', '1/1 Do it, on tolkewitz')
    session.say('command', '# sh -c one\ntwo')
    session.show('written without an end')
    session.say('good', 'All steps are done.')
    expect(session.transcript).toBe(
      'A plan\n\n1/1 Do it, on tolkewitz\n# sh -c one\ntwo\nwritten without an end\nAll steps are done.\n',
    )
    expect(await shown(session)).toBe(session.transcript.replaceAll('\n', '\r\n'))
  })

  it('takes a choice by its key, and no other', async () => {
    const session = new RepairSession()
    const choice = session.ask({ hostId: 'h', stop: 'failed', choices: ['retry', 'leave'] })
    for (const key of ['u', 's', 'x', 'R']) session.write(key)
    expect(await choice).toBe('retry')
  })

  it('opens a shell on the host without leaving the question', async () => {
    const opened: string[] = []
    const session = new RepairSession((hostId) => opened.push(hostId))
    const choice = session.ask({ hostId: 'h', stop: 'failed', choices: ['undo', 'leave'] })
    session.write('s')
    expect(opened).toEqual(['h'])
    session.close()
    expect(await choice).toBe('leave')
  })
})
