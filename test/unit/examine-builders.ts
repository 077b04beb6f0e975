import type { HostFacts } from '../../src/core/examine/host/host-facts'
import type { ExecStart, UnitFacts, UnitFile } from '../../src/core/examine/host/unit-facts'
import { noon } from './builders'

const packaged = 'ExecStart=/usr/bin/dockerd -H fd:// --containerd=/run/containerd/containerd.sock'

/** A file of a unit with its `ExecStart=` lines read out of `text`. */
export function aUnitFile(path: string, text: string, over: Partial<UnitFile> = {}): UnitFile {
  const execStarts = text.split('\n').flatMap((line, index): readonly ExecStart[] => {
    const command = /^ExecStart=(.*)$/.exec(line)?.[1]
    return command === undefined ? [] : [{ file: path, line: index + 1, command }]
  })
  return { path, text, isWhole: true, modifiedAt: noon - 86_400_000, isLoaded: true, execStarts, ...over }
}

/** `docker.service` as it runs on a host that is well. */
export function aDockerUnit(over: Partial<UnitFacts> = {}): UnitFacts {
  const fragment = aUnitFile('/lib/systemd/system/docker.service', `[Service]\n${packaged}\n`)
  return {
    name: 'docker.service',
    loadState: 'loaded',
    activeState: 'active',
    subState: 'running',
    result: 'success',
    unitFileState: 'enabled',
    needsReload: false,
    mainPid: 700,
    restarts: 0,
    fragment,
    dropIns: [],
    execStarts: fragment.execStarts,
    ...over,
  }
}

/** What an examination sees of a host that is well, with root’s rights. */
export function aHostFacts(over: Partial<HostFacts> = {}): HostFacts {
  const words = ['/usr/bin/dockerd', '-H', 'fd://', '--containerd=/run/containerd/containerd.sock']
  const fragment = '/lib/systemd/system/docker.service'
  return {
    host: 'tolkewitz',
    examinedAt: noon,
    durationMs: 600,
    access: { user: 'root', rights: 'root', mayUseEngine: true },
    system: { name: 'Debian GNU/Linux 12 (bookworm)', kernel: '6.1.0-18-amd64', init: 'systemd', initVersion: '252' },
    units: [aDockerUnit()],
    environmentFiles: [],
    program: { found: ['/usr/bin/dockerd'], missing: [], version: '20.10.24' },
    commandLine: {
      words,
      flags: [
        { name: 'host', value: 'fd://', file: fragment },
        { name: 'containerd', value: '/run/containerd/containerd.sock', file: fragment },
      ],
    },
    daemonJson: { path: '/etc/docker/daemon.json', state: 'absent', isWhole: true },
    startLog: [],
    processes: [{ pid: 700, name: 'dockerd', words }],
    pidFiles: [{ path: '/run/docker.pid', pid: 700, process: 'dockerd' }],
    socketFiles: [{ path: '/run/docker.sock', type: 'socket', isServed: true }],
    listening: [],
    disks: [],
    kernel: {
      ipForward: true,
      bridgeNfCallIptables: true,
      brNetfilter: 'loaded',
      vxlan: 'loaded',
      overlay: 'loaded',
    },
    firewall: { inCharge: 'none', rules: [] },
    clock: { aheadMs: 5, uncertaintyMs: 20, isSynchronized: true },
    tls: { isUsed: false, isVerifying: false, files: [], certificates: [] },
    clientCertificates: [],
    swarmAgents: [],
    api: { isAnswering: true, text: '20.10.24' },
    store: [],
    unseen: [],
    ...over,
  }
}
