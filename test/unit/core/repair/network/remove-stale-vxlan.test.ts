import { describe, expect, it } from 'vitest'
import {
  linksInTheWay,
  parseVxlanLinks,
  planRemoveStaleVxlan,
} from '../../../../../src/core/repair/network/remove-stale-vxlan'
import { tolkewitz } from './members'

/** As iproute2 6.1 writes it. */
const line = (name: string, vni: number, port = 4789) =>
  `161: ${name}: <BROADCAST,MULTICAST> mtu 1500 qdisc noop state DOWN mode DEFAULT group default qlen 1000\\    link/ether 86:d3:32:5e:4e:a9 brd ff:ff:ff:ff:ff:ff promiscuity 0  allmulti 0 minmtu 68 maxmtu 65535 \\    vxlan id ${vni} srcport 0 0 dstport ${port} ttl auto ageing 300 udpcsum noudp6zerocsumtx noudp6zerocsumrx addrgenmode eui64`

describe('parseVxlanLinks', () => {
  it('reads name, number, port and namespace, and leaves out what is something else', () => {
    const text = `\t${line('vx-own', 4102)}\nstale\t${line('stale0@if161', 4101)}\n\t2: eth0: <UP> mtu 1500\nCannot open network namespace\n`
    expect(parseVxlanLinks(text)).toEqual([
      { name: 'vx-own', vni: 4102, port: 4789 },
      { name: 'stale0', vni: 4101, port: 4789, namespace: 'stale' },
    ])
  })
})

describe('linksInTheWay', () => {
  it('are those with a number of the network at its port', () => {
    const links = parseVxlanLinks(['4101', '4102'].map((vni) => `\t${line(`v${vni}`, Number(vni))}`).join('\n'))
    const flannel = { name: 'flannel.1', vni: 4101, port: 8472 }
    expect(linksInTheWay([...links, flannel], { vnis: [4101], port: 4789 }).map(({ name }) => name)).toEqual(['v4101'])
  })
})

describe('planRemoveStaleVxlan', () => {
  it('removes each in its namespace, only as long as it has that number, and looks', () => {
    const own = { name: 'vx-own', vni: 4102, port: 4789 }
    const plan = planRemoveStaleVxlan(tolkewitz, [own, { ...own, name: 'stale0', namespace: 'stale' }], 'gnswarm')
    expect(plan.title).toBe('Remove vx-own and stale0 in the network namespace stale')
    const commands = plan.steps.map(({ action }) => (action.kind === 'command' ? action.command.slice(4) : []))
    expect(commands).toEqual([
      ['vx-own', '4102'],
      ['stale0', '4102', '-n', 'stale'],
    ])
    expect(plan.steps.every(({ check }) => check !== undefined)).toBe(true)
  })
})
