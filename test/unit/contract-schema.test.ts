import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { vocabulary, type Mapping } from '../../src/core/contract/vocabulary'

interface Schema {
  readonly properties: Readonly<Record<string, { readonly description: string }>>
  readonly anyOf?: readonly Schema[]
}

const root = join(import.meta.dirname, '../..')
const read = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8')) as unknown
const schema = read('schemas/connectivity.schema.json') as Schema & {
  readonly definitions: Readonly<Record<string, Schema>>
}

const parts: Readonly<Record<Mapping, Schema | undefined>> = {
  contract: schema,
  line: schema.definitions['line'],
  selector: schema.definitions['selector']?.anyOf?.[1],
  http: schema.definitions['http']?.anyOf?.[1],
}

describe('the JSON schema of contracts', () => {
  it.each(Object.keys(parts) as Mapping[])('has the keys of a %s, in the words of completion and hovers', (mapping) => {
    const described = Object.entries(parts[mapping]?.properties ?? {}).map(([key, { description }]) => [
      key,
      description,
    ])
    expect(described).toEqual(vocabulary[mapping].map(({ key, explanation }) => [key, explanation]))
  })

  it('is contributed for the files that wake the extension', () => {
    const { contributes, activationEvents } = read('package.json') as {
      readonly activationEvents: readonly string[]
      readonly contributes: { readonly yamlValidation: readonly { readonly fileMatch: string; readonly url: string }[] }
    }
    expect(contributes.yamlValidation.map(({ url }) => url)).toEqual(
      Array(2).fill('./schemas/connectivity.schema.json'),
    )
    expect(activationEvents).toEqual(
      contributes.yamlValidation.map(({ fileMatch }) => `workspaceContains:**/${fileMatch}`),
    )
  })
})
