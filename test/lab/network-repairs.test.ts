import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/adapters/system-clock'
import { connectContainers } from '../../src/app/commands/connect-containers'
import { openPorts } from '../../src/app/commands/open-ports'
import { recreateNetwork } from '../../src/app/commands/recreate-network'
import { startTarget } from '../../src/app/commands/start-target'
import { undoLastRepair } from '../../src/app/commands/undo-last-repair'
import { runConnectivityTest } from '../../src/app/connectivity-service'
import type { HostCheckOptions } from '../../src/app/host-checks/host-checks'
import type { NodeSubject } from '../../src/app/tree/tree-node'
import type { PairResult } from '../../src/core/connectivity/types'
import type { ConnectivityRun } from '../../src/core/connectivity/run'
import { EditorCommands } from './editor-commands'
import { openLab, type Lab } from './lab'
import { openFleetOf, type FleetWithShells } from './open-fleet'
import { waitUntil } from './support/wait-until'

/*
 * What a test finds is repaired from its finding on, by the commands of the context menu: the plan is run on the real swarm,
 * what had failed is tested again, and all is well.
 */

let lab: Lab
let opened: FleetWithShells
let commands: EditorCommands

beforeAll(async () => {
  lab = await openLab()
  await lab.heal()
  await lab.cleanup()
  await lab.manager.run('docker network create -d overlay --attachable gnswarm')
  for (const [host, name, image] of [
    ['tolkewitz', 'web', 'nginx'],
    ['lindenau', 'shell1', 'alpine'],
    ['miltitz', 'shell2', 'alpine'],
  ] as const)
    await lab.machine(host).run(`docker run -dit --name ${name} --network gnswarm ${image}`)
  opened = await openFleetOf(lab, 'root')
  commands = new EditorCommands(opened)
  await opened.service.settled(AbortSignal.timeout(30_000))
  await tested('pass')
})

afterEach(() => lab.heal())

afterAll(async () => {
  await opened[Symbol.asyncDispose]()
  await Promise.all(lab.machines.map((machine) => machine.run('rm -rf /var/lib/swarm-networks')))
  await lab.heal()
  await lab.cleanup()
})

const networkNow = () => opened.service.fleet.networks.find(({ name }) => name === 'gnswarm')

/** Tests until the outcome is this one: what was just changed takes a moment to be known everywhere. */
async function tested(wanted: 'pass' | 'fail', hostChecks?: HostCheckOptions): Promise<ConnectivityRun> {
  return waitUntil(
    async () => {
      const network = networkNow()
      if (network === undefined || network.members.length < 3) return undefined
      const run = await runConnectivityTest(opened.service, network.key, {
        clock: systemClock,
        signal: AbortSignal.timeout(90_000),
        ...(hostChecks && { hostChecks }),
      })
      commands.results.set(network.key, run)
      const isFailing = run.pairs.some(({ result }) => result === 'fail')
      return isFailing === (wanted === 'fail') && run.pairs.length > 0 ? run : undefined
    },
    { signal: AbortSignal.timeout(110_000), timeoutMs: 100_000, what: `a test that says ${wanted}` },
  )
}

function findingSubject(run: ConnectivityRun): NodeSubject {
  return { kind: 'finding', networkKey: networkNow()!.key, cause: run.findings[0]!.cause, index: 0 }
}

const inWords = ({ from, to, checks }: PairResult) => [
  ...[from.container, to.container],
  ...checks.filter(({ result }) => result !== 'pass').map(({ kind, detail }) => `${kind}: ${detail}`),
]

/**
 * A ruleset as Debian's nftables has it for a host that lets in what it knows, without the line that would flush Docker's
 * rules. What stops the service would do so, too: here it takes the ruleset's own table away alone.
 */
const nftablesInCharge = `
mkdir -p /run/systemd/system/nftables.service.d
printf '[Service]\\nExecStop=\\nExecStop=/usr/sbin/nft delete table inet filter\\n' >/run/systemd/system/nftables.service.d/lab.conf
cat >/etc/nftables.conf <<'RULES'
table inet filter {
  chain input {
    type filter hook input priority filter; policy drop;
    ct state established,related accept
    iif lo accept
    iifname "docker*" accept
    meta l4proto icmp accept
    tcp dport { 22, 2375, 2376, 2377, 7946 } accept
    udp dport 7946 accept
    udp dport 4789 counter drop
  }
}
RULES
systemctl daemon-reload
systemctl restart nftables.service
`

const latest = () => commands.results.latest(networkNow()!.key)!

describe('repairs of what a connectivity test finds', () => {
  it('opens a data path that a firewall drops, and shows before and after', async () => {
    await lab.machine('lindenau').run('iptables -A INPUT -p udp --dport 4789 -m comment --comment lab-fault -j DROP')
    const failed = await tested('fail')
    expect(failed.findings[0]!.fixes.map(({ id }) => id)).toContain('open-ports')
    const ui = await commands.run(openPorts, findingSubject(failed), [{ press: 'Run' }])
    expect(ui.documents[0]!.content).toContain('iptables -I INPUT -s 198.18.')
    expect(latest().pairs.every(({ result }) => result === 'pass')).toBe(true)
    expect(latest().before?.findings[0]?.cause).toBe(failed.findings[0]!.cause)
    await lab
      .machine('lindenau')
      .run(
        `iptables-save | sed -n '/--dport \\(2377\\|7946\\|4789\\) -j ACCEPT/s/^-A/-D/p' | while read -r rule; do iptables $rule; done`,
      )
  })

  it('opens it in a native ruleset of nftables that is in charge, and takes that back', async () => {
    const lindenau = lab.machine('lindenau')
    await lindenau.run(nftablesInCharge)
    const failed = await tested('fail', { helper: {}, shells: opened.shells })
    expect(failed.findings[0]!.hosts).toContain('lindenau')
    expect(failed.findings[0]!.fixes.map(({ id }) => id)).toContain('open-ports')
    const ui = await commands.run(openPorts, findingSubject(failed), [{ press: 'Run' }])
    expect(ui.documents[0]!.content).toMatch(
      /nft insert rule inet filter input ip saddr 198\.18\.\d+\.11 udp dport 4789/,
    )
    expect(latest().pairs.every(({ result }) => result === 'pass')).toBe(true)
    const made = () => lindenau.run('nft list chain inet filter input | grep -c swarm-networks || true')
    // Three ports a peer: it is no manager.
    expect(await made()).toBe('6\n')
    const host = opened.service.fleet.hosts.find(({ name }) => name === 'lindenau')!
    await commands.run(undoLastRepair, { kind: 'host', hostId: host.id }, [{ press: 'Take Back' }])
    expect(await made()).toBe('0\n')
    // Docker's own rules stand beside it all the time.
    expect(await lindenau.run('iptables-save -t nat')).toContain('-A POSTROUTING')
  })

  it('unpauses a target', async () => {
    await lab.machine('tolkewitz').run('docker pause web')
    const failed = await tested('fail')
    expect(failed.findings[0]).toMatchObject({ cause: 'target-paused' })
    await commands.run(startTarget, findingSubject(failed), [{ press: 'Test Again' }])
    expect(latest().pairs.every(({ result }) => result === 'pass')).toBe(true)
  })

  it('connects a container that is not on the network', async () => {
    await lab.machine('miltitz').run('docker network disconnect gnswarm shell2')
    await waitUntil(() => Promise.resolve(networkNow()!.members.length === 2 ? true : undefined), {
      ...{ signal: AbortSignal.timeout(20_000), timeoutMs: 15_000, what: 'shell2 to have left' },
    })
    const subject = { kind: 'network', networkKey: networkNow()!.key } as const
    await commands.run(connectContainers, subject, [{ pick: 'shell2' }, { press: 'Run' }])
    expect((await tested('pass')).pairs).toHaveLength(6)
  })

  it('recreates the network for hosts that carry less, and moves everybody over', async () => {
    await lab.machine('lindenau').faults.lowerMtu(1400)
    const failed = await tested('fail')
    expect(failed.findings[0]).toMatchObject({ cause: 'mtu-black-hole' })
    await commands.run(recreateNetwork, findingSubject(failed), ['accept', { press: 'Run' }])
    expect(networkNow()!.options['com.docker.network.driver.mtu']).toBe('1400')
    expect(latest().pairs).toHaveLength(6)
    expect(
      latest()
        .pairs.filter(({ result }) => result !== 'pass')
        .map(inWords),
    ).toEqual([])
  })
})
