import type { HostFinding } from '../../model/host-finding'
import type { DirectiveConflict, SwarmAgentLeftover } from './diagnosis-details'
import type { ExecStart } from './unit-facts'
import type { PidFile, SocketFile, StoreMember } from './host-facts'
import type { UnfinishedRepair } from './unfinished-repair'

/**
 * What each cause is about, exactly: what a fix has to know. The key is the cause’s id, which is the file of its rule in
 * `rules/` and part of the JSON interface.
 */
export interface DiagnosisDetails {
  /** A repair of ours that neither came to its end nor was taken back. */
  readonly 'repair-unfinished': UnfinishedRepair
  /** A drop-in of the unit that does not fit it any more; only `file` is to go. */
  readonly 'stale-drop-in': {
    readonly unit: string
    readonly file: string
    /** What in it does not fit. */
    readonly reason: 'missing-program' | 'legacy-command' | 'second-exec-start' | 'unknown-flag'
    readonly execStarts: readonly ExecStart[]
    /** Whether docker-machine wrote it: it then carries TLS and the port that clients use. */
    readonly isDockerMachines: boolean
  }
  /** More than one command line is in force; `surplus` are those that should not be. */
  readonly 'duplicate-exec-start': {
    readonly unit: string
    readonly inForce: readonly ExecStart[]
    readonly surplus: readonly ExecStart[]
    /** The drop-in that forgot to reset the unit’s own command line; absent where one file has them all. */
    readonly dropIn?: string
  }
  readonly 'directive-twice': { readonly daemonJson: string; readonly conflicts: readonly DirectiveConflict[] }
  /** `docker daemon` or `docker -d` in the unit’s own file. */
  readonly 'legacy-unit': { readonly unit: string; readonly execStart: ExecStart; readonly program: string | undefined }
  readonly 'unit-masked': { readonly unit: string; readonly isRuntime: boolean }
  /** It runs, or should, and does not start with the host. */
  readonly 'unit-disabled': { readonly unit: string; readonly isRunning: boolean }
  readonly 'stale-pid-file': PidFile
  readonly 'stale-socket-file': SocketFile
  readonly 'certificate-expired': {
    readonly which: 'ca' | 'server' | 'client'
    /** `host`: a file there; `here`: one on this machine. */
    readonly where: 'host' | 'here'
    readonly file: string
    readonly validTo: number
  }
  readonly 'certificate-mismatch': {
    /** The file that does not fit, and the one that it should fit. */
    readonly which: 'server-key' | 'server-name' | 'server' | 'client'
    readonly where: 'host' | 'here'
    readonly file: string
    readonly other: string
  }
  readonly 'tls-file-missing': { readonly role: 'ca' | 'cert' | 'key'; readonly file: string }
  /** Names that a new agent would collide with. */
  readonly 'leftover-swarm-agent': { readonly containers: readonly SwarmAgentLeftover[] }
  readonly 'missing-binary': {
    readonly program: string
    readonly found: readonly string[]
    readonly execStart?: ExecStart
  }
  readonly 'disk-full': { readonly path: string; readonly mountPoint: string; readonly isInodes: boolean }
  readonly 'daemon-json-invalid': { readonly file: string; readonly line?: number; readonly option?: string }
  readonly 'unknown-flag': { readonly flag: string; readonly file?: string }
  readonly 'port-in-use': { readonly port: number; readonly process?: string }
  /** The socket unit hands the engine a socket that it does not take, or brings back one with old options. */
  readonly 'socket-unit-conflict': { readonly running: readonly string[]; readonly configured: readonly string[] }
  readonly 'restart-needed': { readonly running: readonly string[]; readonly configured: readonly string[] }
  readonly 'reload-needed': { readonly units: readonly string[] }
  readonly 'start-limit-hit': { readonly unit: string }
  /** Nobody failed: it was stopped, or never started. */
  readonly 'engine-stopped': { readonly unit: string | undefined }
  /** It failed for a reason that no other rule knows. */
  readonly 'engine-failed': { readonly unit: string | undefined; readonly exitStatus?: number }
  /** It runs and does not answer. */
  readonly 'engine-hung': { readonly pid?: number }
  readonly 'ip-forward-off': { readonly sysctl: 'net.ipv4.ip_forward' }
  readonly 'br-netfilter-missing': { readonly module: 'br_netfilter' }
  readonly 'vxlan-missing': { readonly module: 'vxlan' }
  readonly 'clock-off': { readonly aheadMs: number }
  readonly 'store-unreachable': { readonly members: readonly StoreMember[] }
  readonly 'firewall-blocks': {
    readonly ports: readonly { readonly protocol: 'tcp' | 'udp'; readonly port: number }[]
    readonly rules: readonly string[]
  }
}

export type DiagnosisCause = keyof DiagnosisDetails

/** A cause that an examination found on a host, with what a fix of it needs. */
export interface HostDiagnosisOf<C extends DiagnosisCause> extends HostFinding {
  readonly cause: C
  readonly details: DiagnosisDetails[C]
}

export type HostDiagnosis = { [C in DiagnosisCause]: HostDiagnosisOf<C> }[DiagnosisCause]
