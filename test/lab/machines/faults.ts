import { randomUUID } from 'node:crypto'
import type Docker from 'dockerode'
import { waitUntil } from '../support/wait-until'
import type { Machine } from './machine'
import { labNetwork } from './network'
import { storeUnit } from './store'

/** Mends what a fault broke. Calling it twice does no harm. */
export type Undo = () => Promise<void>

/** The comment that tells the lab's firewall rules from the engine's. */
const faultMark = 'lab-fault'

/** What `doctor-faults.ts` leaves where a test was ended in the middle, and what repairs of it moved aside. */
const doctorHeal = `
if [ -e /usr/sbin/dockerd.away ]; then mv /usr/sbin/dockerd.away /usr/sbin/dockerd; fi
if [ -d /etc/docker/tls.away ]; then rm -rf /etc/docker/tls; mv /etc/docker/tls.away /etc/docker/tls; fi
if [ -e /etc/default/docker.away ]; then mv /etc/default/docker.away /etc/default/docker; systemctl stop docker.service || true; fi
if [ -d /run/docker.sock ]; then rmdir /run/docker.sock; fi
if [ "$(cat /run/docker.pid 2>/dev/null)" = 1 ]; then rm -f /run/docker.pid; fi
if [ -e /var/lib/docker/full ]; then systemctl stop docker.socket docker.service; umount /var/lib/docker; fi
if [ "$(systemctl is-enabled docker.service docker.socket 2>/dev/null | sort -u)" != enabled ]; then
  systemctl unmask docker.service docker.socket
  systemctl enable docker.service docker.socket
fi
sysctl -qw net.ipv4.ip_forward=1
rm -f /usr/local/bin/date
own=$(ip -4 -o address show dev eth0 | sed -n 's/.* inet \\(198\\.18\\.[0-9.]*\\)\\/.*/\\1/p')
state=/var/lib/docker/swarm/docker-state.json
if [ -e $state ] && grep -q '"AdvertiseAddr":"198\\.20\\.' $state; then
  systemctl stop docker.socket docker.service
  sed -i "s/\\"AdvertiseAddr\\":\\"[^\\"]*\\"/\\"AdvertiseAddr\\":\\"$own:2377\\"/" $state
fi
if [ -e /var/lib/docker/swarm.own ]; then
  systemctl stop docker.socket docker.service
  rm -rf /var/lib/docker/swarm
  mv /var/lib/docker/swarm.own /var/lib/docker/swarm
fi
ip -4 -o address show dev eth0 | sed -n 's/.* inet \\(198\\.20\\.[0-9.]*\\)\\/32 .*/\\1/p' | while read -r address; do
  ip route replace ${labNetwork.subnet} dev eth0 proto kernel scope link src $own
  ip address del $address/32 dev eth0
done
ip -4 route show dev eth0 | sed -n 's/^\\(198\\.20\\.[0-9.]*\\) .*/\\1/p' | while read -r address; do
  ip route del $address dev eth0
done
if systemctl -q is-active nftables.service; then systemctl stop nftables.service; fi
units=/etc/systemd/system
if [ -e $units/docker.service.d ] || [ -e $units/docker.service ] || [ -e /etc/docker/daemon.json ]; then
  rm -rf $units/docker.service.d $units/docker.service /etc/docker/daemon.json
  systemctl daemon-reload
  # A start that waits for itself would be waited for.
  systemctl stop docker.service || true
fi
`

/**
 * Removes every fault from a machine and starts what must run. Its rules are the ones with the mark; `docker.service`
 * needs reset-failed because systemd gives up after three starts in a minute.
 */
const healScript = `
set -eu
${doctorHeal}
iptables-save | sed -n '/${faultMark}/s/^-A/-D/p' | while read -r rule; do
  iptables $rule
done
ip link set dev eth0 mtu ${labNetwork.mtu}
systemctl reset-failed docker.service docker.socket
systemctl start docker.socket docker.service ssh.service lab-dns.service
if systemctl --quiet is-enabled ${storeUnit} 2>/dev/null; then systemctl start ${storeUnit}; fi
docker version >/dev/null
`

/** What can be broken in one machine. */
export class Faults {
  readonly #machine: Machine
  readonly #container: Docker.Container

  constructor(machine: Machine, container: Docker.Container) {
    this.#machine = machine
    this.#container = container
  }

  /** Drops UDP datagrams to `port`, coming and going; with `peer` (an address) only those of that one host. */
  dropUdp(port: number, peer?: string): Promise<Undo> {
    return this.#drop('udp', port, peer)
  }

  /** Drops TCP segments to `port`, coming and going; with `peer` (an address) only those of that one host. */
  dropTcp(port: number, peer?: string): Promise<Undo> {
    return this.#drop('tcp', port, peer)
  }

  /** Sets the MTU of the machine's network card, in bytes. */
  async lowerMtu(bytes: number): Promise<Undo> {
    await this.#machine.run(`ip link set dev eth0 mtu ${bytes}`)
    return async () => {
      await this.#machine.run(`ip link set dev eth0 mtu ${labNetwork.mtu}`)
    }
  }

  /** Kills dockerd as a crash would. systemd starts it again; the undo waits for that. */
  async killDockerd(): Promise<Undo> {
    await this.#machine.run('systemctl kill --kill-whom=main --signal=KILL docker.service')
    return () => this.startDockerService()
  }

  /** Stops docker.service and docker.socket, which would start it again at the next connection. */
  async stopDockerService(): Promise<Undo> {
    await this.#machine.run('systemctl stop docker.socket docker.service')
    return () => this.startDockerService()
  }

  /** Starts docker.socket and docker.service and waits until the engine answers. */
  async startDockerService(): Promise<void> {
    await this.#machine.run(
      'systemctl reset-failed docker.service docker.socket; systemctl start docker.socket docker.service && docker version >/dev/null',
    )
  }

  /** Freezes every process of the machine: it keeps its connections and answers nothing. */
  async pauseMachine(): Promise<Undo> {
    await this.#container.pause({ abortSignal: AbortSignal.timeout(20_000) })
    return () => this.#unpause()
  }

  /** Undoes every fault and waits until the engine answers. */
  async heal(signal: AbortSignal = AbortSignal.timeout(90_000)): Promise<void> {
    await this.#unpause()
    // A machine that has just been started takes no command for a second or two.
    await waitUntil(
      async () => {
        await this.#machine.run(healScript, { signal, timeoutMs: 60_000 })
        return true
      },
      { signal, timeoutMs: 80_000, what: `${this.#machine.name} to be well` },
    )
  }

  async #unpause(): Promise<void> {
    const { State } = await this.#container.inspect({ abortSignal: AbortSignal.timeout(10_000) })
    if (State.Paused) await this.#container.unpause({ abortSignal: AbortSignal.timeout(20_000) })
  }

  async #drop(protocol: 'tcp' | 'udp', port: number, peer: string | undefined): Promise<Undo> {
    const mark = `${faultMark}-${randomUUID().slice(0, 8)}`
    const rule = `-p ${protocol} --dport ${port} -m comment --comment ${mark} -j DROP`
    const [from, to] = peer === undefined ? ['', ''] : [`-s ${peer}`, `-d ${peer}`]
    const rules = (action: string): string =>
      `iptables ${action} INPUT ${from} ${rule} && iptables ${action} OUTPUT ${to} ${rule}`
    await this.#machine.run(`set -e; ${rules('-I')}`)
    return async () => {
      // heal() may have taken the rules away already.
      await this.#machine.run(`if iptables-save | grep -q ${mark}; then ${rules('-D')}; fi`)
    }
  }
}
