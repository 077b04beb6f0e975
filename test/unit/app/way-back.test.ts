import { describe, expect, it } from 'vitest'
import type { InputOptions, PickItem, PickOptions, Ui } from '../../../src/app/ui'
import { goBack, withWayBack, type Questions, type WithWayBack } from '../../../src/app/way-back'

type Reply = string | readonly string[] | undefined | typeof goBack

interface Asked {
  readonly placeholder: string
  readonly canGoBack: boolean
  /** What was filled in or marked. */
  readonly shown: readonly string[]
}

/** A user who answers each question that is really asked with the next reply. */
function aUser(...replies: Reply[]) {
  const asked: Asked[] = []
  const next = (options: PickOptions & WithWayBack, shown: readonly string[]): Reply => {
    asked.push({ placeholder: options.placeholder, canGoBack: options.canGoBack, shown })
    if (asked.length > replies.length) throw new Error(`no reply to ${options.placeholder}`)
    return replies[asked.length - 1]
  }
  const labels = (items: readonly PickItem<unknown>[]) =>
    items.filter(({ isPicked }) => isPicked).map(({ label }) => label)
  const questions: Questions = {
    pick: (items, options) => {
      const reply = next(options, labels(items))
      return Promise.resolve(reply === goBack ? goBack : items.find(({ label }) => label === reply)?.value)
    },
    pickMany: (items, options) => {
      const reply = next(options, labels(items))
      if (reply === goBack || reply === undefined) return Promise.resolve(reply)
      return Promise.resolve(items.filter(({ label }) => reply.includes(label)).map(({ value }) => value))
    },
    input: (options: InputOptions & WithWayBack) => {
      const reply = next(options, options.value === undefined ? [] : [options.value])
      return Promise.resolve(reply as string | undefined | typeof goBack)
    },
  }
  return { questions, asked }
}

const ui = { confirm: () => Promise.resolve(true) } as unknown as Ui
const ask = (placeholder: string): PickOptions => ({ title: 'Run', placeholder })
const items = (...labels: string[]): PickItem<{ readonly label: string }>[] =>
  labels.map((label) => ({ label, value: { label } }))

/** A form of three questions; gives what it was answered. */
async function aForm(form: Ui, hosts = ['tolkewitz', 'miltitz']): Promise<unknown> {
  const host = await form.pick(items(...hosts), ask('Host'))
  const name = await form.input({ ...ask('Name'), value: 'web' })
  const options = await form.pickMany(items('tty', 'stdin', 'restart'), ask('Options'))
  return { host: host?.label, name, options: options?.map(({ label }) => label) }
}

async function answersOf(user: ReturnType<typeof aUser>, form = aForm): Promise<unknown> {
  let answers: unknown
  await withWayBack(ui, user.questions, async (form_) => {
    answers = await form(form_)
  })
  return answers
}

describe('withWayBack', () => {
  it('asks in order where nobody goes back, and offers no way back from the first question', async () => {
    const user = aUser('miltitz', 'db', ['tty'])
    expect(await answersOf(user)).toEqual({ host: 'miltitz', name: 'db', options: ['tty'] })
    expect(user.asked).toEqual([
      { placeholder: 'Host', canGoBack: false, shown: [] },
      { placeholder: 'Name', canGoBack: true, shown: ['web'] },
      { placeholder: 'Options', canGoBack: true, shown: [] },
    ])
  })

  it('asks the question before again, with its old answer filled in', async () => {
    const user = aUser('miltitz', 'db', goBack, 'cache', ['tty'])
    expect(await answersOf(user)).toEqual({ host: 'miltitz', name: 'cache', options: ['tty'] })
    expect(user.asked.slice(3)).toEqual([
      { placeholder: 'Name', canGoBack: true, shown: ['db'] },
      { placeholder: 'Options', canGoBack: true, shown: [] },
    ])
  })

  it('goes back further, to the first question', async () => {
    const user = aUser('miltitz', 'db', goBack, goBack, 'tolkewitz', 'db', [])
    expect(await answersOf(user)).toEqual({ host: 'tolkewitz', name: 'db', options: [] })
    expect(user.asked[4]).toEqual({ placeholder: 'Host', canGoBack: false, shown: ['miltitz'] })
  })

  it('marks again what was chosen of many', async () => {
    const form = async (form_: Ui) => [await aForm(form_), await form_.input(ask('Last'))]
    const user = aUser('miltitz', 'db', ['tty', 'restart'], goBack, ['tty'], 'x')
    expect(await answersOf(user, form)).toEqual([{ host: 'miltitz', name: 'db', options: ['tty'] }, 'x'])
    expect(user.asked[4]).toEqual({ placeholder: 'Options', canGoBack: true, shown: ['tty', 'restart'] })
  })

  it('gives the answer among the newest items, not the old value', async () => {
    const seen: unknown[] = []
    const form = async (form_: Ui) => {
      seen.push(await form_.pick(items('miltitz'), ask('Host')))
      await form_.input(ask('Name'))
      await form_.input(ask('Command'))
    }
    await answersOf(aUser('miltitz', 'db', goBack, 'db', 'sh'), form)
    expect(seen).toHaveLength(2)
    expect(seen[0]).not.toBe(seen[1])
  })

  it('asks again for an answer that is not there any more, and for what follows it', async () => {
    let hosts = ['tolkewitz', 'miltitz']
    const user = aUser('miltitz', 'db', goBack, 'tolkewitz', 'db', [])
    const form = async (form_: Ui) => {
      const shown = hosts
      hosts = ['tolkewitz', 'lindenau']
      return aForm(form_, shown)
    }
    expect(await answersOf(user, form)).toMatchObject({ host: 'tolkewitz' })
    expect(user.asked.slice(3).map(({ placeholder }) => placeholder)).toEqual(['Host', 'Name', 'Options'])
  })

  it('asks again for an answer that is not valid any more', async () => {
    let taken = ''
    const form = async (form_: Ui) => {
      const name = await form_.input({ ...ask('Name'), validate: (value) => (value === taken ? 'taken' : undefined) })
      await form_.input(ask('Command'))
      taken = 'db'
      await form_.input(ask('Ports'))
      return name
    }
    expect(await answersOf(aUser('db', 'sh', goBack, 'db2', 'sh', '80'), form)).toBe('db2')
  })

  it('does not take the answer to another question', async () => {
    let isFirst = true
    const form = async (form_: Ui) => {
      const first = await form_.input(ask(isFirst ? 'Name' : 'Command'))
      isFirst = false
      await form_.input(ask('Ports'))
      await form_.input(ask('Labels'))
      return first
    }
    expect(await answersOf(aUser('db', '80', goBack, 'sh', '80', 'x'), form)).toBe('sh')
  })

  it('closes the way once the command did more than ask', async () => {
    const user = aUser('miltitz', 'db')
    await answersOf(user, async (form_) => {
      await form_.pick(items('miltitz'), ask('Host'))
      await form_.confirm({ message: 'Create?', detail: '', action: 'Create' })
      await form_.input(ask('Name'))
    })
    expect(user.asked.map(({ canGoBack }) => canGoBack)).toEqual([false, false])
  })

  it('ends with the command where the user leaves', async () => {
    expect(await answersOf(aUser('miltitz', undefined, undefined))).toEqual({
      host: 'miltitz',
      name: undefined,
      options: undefined,
    })
  })

  it('lets the command’s own errors through', async () => {
    await expect(withWayBack(ui, aUser().questions, () => Promise.reject(new Error('broken')))).rejects.toThrow(
      'broken',
    )
  })

  it('gives questions after a dialog a way back of their own, which ends at the first of them', async () => {
    const user = aUser('first', 'a', 'b', goBack, 'c', 'd')
    const answers = await withWayBack(ui, user.questions, async (form) => {
      const before = await form.input(ask('Before'))
      await form.confirm({ message: 'Go on?', detail: '', action: 'Go' })
      const after = await form.form(async (own) => [
        await own.input(ask('One')),
        await own.input(ask('Two')),
        await own.input(ask('Three')),
      ])
      return [before, ...after]
    })
    expect(answers).toEqual(['first', 'a', 'c', 'd'])
    expect(user.asked.map(({ placeholder, canGoBack, shown }) => [placeholder, canGoBack, ...shown])).toEqual([
      ['Before', false],
      ['One', false],
      ['Two', true],
      ['Three', true],
      ['Two', true, 'b'],
      ['Three', true],
    ])
  })
})
