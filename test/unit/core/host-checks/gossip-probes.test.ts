import { describe, expect, it } from 'vitest'
import { listProbes, parseProbes, probeSeconds, udpWordOn } from '../../../../src/core/host-checks/gossip-probes'
import type { ProbeFallback } from '../../../../src/core/host-checks/probe-reading'
import { aReading, hostAddress } from '../diagnosis/reading'

const head = '@now 1764151000\n@up 4000\n'
/** As Docker 20.10 and 26.1 write it. */
const line = (at: number, name: string, words = 'but other probes failed') =>
  `${at}.123456 tolkewitz dockerd[123]: time="2026-11-26T10:00:00Z" level=warning msg="memberlist: Was able to connect to ${name} ${words}, network may be misconfigured"`

describe('parseProbes', () => {
  it('has each time that a host answered by TCP alone, in the words of every generation', () => {
    const text = `${head}@log\n${line(1764150990, 'e1ac4ab0a0b5')}\n${line(1764150998, '77aa', 'over TCP but UDP probes failed')}\n`
    expect(parseProbes(text, 20)).toEqual({
      seconds: 20,
      fallbacks: [
        {
          name: 'e1ac4ab0a0b5',
          secondsAgo: 10,
          words:
            'memberlist: Was able to connect to e1ac4ab0a0b5 but other probes failed, network may be misconfigured',
        },
        {
          name: '77aa',
          secondsAgo: 2,
          words: 'memberlist: Was able to connect to 77aa over TCP but UDP probes failed, network may be misconfigured',
        },
      ],
    })
  })

  it('tells no further back than the engine runs', () => {
    expect(parseProbes('@now 1764151000\n@up 7\n@log\n', 20)).toEqual({ seconds: 7, fallbacks: [] })
  })

  it('tells nothing without the log, without the engine, and where warnings are not logged', () => {
    expect([head, '', '@log\n', `${head}@quiet\n@log\n`].map((text) => parseProbes(text, 20))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })

  it('tells nothing of others where the host itself could not send', () => {
    const failed =
      'memberlist: Failed to send ping: write udp [::]:7946->198.18.0.11:7946: sendto: operation not permitted'
    const text = `${head}@log\n1764150990.123456 lindenau dockerd[141]: time="x" level=warning msg="${failed}"\n`
    expect(parseProbes(text, 20)).toBeUndefined()
    expect(parseProbes(text.replace('send ping', 'send UDP ping'), 20)).toBeUndefined()
  })

  it('is asked for ten rounds, within bounds', () => {
    expect([1, 3, 8, 100].map(probeSeconds)).toEqual([20, 20, 70, 300])
    expect(listProbes(70)).toContain('--since=-70s')
  })
})

describe('udpWordOn', () => {
  const ago = (name: string, ...seconds: readonly number[]): readonly ProbeFallback[] =>
    seconds.map((secondsAgo) => ({
      ...{ address: hostAddress(name), secondsAgo },
      words: `memberlist: Was able to connect to ${name}`,
    }))
  const quiet = { probes: { seconds: 20, fallbacks: [] } }
  const word = (hosts: NonNullable<Parameters<typeof aReading>[0]>['hosts'], name = 'lindenau') => {
    const reading = aReading({ hosts: hosts! })
    return udpWordOn(
      reading,
      reading.hosts.find((host) => host.name === name)!,
    )
  }

  it('is good where all that watch had no reason to ask by TCP', () => {
    expect(word({ miltitz: quiet, tolkewitz: quiet })).toEqual({
      ...{ watchers: ['miltitz', 'tolkewitz'], seconds: 20, reporters: [], inWords: '', isSilentNow: false },
    })
  })

  it('tells nothing where nobody’s log tells for long enough, or the host is not known there', () => {
    expect(word({}).watchers).toEqual([])
    expect(word({ miltitz: { probes: { seconds: 9, fallbacks: [] } } }).watchers).toEqual([])
    expect(word({ miltitz: { ...quiet, gossip: [hostAddress('miltitz')] } }).watchers).toEqual([])
  })

  it('is bad where all of them had to, again and again', () => {
    const probes = { seconds: 20, fallbacks: ago('lindenau', 1, 3, 5, 7) }
    const { isSilentNow, reporters, inWords } = word({ miltitz: { probes }, tolkewitz: { probes } })
    expect([isSilentNow, reporters]).toEqual([true, ['miltitz', 'tolkewitz']])
    expect(inWords).toBe(
      'miltitz and tolkewitz had to ask it by TCP 8 times in 20 seconds: “memberlist: Was able to connect to lindenau”.',
    )
  })

  it('is neither where it happened once, is over, or only one of them says so', () => {
    const of = (...seconds: readonly number[]) => ({ probes: { seconds: 20, fallbacks: ago('lindenau', ...seconds) } })
    for (const hosts of [
      { miltitz: of(3), tolkewitz: quiet },
      { miltitz: of(12, 14, 16, 18), tolkewitz: of(11, 13, 15, 17, 19) },
      { miltitz: of(1, 2, 3, 4, 5, 6, 7, 8), tolkewitz: quiet },
    ]) {
      const { isSilentNow, reporters } = word(hosts)
      expect([isSilentNow, reporters.length > 0]).toEqual([false, true])
    }
  })

  it('does not blame all the others where one host reaches nobody', () => {
    const mute = { probes: { seconds: 20, fallbacks: [...ago('miltitz', 1, 3, 5), ...ago('tolkewitz', 2, 4, 6)] } }
    const onMute = { probes: { seconds: 20, fallbacks: ago('lindenau', 1, 3, 5, 7) } }
    const hosts = { lindenau: mute, miltitz: onMute, tolkewitz: onMute }
    expect(word(hosts).isSilentNow).toBe(true)
    expect(word(hosts, 'miltitz')).toMatchObject({ watchers: ['tolkewitz'], reporters: [], isSilentNow: false })
  })
})
