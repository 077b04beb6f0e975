import { describe, expect, it } from 'vitest'
import { ContractBook } from '../../../../src/app/contract/contract-book'
import { testContractLines } from '../../../../src/app/contract/test-contract-lines'
import type { HostShells } from '../../../../src/core/ports/host-shell'
import { aContainer, aFleet, aHost, anOverlay, attachedTo } from '../../builders'
import { FakeProbes } from '../connectivity/fake-probes'
import { FakeClock, settle } from '../../fakes/fake-clock'

const address = 'file:///w/app.connectivity.yaml'
const front = anOverlay({ name: 'front' })
const member = (name: string, ip: string) =>
  aContainer({ name, createdAt: 0, status: 'Up 2 hours', ports: [], attachments: [attachedTo(front, ip)] })
const silent = () => undefined
const log = { debug: silent, info: silent, warn: silent, error: silent }

function world(text: string, { isTrusted = true } = {}) {
  const book = new ContractBook()
  book.update(address, text)
  const fleet = new FakeProbes(
    aFleet([
      aHost('tolkewitz', { containers: [member('web', '10.0.1.2'), member('shell1', '10.0.1.5')], networks: [front] }),
    ]),
  )
  const settings = { helper: undefined }
  const shells = { openShell: () => Promise.reject(new Error('no host is looked into')) } as unknown as HostShells
  const clock = new FakeClock()
  const context = { book, fleet, shells, settings, clock, log, isTrusted: () => isTrusted }
  const titles = book.get(address)?.contract.lines.map(({ title }) => title) ?? []
  const test = (lines = titles) => testContractLines(context, { address, titles: lines }, AbortSignal.timeout(10_000))
  return { book, fleet, test, titles, clock }
}

describe('testing lines of a contract in the editor', () => {
  it('is refused in a folder that nobody trusts, before any host is asked', async () => {
    const { fleet, test } = world('must:\n  - { from: shell1, to: web }\n', { isTrusted: false })
    await expect(test()).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(/not trusted/) as string,
    })
    expect(fleet.execs).toEqual([])
  })

  it('tells of each line what was seen, and of one that means nobody that it does', async () => {
    const { test, titles, book, clock } = world(
      'must:\n  - { from: shell1, to: gone }\n  - { from: shell1, to: web, ping: true }\n',
    )
    const testing = test()
    await settle()
    await clock.advance(30_000)
    const verdicts = await testing
    expect(verdicts.get(titles[0]!)).toMatchObject({ result: 'not-tested', seen: 'No container matches gone now' })
    expect(verdicts.get(titles[1]!)).toMatchObject({ result: 'pass', markdown: '' })
    expect(verdicts.get(titles[1]!)?.seen).toMatch(/^Seen to hold once: /)
    expect(book.get(address)?.unmatched.get(titles[0]!)).toMatchObject([{ code: 'matches-nothing' }])
  })

  it('is refused where the contract has errors', async () => {
    const { fleet, test } = world('must:\n  - { from: shell1, to: web, tpc: 80 }\n')
    await expect(test()).rejects.toMatchObject({ message: expect.stringMatching(/has errors/) as string })
    expect(fleet.execs).toEqual([])
  })
})
