import { XMLValidator } from 'fast-xml-parser'
import { describe, expect, it } from 'vitest'
import type { ConnectivityRun } from '../../../../src/core/connectivity/run'
import type { Fleet } from '../../../../src/core/model/fleet'
import { buildTopology } from '../../../../src/core/topology/build-topology'
import { layoutTopology } from '../../../../src/core/topology/layout'
import { defaultPalette, fixedPalette, themePalette } from '../../../../src/core/topology/palette'
import type { Box, Scene } from '../../../../src/core/topology/scene'
import { topologyStyle } from '../../../../src/core/topology/style'
import { writeSvg } from '../../../../src/core/topology/write-svg'
import { writeTables } from '../../../../src/core/topology/write-tables'
import { aContainer, aFleet, aHost, anOverlay, attachedTo } from '../../builders'
import { expectGolden } from '../../golden'
import { aLargeFleet, aSmallFleet, backend, gnswarm, testOf, webIsStopped } from './samples'

const texts = {
  ...{ host: 'Host', network: 'Network', containers: 'Containers', lastTest: 'Last test', link: 'Link' },
  ...{ hostsAndNetworks: 'Hosts and networks', links: 'Links' },
}

function topologyOf(fleet: Fleet, runs: ReadonlyMap<string, ConnectivityRun> = new Map()) {
  return buildTopology({ fleet, latest: (key) => runs.get(key) })
}

const small = aSmallFleet()
const runs = new Map([[gnswarm.id, testOf(small, gnswarm, webIsStopped)]])
const drawn = () => layoutTopology(topologyOf(small, runs))

describe('the topology', () => {
  it('has the networks that span hosts, and on each host who is on which', () => {
    const { networks, hosts } = topologyOf(small)
    expect(networks.map(({ name, members, state, verdict }) => [name, members, state, verdict])).toEqual([
      ['backend', 2, 'unknown', 'not tested yet'],
      ['gnswarm', 3, 'unknown', 'not tested yet'],
    ])
    expect(hosts.map(({ name, rows }) => [name, rows.map((r) => [r.network, r.members.map((m) => m.name)])])).toEqual([
      ['kaditz', []],
      [
        'miltitz',
        [
          ['backend', ['cache']],
          ['gnswarm', ['shell2']],
        ],
      ],
      [
        'tolkewitz',
        [
          ['backend', ['api']],
          ['gnswarm', ['api', 'web']],
        ],
      ],
    ])
  })

  it('tells who fails with everybody from who only fails with him', () => {
    const { hosts, links } = topologyOf(small, runs)
    const members = hosts.flatMap(({ rows }) => rows).filter(({ network }) => network === 'gnswarm')
    expect(members.flatMap((row) => row.members.map(({ name, state }) => [name, state]))).toEqual([
      ['shell2', 'partly'],
      ['web', 'fail'],
      ['api', 'partly'],
    ])
    expect(links).toMatchObject([
      {
        network: 'gnswarm',
        from: { name: 'miltitz' },
        to: { name: 'tolkewitz' },
        state: 'partly',
        counts: { passed: 2, failed: 1, untested: 1 },
      },
    ])
  })

  it('judges a host’s branch by the way to other hosts, not by what passes within it', () => {
    const cutOff = testOf(small, gnswarm, (from, to) =>
      from.endsWith('@tolkewitz') === to.endsWith('@tolkewitz') ? 'pass' : 'fail',
    )
    const { hosts } = topologyOf(small, new Map([[gnswarm.id, cutOff]]))
    expect(
      hosts.flatMap(({ rows }) => rows.filter(({ network }) => network === 'gnswarm')).map(({ state }) => state),
    ).toEqual(['fail', 'fail'])
  })

  it('is of one network where one is named', () => {
    const topology = buildTopology({ fleet: small, latest: () => undefined, networkKey: backend.id })
    expect(topology.networks.map(({ name }) => name)).toEqual(['backend'])
    expect(topology.hosts.flatMap(({ rows }) => rows).map(({ network }) => network)).toEqual(['backend', 'backend'])
  })

  it('counts containers where they are too many to draw, draws those that fail, and says so', () => {
    const fleet = aLargeFleet()
    const isAtThree = (place: string) => place.endsWith('@host-3')
    const judge = (from: string, to: string) => (isAtThree(from) || isAtThree(to) ? 'fail' : 'pass')
    const test = testOf(fleet, gnswarm, judge, { onePerHost: true })
    const { hosts, links, notes } = topologyOf(fleet, new Map([[gnswarm.id, test]]))
    const row = (name: string) => hosts.find((host) => host.name === name)?.rows[0]
    expect(row('host-5')).toMatchObject({ members: [], hidden: 12, state: 'partly' })
    expect(row('host-3')).toMatchObject({ members: [{ state: 'fail' }], hidden: 11, state: 'fail' })
    expect(links).toHaveLength(12)
    expect(links.every(({ state }) => state === 'fail')).toBe(true)
    expect(notes).toEqual([
      '1200 containers are too many to draw each: hosts show how many they have, and which of them fail.',
      'gnswarm: of 4950 links between hosts 12 of 99 that fail are drawn.',
    ])
  })

  it('draws no link of a large network where all pass, and says so', () => {
    const fleet = aLargeFleet()
    const { links, notes } = topologyOf(
      fleet,
      new Map([[gnswarm.id, testOf(fleet, gnswarm, () => 'pass', { onePerHost: true })]]),
    )
    expect(links).toEqual([])
    expect(notes.at(-1)).toBe('gnswarm: of 4950 links between hosts none of them fails, and none is drawn.')
  })

  it('only names hosts without a container where they are many', () => {
    const hosts = Array.from({ length: 9 }, (_, i) => aHost(`idle-${i}`, { role: 'worker' }))
    const { hosts: shown, notes } = topologyOf(aFleet([...small.hosts, ...hosts]))
    expect(shown.map(({ name }) => name)).toEqual(['miltitz', 'tolkewitz'])
    expect(notes).toEqual([
      '10 more hosts have no container on these networks: idle-0, idle-1, idle-2, idle-3 and 6 more.',
    ])
  })
})

describe('the layout', () => {
  const overlap = (a: Box, b: Box) =>
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

  function check(scene: Scene): void {
    const cards = scene.hosts.map(({ card }) => card)
    for (const boxes of [cards, scene.chips.map(({ box }) => box)])
      expect(boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => overlap(a, b)))).toEqual([])
    const all = [...cards, ...scene.chips.map(({ box }) => box), ...scene.networks.map(({ box }) => box)]
    expect(
      all.filter(({ x, y, width, height }) => x < 0 || y < 0 || x + width > scene.width || y + height > scene.height),
    ).toEqual([])
    const inside = scene.chips.filter(
      ({ box }) => !cards.some((card) => overlap(card, box) && box.x + box.width <= card.x + card.width),
    )
    expect(inside).toEqual([])
    const keys = [...scene.networks, ...scene.hosts, ...scene.chips, ...scene.links].map(({ key }) => key)
    expect(new Set(keys).size).toBe(keys.length)
  }

  it('lets nothing overlap or stick out', () => {
    check(drawn())
    const many = Array.from({ length: 14 }, (_, i) =>
      aContainer({ name: `a-rather-long-name-${i}`, attachments: [attachedTo(gnswarm, '10.0.1.9')] }),
    )
    check(layoutTopology(topologyOf(aFleet([aHost('tolkewitz', { containers: many, networks: [gnswarm] })]))))
    check(layoutTopology(topologyOf(aLargeFleet())))
    check(layoutTopology(topologyOf(aFleet([]))))
  })

  it('gives links that would touch a lane each, short ones inside', () => {
    const hosts = ['a', 'b', 'c', 'd'].map((name) =>
      aHost(name, {
        containers: [aContainer({ name: `c-${name}`, attachments: [attachedTo(gnswarm, '10.0.1.9')] })],
        networks: [gnswarm],
      }),
    )
    const fleet = aFleet(hosts)
    const { links } = layoutTopology(topologyOf(fleet, new Map([[gnswarm.id, testOf(fleet, gnswarm, () => 'pass')]])))
    expect(links).toHaveLength(6)
    for (const [i, a] of links.entries())
      for (const b of links.slice(i + 1))
        if (a.laneX === b.laneX) expect(a.to.y <= b.from.y || b.to.y <= a.from.y).toBe(true)
    const lane = (key: string) => links.find((link) => link.key.endsWith(key))!.laneX
    expect(lane('settings:a settings:b')).toBeLessThan(lane('settings:a settings:d'))
  })

  it('says to a screen reader what is drawn', () => {
    const scene = drawn()
    expect(scene.label).toBe(
      '2 networks over 3 hosts; 1 link between hosts with 1 failing pair. backend: 2 containers, not tested yet. gnswarm: 2 of 6 pairs fail, 2 were not tested.',
    )
    expect(scene.hosts.map(({ label }) => label)).toEqual([
      'Host kaditz, unreachable, 198.18.0.200, Its containers are not known while it cannot be asked',
      'Host miltitz, worker, 198.18.0.4, backend: not tested yet, gnswarm: 1 of 4 pairs fails',
      'Host tolkewitz, manager, leader, 198.18.0.2, backend: not tested yet, gnswarm: 1 of 4 pairs fails',
    ])
    expect(scene.chips.at(-1)?.label).toBe('api, running, 10.0.1.5, on gnswarm at tolkewitz, 1 of 4 pairs fails')
    expect(scene.links[0]?.label).toBe('Link between miltitz and tolkewitz on gnswarm: 1 of 4 pairs fails')
  })
})

describe('the picture', () => {
  it('as a file stands alone', () => {
    const svg = writeSvg(drawn(), { palette: defaultPalette, isFile: true })
    expectGolden('topology.golden.svg', `${svg.replaceAll('><', '>\n<')}\n`)
    expect(svg).not.toContain('var(')
    expect(svg).not.toMatch(/tabindex|data-vscode/)
  })

  it('in a window can be focused, and carries what its owner gives it', () => {
    const svg = writeSvg(drawn(), { palette: themePalette(), dataOf: ({ target }) => ({ 'data-kind': target.kind }) })
    expect(svg.match(/role="button" tabindex="-1"/g)).toHaveLength(2 + 3 + 5 + 1)
    expect(svg).toContain('data-kind="link"')
    expect(svg).not.toContain('<style')
  })

  it('escapes every text', () => {
    const evil = '</text><script>alert("1")</script>&\u0000'
    const network = anOverlay({ name: evil, subnets: [{ subnet: evil }] })
    const fleet = aFleet([
      aHost('x', {
        containers: [aContainer({ name: evil, attachments: [attachedTo(network, evil)] })],
        networks: [network],
        over: { name: evil, address: evil },
      }),
    ])
    const topology = topologyOf(fleet)
    for (const text of [
      writeSvg(layoutTopology(topology), { palette: defaultPalette, isFile: true }),
      writeSvg(layoutTopology(topology), { palette: defaultPalette, dataOf: () => ({ 'data-x': evil }) }),
      `<div>${writeTables(topology, texts)}</div>`,
    ]) {
      expect(text).not.toContain('<script')
      expect(text).toContain('&lt;')
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- its successor is a package of its own; this is enough here
      expect(XMLValidator.validate(text)).toBe(true)
    }
  })
})

it('says the same in tables', () => {
  const html = writeTables(topologyOf(small, runs), texts)
  const cells = html
    .split('<tr>')
    .slice(1)
    .map((row) => [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>|<td\/>/g)].map(([, cell = '']) => cell))
  expect(cells).toEqual([
    ['Host', 'Network', 'Containers', 'Last test'],
    ['kaditz', '', 'unreachable', ''],
    ['miltitz', 'backend', 'cache', 'not tested yet'],
    ['miltitz', 'gnswarm', 'shell2', '1 of 4 pairs fails'],
    ['tolkewitz', 'backend', 'api', 'not tested yet'],
    ['tolkewitz', 'gnswarm', 'web (not running), api', '1 of 4 pairs fails'],
    ['Link', 'Network', 'Last test'],
    ['miltitz – tolkewitz', 'gnswarm', '1 of 4 pairs fails'],
  ])
})

describe('the palette', () => {
  it('refers to the theme, with a colour where the theme has none', () =>
    expect(themePalette().bad).toBe('var(--vscode-testing-iconFailed, var(--vscode-errorForeground, #f14c4c))'))

  it('takes computed colours, and nothing that is none', () => {
    const palette = fixedPalette({
      bad: '#ff0000',
      good: 'rgba(1, 2, 3, 0.5)',
      card: 'red;} text{x:url(http://x)',
      border: 3,
    })
    expect(palette).toMatchObject({
      bad: '#ff0000',
      good: 'rgba(1, 2, 3, 0.5)',
      card: defaultPalette.card,
      border: defaultPalette.border,
    })
    expect(topologyStyle(palette)).not.toContain('url(')
  })
})
