import { describe, expect, it } from 'vitest'
import { planDisableChecksumOffload } from '../../../../../src/core/repair/network/disable-checksum-offload'
import { planOpenPorts, type OpenedHost } from '../../../../../src/core/repair/network/open-ports'
import { planLimitPorts } from '../../../../../src/core/repair/network/limit-ports'
import { planRestartEngine } from '../../../../../src/core/repair/network/restart-engine'
import { cloudRules } from '../../../../../src/core/repair/network/security-groups'
import { parseRecord } from '../../../../../src/core/repair/record'
import { tolkewitz } from './members'

const swarm = { scope: 'swarm', isEncrypted: false } as const
const peers = [
  { name: 'tolkewitz', address: '198.18.7.11', isManager: true },
  { name: 'lindenau', address: '198.18.7.12', isManager: false },
  { name: 'miltitz', address: 'fd00::13', isManager: false },
]

function opened(inCharge: OpenedHost['firewall']['inCharge'], isManager = true): OpenedHost {
  return { ...tolkewitz, address: '198.18.7.11', isManager, firewall: { inCharge } }
}

describe('planOpenPorts', () => {
  it('lets each peer in, and undoes it in the other order', () => {
    const plan = planOpenPorts(opened('ufw'), peers, swarm)
    expect(plan.title).toBe('Open 2377/tcp, 7946/tcp, 7946/udp and 4789/udp on tolkewitz to lindenau and miltitz')
    expect(plan.steps.map(({ title }) => title)).toEqual([
      'Let lindenau (198.18.7.12) in, with ufw',
      'Let miltitz (fd00::13) in, with ufw',
    ])
    const [step] = plan.steps
    expect(step?.action).toEqual({
      kind: 'command',
      command: [
        'sh',
        '-ec',
        [
          'ufw allow proto tcp from 198.18.7.12 to any port 2377',
          'ufw allow proto tcp from 198.18.7.12 to any port 7946',
          'ufw allow proto udp from 198.18.7.12 to any port 7946',
          'ufw allow proto udp from 198.18.7.12 to any port 4789',
        ].join('\n'),
      ],
      asRoot: true,
      deadlineMs: 30_000,
    })
    expect(step?.undo).toMatchObject({
      command: ['sh', '-ec', expect.stringMatching(/^ufw delete allow proto udp .* 4789\n[^]* 2377$/) as string],
    })
    expect(plan.consequences.join()).not.toContain('next start')
  })

  it.each([
    ['firewalld', 'firewalld'],
    ['nftables', 'nft'],
    ['iptables', 'iptables'],
    ['none', 'iptables'],
    ['unknown', 'iptables'],
  ] as const)('uses what is in charge: %s', (inCharge, tool) => {
    const plan = planOpenPorts(opened(inCharge), peers, swarm)
    expect(plan.steps[0]?.title).toContain(`with ${tool}`)
    expect(plan.consequences.some((text) => text.includes('could not be seen'))).toBe(inCharge === 'unknown')
    expect(plan.consequences.some((text) => text.includes('next start'))).toBe(tool !== 'firewalld')
  })

  it.each([planOpenPorts, planLimitPorts])('can be read again from what a host wrote down', (planned) => {
    const plan = { ...planned(opened('nftables'), peers, swarm), record: '20261125T120000Z-open-ports' }
    expect(parseRecord(JSON.stringify({ plan, startedAt: 0 })).plan).toEqual(plan)
  })

  it('opens 2377 at managers only, and another data path where the swarm has one', () => {
    const plan = planOpenPorts(opened('iptables', false), peers, { ...swarm, dataPathPort: 5789 })
    expect(plan.title).toContain('Open 7946/tcp, 7946/udp and 5789/udp on')
    expect(JSON.stringify(plan.steps)).not.toContain('2377')
  })

  it('refuses where it is known to whom', () => {
    const unknown = [{ name: 'lindenau', address: 'not known', isManager: false }]
    expect(() => planOpenPorts(opened('ufw'), unknown, swarm)).toThrow(/No address of another host/)
  })
})

describe('planLimitPorts', () => {
  it('lets the peers in first, and then keeps everybody else out', () => {
    const { id, title, steps, consequences, risk } = planLimitPorts(opened('none'), peers, swarm)
    expect([id, risk]).toEqual(['limit-ports', 'medium'])
    expect(title).toBe('Let only lindenau and miltitz send to 4789/udp of tolkewitz')
    expect(steps.map((step) => step.title)).toEqual([
      'Let lindenau (198.18.7.12) in, with iptables',
      'Let miltitz (fd00::13) in, with iptables',
      'Keep everybody else out at 4789/udp, with iptables',
    ])
    expect(steps.at(-1)?.action).toMatchObject({
      command: ['sh', '-ec', expect.stringMatching(/^iptables -I INPUT 5 .* -j DROP\nip6tables -I INPUT 5 /) as string],
    })
    expect(steps.at(-1)?.undo).toMatchObject({
      command: ['sh', '-ec', expect.stringMatching(/^iptables -D INPUT -p udp --dport 4789 -j DROP/) as string],
    })
    expect(consequences[0]).toContain('Hosts that join later')
  })

  it('leaves it to a front end that keeps others out by itself', () => {
    const { steps, consequences } = planLimitPorts(opened('ufw'), peers, swarm)
    expect(steps).toHaveLength(2)
    expect(consequences).toContain('ufw keeps out by itself whom nobody lets in.')
  })
})

describe('cloudRules', () => {
  it('lets the hosts and nobody else in', () => {
    const all = cloudRules(peers, { scope: 'swarm', isEncrypted: true })
    const of = (cloud: string) => all.find((rules) => rules.cloud === cloud)!.commands
    expect(of('AWS')).toContain(
      'aws ec2 authorize-security-group-ingress --group-id GROUP --protocol udp --port 4789 --cidr 198.18.7.12/32',
    )
    expect(of('AWS')).toContain(
      'aws ec2 authorize-security-group-ingress --group-id GROUP --protocol 50 --cidr 198.18.7.12/32',
    )
    expect(of('AWS').filter((line) => line.includes('fd00::13/128'))).toHaveLength(5)
    expect(of('Azure')).toHaveLength(5)
    expect(of('Azure').at(-1)).toContain('--protocol Esp --destination-port-ranges')
    expect(of('Google Cloud').join()).toContain('--rules tcp:2377,tcp:7946,udp:7946,udp:4789,esp')
    for (const { commands } of all) expect(commands.join()).not.toContain('0.0.0.0')
  })
})

describe('planDisableChecksumOffload', () => {
  it('turns it off, looks, and can turn it on again', () => {
    const [step] = planDisableChecksumOffload(tolkewitz, 'ens192').steps
    const command = (state: string) => ['ethtool', '-K', 'ens192', 'tx-checksum-ip-generic', state]
    expect(step).toMatchObject({ action: { command: command('off') }, undo: { command: command('on') } })
  })
})

describe('planRestartEngine', () => {
  const container = (name: string, restartPolicy: string, isTask = false) => ({
    ...{ name, restartPolicy, isTask },
    ...{ isRunning: true, isStoppedByHand: false },
  })

  it('says who stops, and who comes back', () => {
    const { consequences, risk } = planRestartEngine(tolkewitz, [
      container('web', 'always'),
      container('shell1', 'no'),
      container('shop.1', 'no', true),
    ])
    expect(consequences).toEqual([
      'The engine is restarted.',
      'These containers stop and come back by their restart policy: web.',
      'These stop, and the swarm replaces them, here or on another host: shop.1.',
      'These stop and stay stopped, having no restart policy that starts them: shell1.',
    ])
    expect(risk).toBe('high')
  })

  it('restarts the service, and waits until it is active', () => {
    const { steps, risk } = planRestartEngine(tolkewitz, [])
    expect(steps).toMatchObject([{ action: { command: ['systemctl', 'restart', 'docker.service'] } }])
    expect(risk).toBe('low')
  })

  it('says what the swarm lacks meanwhile, and counts that as something that stops', () => {
    const { consequences, risk } = planRestartEngine(tolkewitz, [], 'The swarm has no other manager.')
    expect(consequences).toEqual([
      'The engine is restarted; no container runs on it.',
      'The swarm has no other manager.',
    ])
    expect(risk).toBe('medium')
  })
})
