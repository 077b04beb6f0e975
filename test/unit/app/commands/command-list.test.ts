import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commandList } from '../../../../src/app/commands/command-list'
import { commandTable } from '../../../../src/app/commands/command-table'

const prefix = 'swarmNetworks.'
const notCommands = ['command.ts', 'command-list.ts', 'command-table.ts']

function fileOf(id: string): string {
  return `${id.slice(prefix.length).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts`
}

describe('the commands', () => {
  it('are one file each, and each file is in the list', () => {
    const folder = join(import.meta.dirname, '../../../../src/app/commands')
    const files = readdirSync(folder).filter((name) => name.endsWith('.ts') && !notCommands.includes(name))
    expect(commandList.map(({ id }) => fileOf(id)).toSorted()).toEqual(files.toSorted())
  })

  it('have each a line in the table, in the same order', () => {
    expect(commandList.map(({ id }) => id)).toEqual(commandTable.map(({ id }) => id))
  })

  it('have each a test of their own', () => {
    const tests = new Set(readdirSync(import.meta.dirname))
    expect(
      commandList.map(({ id }) => fileOf(id).replace(/\.ts$/, '.test.ts')).filter((name) => !tests.has(name)),
    ).toEqual([])
  })
})

describe('the table', () => {
  it('names an icon wherever one is shown', () => {
    const iconless = commandTable.filter(
      ({ icon, places }) => icon === undefined && places.some(({ group }) => /^(inline|navigation)/.test(group)),
    )
    expect(iconless).toEqual([])
  })

  it('has titles in title case, of plain words', () => {
    for (const { title } of commandTable) expect(title).toMatch(/^[A-Z][A-Za-z]*( [A-Za-z]+)*…?$/)
  })

  it('gives a condition to every place in a tree, and to no other', () => {
    for (const { places } of commandTable)
      for (const { menu, condition } of places) expect(condition !== undefined).toBe(menu === 'view/item/context')
  })
})
