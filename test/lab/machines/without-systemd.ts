import Docker from 'dockerode'
import type { Lab } from '../lab'
import { labName } from '../support/paths'
import { waitUntil } from '../support/wait-until'
import { containerOptions } from './container'
import type { MachineDescription } from './description'
import { Machine } from './machine'

/** A machine beside the lab's, in no swarm, whose first process is not systemd. */
export interface PlainMachine extends AsyncDisposable {
  readonly machine: Machine
  /** Its line for known_hosts. */
  readonly hostKey: string
}

/**
 * As a host with the init scripts of old: Debian's package still brings `/etc/init.d/docker`. Its `ulimit` is left out,
 * because a container may not raise limits.
 */
const firstProcess = `
for mount in /sys/fs/cgroup /sys/fs/cgroup/*; do
  if mountpoint -q "$mount"; then mount -o remount,rw,bind "$mount"; fi
done
iptables -nL >/dev/null 2>&1 || update-alternatives --set iptables /usr/sbin/iptables-legacy >/dev/null
sed -i 's/ulimit /: /' /etc/init.d/docker
ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/ssh_host_ed25519_key
mkdir -p /run/sshd
exec /usr/sbin/sshd -D`

/** Starts one from the same image as the lab's machines of engine 20.10; its engine is started by its init script. */
export async function startWithoutSystemd(lab: Lab, publicKey: string): Promise<PlainMachine> {
  const docker = new Docker({ socketPath: lab.description.engine.socket })
  const name = 'plauen'
  const address = lab.description.network.subnet.replace(/\d+\/\d+$/, '40')
  const model = lab.description.machines.find(({ generation }) => generation === 'bookworm')!
  const description: MachineDescription = {
    ...{ name, generation: 'bookworm', role: 'worker', tcp: 'none', sshPort: 22, address },
    container: `${labName}-${name}`,
  }
  const { Config } = await docker.getContainer(model.container).inspect()
  const stale = await docker.listContainers({ all: true, filters: { name: [`^/${description.container}$`] } })
  for (const { Id } of stale) await docker.getContainer(Id).remove({ force: true, v: true })
  const container = await docker.createContainer({
    ...containerOptions(description, Config.Image),
    Cmd: ['/bin/sh', '-c', firstProcess],
    Labels: { [labName]: 'machine' },
  })
  const dispose = () => container.remove({ force: true, v: true })
  try {
    await container.start()
    const machine = new Machine(description, docker)
    await waitUntil(async () => ((await machine.exec('pidof sshd')).code === 0 ? true : undefined), {
      ...{ signal: AbortSignal.timeout(30_000), timeoutMs: 20_000, what: `${name}'s sshd` },
    })
    await machine.run(`mkdir -p /root/.ssh && echo '${publicKey.trim()}' >/root/.ssh/authorized_keys`)
    await machine.run(
      '/etc/init.d/docker start >/dev/null 2>&1; for try in $(seq 30); do docker version >/dev/null && break; sleep 1; done',
    )
    const key = await machine.run('cut -d " " -f 1,2 /etc/ssh/ssh_host_ed25519_key.pub')
    return { machine, hostKey: `${address} ${key.trim()}`, [Symbol.asyncDispose]: dispose }
  } catch (error) {
    await dispose()
    throw error
  }
}
