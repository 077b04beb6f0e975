import { describe, expect, it } from 'vitest'
import { ContractBook } from '../../../../src/app/contract/contract-book'
import { testContractLines } from '../../../../src/app/contract/test-contract-lines'
import type { HostShells } from '../../../../src/core/ports/host-shell'
import { aContainer, aFleet, aHost, anOverlay, attachedTo } from '../../builders'
import { FakeProbes } from '../connectivity/fake-probes'
import { FakeClock } from '../../fakes/fake-clock'

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
  const context = { book, fleet, shells, settings, clock: new FakeClock(), log, isTrusted: () => isTrusted }
  const titles = book.get(address)?.contract.lines.map(({ title }) => title) ?? []
  const test = (lines = titles) => testContractLines(context, { address, titles: lines }, AbortSignal.timeout(10_000))
  return { book, fleet, test, titles }
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

  it('is refused where the contract has errors', async () => {
    const { fleet, test } = world('must:\n  - { from: shell1, to: web, tpc: 80 }\n')
    await expect(test()).rejects.toMatchObject({ message: expect.stringMatching(/has errors/) as string })
    expect(fleet.execs).toEqual([])
  })
})
