import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { findingSources } from '../../../../src/app/findings/finding-source-list'

it('has one file for each kind of findings, and each file is in the list', () => {
  const files = readdirSync(join(import.meta.dirname, '../../../../src/app/findings/sources'))
  expect(findingSources.map(({ id }) => `${id}.ts`).toSorted()).toEqual(files.toSorted())
})
