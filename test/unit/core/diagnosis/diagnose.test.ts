import { describe, expect, it } from 'vitest'
import { diagnose } from '../../../../src/core/diagnosis/diagnose'
import type { Rule } from '../../../../src/core/diagnosis/evidence'
import { stripControl } from '../../../../src/core/text/sanitize'
import type { Observation } from '../../../../src/core/connectivity/types'
import { aFinding } from '../../builders'
import { anOutcome, causesOf, fail, fine, lost, pass, peersOf } from './outcome'

const peers = peersOf('a1@lindenau', 'b1@miltitz', 'c1@tolkewitz')

describe('diagnose', () => {
  it('finds nothing where nothing fails', () => {
    expect(diagnose(anOutcome(peers, () => fine))).toEqual([])
  })

  it('does not explain again what an earlier rule explained, and shows later rules the rest', () => {
    const seen: number[] = []
    const first: Rule = {
      id: 'first',
      diagnose: ({ failures }) => [
        {
          finding: aFinding({ cause: 'first' }),
          explains: failures.filter(({ check }) => check.kind === 'name'),
        },
      ],
    }
    const second: Rule = {
      id: 'second',
      diagnose({ failures }) {
        seen.push(...failures.map(({ check }) => (check.kind === 'tcp' ? 1 : 0)))
        return [{ finding: aFinding({ cause: 'second' }), explains: failures }]
      },
    }
    const checks = [fail('name', 'unknown-name'), pass('icmp'), fail('tcp', 'refused', { port: 80 })]
    const outcome = anOutcome(peers.slice(0, 2), () => checks)
    const findings = diagnose(outcome, [first, second])
    expect(seen).toEqual([1, 1])
    expect(findings.map(({ cause, pairs }) => [cause, pairs])).toEqual([
      ['first', outcome.pairs.map(({ from, to }) => ({ from: from.containerId, to: to.containerId }))],
      ['second', outcome.pairs.map(({ from, to }) => ({ from: from.containerId, to: to.containerId }))],
    ])
  })

  it('tells two faults at once apart', () => {
    const outcome = anOutcome(peers, (from, to) => {
      if (from.host === 'tolkewitz' || to.host === 'tolkewitz') return lost
      return to.container === 'b1' ? [...fine, fail('tcp', 'refused', { port: 80 })] : fine
    })
    expect(causesOf(outcome)).toEqual(['no-path-between-hosts', 'port-closed'])
  })

  it('strips what foreign names would do to a terminal, from every text', () => {
    const evil = peersOf('a\u001b[31mb@tolk\u0007ewitz', 'c1@tolkewitz', 'd1@lindenau\u009b2J')
    const all: readonly Observation[] = ['refused', 'not-running', 'unknown-name', 'resolver-timeout', 'wrong-address']
    const texts = all.flatMap((observation) =>
      diagnose(
        anOutcome(evil, () => [
          pass('icmp'),
          fail(observation === 'refused' ? 'tcp' : 'name', observation, { port: 80, addresses: ['10.0.1.99'] }),
        ]),
      ).flatMap(({ title, evidence, remedy, fixes }) => [title, ...evidence, remedy, ...fixes.map((fix) => fix.title)]),
    )
    expect(texts.length).toBeGreaterThan(20)
    expect(texts.filter((text) => text !== stripControl(text))).toEqual([])
  })
})
