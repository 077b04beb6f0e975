import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { JSONParser } from '@streamparser/json'
import { describe, expect, it } from 'vitest'
import {
  parseClassicContainers,
  parseInspectedAttachments,
} from '../../../../../src/adapters/docker/records/classic-container'
import { parseClassicEvent } from '../../../../../src/adapters/docker/records/classic-event'
import { classicVersion, parseClassicInfo } from '../../../../../src/adapters/docker/records/classic-info'
import { parseClassicNetworks } from '../../../../../src/adapters/docker/records/classic-network'
import { parseVersion } from '../../../../../src/adapters/docker/records/version'

type Answers = Readonly<Record<string, unknown>>

/** Answers of a real manager; test/fixtures/classic/README.md says how they were made. */
const answersOf = (version: string): Answers =>
  JSON.parse(
    readFileSync(join(import.meta.dirname, '../../../../fixtures/classic', version, 'answers.json'), 'utf8'),
  ) as Answers

const all = { '1.0.0': answersOf('1.0.0'), '1.1.0': answersOf('1.1.0'), '1.2.9': answersOf('1.2.9') } as const
const versions = Object.keys(all) as readonly (keyof typeof all)[]
const infoOf = (version: keyof typeof all, name = 'info') =>
  parseClassicInfo(all[version][name], { version: `swarm/${version}`, apiVersion: '1.21' }).classic!

describe.each(versions)('a manager %s', (version) => {
  it('is told by its version', () => {
    expect(classicVersion(parseVersion(all[version]['version']).version)).toBe(version)
  })

  it('lists its nodes with what is reserved of them and their labels', () => {
    const info = infoOf(version)
    expect(info).toMatchObject({ version, role: 'primary', strategy: 'spread' })
    expect(info.nodes.map(({ name, address, status }) => [name, address, status])).toEqual([
      ['tolkewitz', '192.0.2.11:2375', 'healthy'],
      ['lindenau', '192.0.2.12:2375', 'healthy'],
      ['miltitz', '192.0.2.13:2375', 'healthy'],
    ])
    for (const node of info.nodes)
      expect(node).toMatchObject({
        reservedCpus: '0 / 2',
        reservedMemory: '0 B / 24.72 GiB',
        labels: { site: node.name, operatingsystem: 'Debian GNU/Linux 12 (bookworm)' },
      })
    expect(info.nodes.map(({ containers }) => containers)).toEqual(
      version === '1.0.0' ? [2, 1, 1] : version === '1.1.0' ? [1, 1, 2] : [2, 0, 2],
    )
    expect(info.nodes.every(({ reason }) => reason === undefined)).toBe(true)
  })

  it('lists each container with its node, running or not', () => {
    const { containers, hasNetworks } = parseClassicContainers(all[version]['containers'])
    expect(hasNetworks).toBe(version !== '1.0.0')
    const [web, shell1] = {
      '1.0.0': ['tolkewitz', 'lindenau'],
      '1.1.0': ['lindenau', 'miltitz'],
      '1.2.9': ['tolkewitz', 'miltitz'],
    }[version]
    expect(containers.map(({ node, name, state }) => `${node}/${name} ${state}`)).toEqual([
      'tolkewitz/stopped exited',
      'miltitz/pinned running',
      `${shell1}/shell1 running`,
      `${web}/web running`,
    ])
    // Listed twice, for both families.
    expect(containers[1]!.ports.map(({ publicPort, privatePort }) => [publicPort, privatePort])).toContainEqual([
      8080, 80,
    ])
    const gnswarm = containers.filter(({ attachments }) =>
      attachments.some(({ networkName }) => networkName === 'gnswarm'),
    )
    expect(gnswarm.map(({ name }) => name)).toEqual(version === '1.0.0' ? [] : ['shell1', 'web'])
  })

  it('lists local networks with their node, and overlays once', () => {
    const networks = parseClassicNetworks(all[version]['networks'])
    expect(networks.map(({ node, name, scope }) => `${node ?? ''}/${name} ${scope}`).sort()).toEqual([
      '/gnswarm global',
      'lindenau/bridge local',
      'miltitz/bridge local',
      'tolkewitz/bridge local',
    ])
  })
})

describe('what only some versions say', () => {
  it('1.0 tells a container’s networks only when it is inspected', () => {
    const attachments = parseInspectedAttachments(all['1.0.0']['inspected'], true)
    expect(attachments.map(({ networkName, address }) => [networkName, address])).toEqual([['gnswarm', '10.0.0.2']])
  })

  it('1.1 gives old clients the old layout, with the same nodes', () => {
    expect(infoOf('1.1.0', 'oldInfo')).toEqual(infoOf('1.1.0'))
  })

  it('1.2 says which nodes it never reached, and which it has lost and why', () => {
    const why = (address: string) =>
      `Cannot connect to the Docker daemon at tcp://${address}. Is the docker daemon running?`
    expect(
      infoOf('1.2.9', 'pending').nodes.map(({ name, address, status, reason }) => [name, address, status, reason]),
    ).toEqual(
      ['192.0.2.12:2375', '192.0.2.13:2375', '192.0.2.11:2375'].map((address) => [
        '(unknown)',
        address,
        'pending',
        why(address),
      ]),
    )
    const lost = infoOf('1.2.9', 'lost').nodes.find(({ name }) => name === 'miltitz')
    expect(lost).toMatchObject({
      status: 'unhealthy',
      reason: why('192.0.2.13:2375'),
      containers: 2,
      engineVersion: '20.10.24',
    })
    const { containers } = parseClassicContainers(all['1.2.9']['lostContainers'])
    expect(containers.find(({ name }) => name === 'shell1')).toMatchObject({ node: 'miltitz', status: 'Host Down' })
  })

  it('a replica names its primary', () => {
    expect(infoOf('1.2.9', 'replica')).toMatchObject({ role: 'replica', primary: '192.0.2.12:3376' })
  })

  it('events follow each other without anything between them', () => {
    const seen: unknown[] = []
    const parser = new JSONParser({ separator: '', paths: ['$'] })
    parser.onValue = ({ value }) => void seen.push(...parseClassicEvent(value))
    parser.write(all['1.2.9']['events'] as string)
    expect(seen).toContainEqual({ kind: 'everything' })
    expect(seen.filter((event) => (event as { kind: string }).kind === 'everything')).toHaveLength(3)
    const kinds = new Set(seen.map((event) => (event as { kind: string }).kind))
    expect(kinds).toEqual(new Set(['everything', 'container', 'network', 'engine']))
  })
})
