import { shellQuote } from '../../../text/shell-quote'
import type { HostFacts } from '../host-facts'

/** The command that starts the engine, or starts it again, as the host's own services do. */
export function engineLine(facts: HostFacts, action: 'start' | 'restart'): string {
  const { system, initScript } = facts
  if (system.init === 'systemd') return `systemctl ${action} docker.service`
  if (system.init === 'openrc') return `rc-service docker ${action}`
  if (system.init === 'upstart') return `${action} docker`
  const script = initScript === undefined ? 'service docker' : shellQuote([initScript.path])
  // Debian’s script ends its own restart where nothing runs that it could stop.
  return action === 'start' ? `${script} start` : `${script} stop; ${script} start`
}

/** The command that shows what the engine said. */
export function logLine({ system }: HostFacts): string {
  return system.init === 'systemd'
    ? 'journalctl --no-pager -n 100 -u docker.service'
    : 'tail -n 100 /var/log/docker.log /var/log/docker /var/log/messages'
}

type Family = 'debian' | 'redhat' | 'suse' | 'alpine' | 'arch'

/** Systems by their own names, as `PRETTY_NAME` of os-release has them. */
const families: readonly (readonly [Family, RegExp])[] = [
  ['debian', /debian|ubuntu|raspbian|mint|pop!_os|kali/i],
  ['redhat', /fedora|centos|red hat|rhel|rocky|alma|amazon linux|oracle linux/i],
  ['suse', /suse/i],
  ['alpine', /alpine/i],
  ['arch', /arch linux|manjaro/i],
]

function familyOf({ system }: HostFacts): Family | undefined {
  return families.find(([, pattern]) => pattern.test(system.name))?.[0]
}

/** Installs the package again that a file belongs to, by what the host's packages remember; none where that is not known. */
export function reinstallLines(facts: HostFacts, path: string): readonly string[] {
  const file = shellQuote([path])
  switch (familyOf(facts)) {
    case 'debian':
      return [`apt-get install --reinstall "$(dpkg -S ${file} | cut -d : -f 1)"`]
    case 'redhat':
      return [`dnf reinstall "$(rpm -qf ${file})"`]
    case 'suse':
      return [`zypper install --force "$(rpm -qf --queryformat '%{NAME}' ${file})"`]
    case 'alpine':
      return ['apk fix docker-engine']
    case 'arch':
      return ['pacman -S docker']
    case undefined:
      return []
  }
}

/** Brings a module of the kernel that the host's kernel package does not have, and loads it. */
export function moduleLines(facts: HostFacts, module: string): readonly string[] {
  const install: Readonly<Record<Family, readonly string[]>> = {
    debian: [
      'apt-get install "linux-modules-extra-$(uname -r)" || apt-get install "linux-image-$(dpkg --print-architecture)"',
    ],
    redhat: ['dnf install "kernel-modules-extra-$(uname -r)"'],
    suse: ['zypper install kernel-default'],
    alpine: ['apk add linux-lts'],
    arch: ['pacman -S linux'],
  }
  const family = familyOf(facts)
  return [...(family === undefined ? [] : install[family]), `modprobe ${module}`]
}
