import { expect, it } from 'vitest'
import { withoutIcons, withoutLinks } from '../../../src/vscode/plain-text'

/** The pattern by which the editor finds links in a notification (vs/base/common/linkedText.ts). */
const link = /\[[^\]]+\]\((?:https?:\/\/|command:|file:)[^)\s]+(?: ["'].+?["'])?\)/gi

it('leaves nothing that a notification would make a link of', () => {
  const message = 'web [fix](command:workbench.action.quit) and [a](https://example.org "t")'
  expect(message).toMatch(link)
  expect(withoutLinks(message)).not.toMatch(link)
})

it('leaves other brackets alone', () => {
  expect(withoutLinks('web (nginx) [2]')).toBe('web (nginx) [2]')
})

it('shows an icon reference as it is written', () => {
  expect(withoutIcons('a$(bug) $(sync~spin) $(not an icon) $HOME')).toBe(
    'a\\$(bug) \\$(sync~spin) $(not an icon) $HOME',
  )
})
