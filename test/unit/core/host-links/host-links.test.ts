import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { linksScript, parseLinks } from '../../../../src/core/host-links/links-script'
import { foreignRoutes, underlayCard } from '../../../../src/core/host-links/underlay'

describe('the script', () => {
  it('reads this machine’s routes and cards with a plain shell, and says nothing else', () => {
    const { status, stdout, stderr } = spawnSync('sh', ['-c', linksScript], { encoding: 'utf8' })
    expect([status, stderr]).toEqual([0, ''])
    expect(parseLinks(stdout).cards).toContainEqual({ name: 'lo', mtu: 65536 })
    expect(stdout.split('\n').filter((line) => line !== '' && !/^@(route|card)\t/.test(line))).toEqual([])
  })
})

describe('parseLinks', () => {
  it('reads the kernel’s hexadecimal', () => {
    expect(
      parseLinks('@route\teth0\t000012C6\t00FFFFFF\r\n@route\teth0\t00000000\t00000000\n@card\teth0\t1400\n'),
    ).toEqual({
      routes: [
        { card: 'eth0', subnet: '198.18.0.0/24' },
        { card: 'eth0', subnet: '0.0.0.0/0' },
      ],
      cards: [{ name: 'eth0', mtu: 1400 }],
    })
  })

  it.each(['@route\teth0\tzz\t00FFFFFF', '@route\teth0\t000012C6\t00FF00FF', '@card\teth0\tbig', 'motd', '@route'])(
    'passes over %j',
    (line) => expect(parseLinks(`${line}\n`)).toEqual({ routes: [], cards: [] }),
  )
})

describe('a host’s own network', () => {
  const routes = [
    { card: 'eth0', subnet: '0.0.0.0/0' },
    { card: 'eth1', subnet: '198.18.0.0/24' },
    { card: 'docker0', subnet: '172.17.0.0/16' },
    { card: 'br-0123456789ab', subnet: '172.18.0.0/16' },
    { card: 'tun0', subnet: '10.8.0.0/16' },
  ]
  const cards = [
    { name: 'eth0', mtu: 1500 },
    { name: 'eth1', mtu: 9000 },
  ]
  const host = { hostId: 'h', host: 'tolkewitz', routes, cards }

  it('is what no engine made', () => {
    expect(foreignRoutes(host).map(({ card }) => card)).toEqual(['eth1', 'tun0'])
  })

  it('is spoken over by the card of the host’s own address, or by the way out', () => {
    expect(underlayCard({ ...host, address: '198.18.0.2' })?.name).toBe('eth1')
    expect(underlayCard({ ...host, address: '203.0.113.9' })?.name).toBe('eth0')
    expect(underlayCard({ ...host, address: '' })).toBeUndefined()
  })
})
