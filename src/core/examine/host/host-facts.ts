import type { CertificateFacts, TlsFacts } from './tls-facts'
import type { UnfinishedRepair } from './unfinished-repair'
import type { HostFile } from './host-file'
import type { UnitFacts } from './unit-facts'

/**
 * What an examination of a host saw, as it was at that moment. Nothing in it is an opinion; the rules have those. Text
 * is the host's own: untrusted, cut to a bearable size, and without the passwords that stood in its URLs.
 */
export interface HostFacts {
  /** The host's name, as its target has it. */
  readonly host: string
  /** When it was looked at, in milliseconds since the epoch, by this machine's clock. */
  readonly examinedAt: number
  /** From the first command's start to the last one's end. */
  readonly durationMs: number
  readonly access: HostAccess
  readonly system: SystemFacts
  /** `docker.service`, `docker.socket` and `containerd.service`; empty without systemd. */
  readonly units: readonly UnitFacts[]
  /** How the engine is started without systemd; absent with it, and where nothing was found. */
  readonly initScript?: InitScriptFacts
  /** Files that set variables of the engine's command line, for instance `/etc/default/docker`; only those lines. */
  readonly environmentFiles: readonly HostFile[]
  readonly program: ProgramFacts
  readonly commandLine: CommandLineFacts
  readonly daemonJson: DaemonJsonFacts
  /** What the engine and systemd wrote of its last start, the oldest first; empty where it could not be read. */
  readonly startLog: readonly LogLine[]
  readonly processes: readonly EngineProcess[]
  readonly pidFiles: readonly PidFile[]
  readonly socketFiles: readonly SocketFile[]
  readonly listening: readonly ListeningSocket[]
  readonly disks: readonly DiskFacts[]
  readonly kernel: KernelFacts
  readonly firewall: FirewallFacts
  /** Absent where the host's clock could not be read. */
  readonly clock?: ClockFacts
  readonly tls: TlsFacts
  /** Our own certificates for this host: files on this machine. */
  readonly clientCertificates: readonly CertificateFacts[]
  /** Containers that are called as classic Swarm's are. */
  readonly swarmAgents: readonly SwarmAgentContainer[]
  /** Whether the engine's API answered on the host itself; absent where it was not asked, so as not to wake it. */
  readonly api?: ApiAnswer
  /** The engine's key-value store, each member of it; empty without one. */
  readonly store: readonly StoreMember[]
  /** Absent where no repair stands half-done, and where that could not be seen. */
  readonly unfinishedRepair?: UnfinishedRepair
  /** What could not be looked at, and why. */
  readonly unseen: readonly Unseen[]
}

/** Whose rights the examination had. */
export interface HostAccess {
  readonly user: string
  /**
   * `root`: logged in as root; `sudo`: root by sudo, with or without a password; `none`: as far as the
   * user’s own rights go.
   */
  readonly rights: 'root' | 'sudo' | 'none'
  /** Whether the user may use the engine’s socket. */
  readonly mayUseEngine: boolean
}

export type InitSystem = 'systemd' | 'openrc' | 'sysvinit' | 'upstart' | 'unknown'

export interface SystemFacts {
  /** `PRETTY_NAME` of os-release. */
  readonly name: string
  readonly kernel: string
  readonly init: InitSystem
  /** As systemd says it, for instance `252`. */
  readonly initVersion?: string
}

export interface InitScriptFacts {
  readonly path: string
  /** What `status` says, and its exit status. */
  readonly status: string
  readonly isRunning: boolean
}

/** The engine’s program. */
export interface ProgramFacts {
  /** Every `dockerd` (or `docker-engine`’s `docker` that is one) that was found, by path. */
  readonly found: readonly string[]
  /** Programs that units name and that are not there, or cannot be executed. */
  readonly missing: readonly string[]
  /** As `dockerd --version` says it, for instance `20.10.24+dfsg1`. */
  readonly version?: string
}

/** How the engine is started, from the units and what they read. */
export interface CommandLineFacts {
  /** The words of the one command line that counts, with variables replaced; absent where there is none or more than one. */
  readonly words?: readonly string[]
  readonly flags: readonly EngineFlag[]
}

/** One flag of the engine's command line. */
export interface EngineFlag {
  /** Its long name, without hyphens, for instance `host`. */
  readonly name: string
  /** `true` for a flag without a value. */
  readonly value: string
  /** The file it stands in. */
  readonly file: string
}

export interface DaemonJsonFacts {
  /** `/etc/docker/daemon.json`, or what `--config-file` names. */
  readonly path: string
  readonly state: 'absent' | 'valid' | 'invalid' | 'not-readable'
  readonly text?: string
  /** As in `HostFile`. */
  readonly isWhole: boolean
  /** Its directives, where it is valid. */
  readonly directives?: Readonly<Record<string, unknown>>
  /** Why it is not valid, and the line, counted from 1. */
  readonly problem?: string
  readonly line?: number
}

export interface LogLine {
  /** Milliseconds since the epoch, by the host’s clock. */
  readonly at?: number
  /** Who wrote it, for instance `systemd` or `dockerd`. */
  readonly source: string
  readonly text: string
}

/** A process that is an engine, or containerd. */
export interface EngineProcess {
  readonly pid: number
  readonly name: string
  readonly words: readonly string[]
}

export interface PidFile {
  readonly path: string
  readonly pid?: number
  /** The name of the process with that ID; absent where there is none. */
  readonly process?: string
}

export interface SocketFile {
  readonly path: string
  readonly type: 'socket' | 'directory' | 'file' | 'absent' | 'other'
  /** Whether somebody listens there; absent where that could not be seen. */
  readonly isServed?: boolean
}

export interface ListeningSocket {
  readonly protocol: 'tcp' | 'udp'
  readonly address: string
  readonly port: number
  /** The process's name; absent without the right to see it. */
  readonly process?: string
}

/** One file system, where a path that the engine needs is on it. */
export interface DiskFacts {
  readonly path: string
  readonly mountPoint: string
  /** Bytes. */
  readonly size: number
  readonly available: number
  /** Inodes that are free, and how many there are; absent where the file system does not count them. */
  readonly inodesFree?: number
  readonly inodes?: number
}

/** `missing` is certain; `unknown`: it may well be there. */
export type Presence = 'loaded' | 'built-in' | 'available' | 'missing' | 'unknown'

export interface KernelFacts {
  readonly ipForward?: boolean
  /** `net.bridge.bridge-nf-call-iptables`; absent where br_netfilter is not loaded. */
  readonly bridgeNfCallIptables?: boolean
  readonly brNetfilter: Presence
  readonly vxlan: Presence
  readonly overlay: Presence
}

export interface FirewallFacts {
  /** What manages the rules; `none` where nothing does and the rules let all in. */
  readonly inCharge: 'firewalld' | 'ufw' | 'nftables' | 'iptables' | 'none' | 'unknown'
  /** `iptables -S INPUT` and the chains it leads to; empty where it could not be read. */
  readonly rules: readonly string[]
}

export interface ClockFacts {
  /** How far the host’s clock is ahead of this machine’s, in milliseconds. */
  readonly aheadMs: number
  /** By how much that may be wrong. */
  readonly uncertaintyMs: number
  /** Whether systemd says it is synchronized; absent where it does not say. */
  readonly isSynchronized?: boolean
}

/** A container called `swarm-agent` or `swarm-agent-master`. */
export interface SwarmAgentContainer {
  readonly id: string
  readonly name: string
  readonly image: string
  readonly command: readonly string[]
  /** As the engine names it, for instance `running` or `exited`. */
  readonly state: string
  readonly restartPolicy: string
  /** Whether image and command are Swarm’s own: nothing else may be removed because of its name. */
  readonly isSwarms: boolean
  /** `engine`: it said so; `files`: read from its folder, because the engine does not answer. */
  readonly source: 'engine' | 'files'
}

export interface ApiAnswer {
  readonly isAnswering: boolean
  /** The engine’s version, or what was said instead. */
  readonly text: string
}

export interface StoreMember {
  /** For instance `10.0.0.5:2379`. */
  readonly address: string
  readonly outcome: 'open' | 'refused' | 'timeout' | 'no-such-name' | 'not-tested'
  readonly detail?: string
}

export interface Unseen {
  /** What, as a noun phrase: `the firewall’s rules`. */
  readonly what: string
  readonly why: string
}
