import type { HostFinding } from '../model/host-finding'
import { singleLine } from '../text/single-line'

/** A failure of docker-machine that is known, and what helps. */
export interface MachineFinding extends HostFinding {
  /** Whether a look at the host over SSH says more, and has the fix. */
  readonly isExamined: boolean
}

interface KnownFailure {
  readonly cause: string
  readonly pattern: RegExp
  readonly title: string
  readonly remedy: string
  readonly isExamined: boolean
}

/** In the words of docker-machine 0.16 and of what it calls; the most telling first. */
const known: readonly KnownFailure[] = [
  {
    cause: 'machine-swarm-agent-conflict',
    pattern: /409 Conflict.*container name "\/?(swarm-agent(?:-master)?)" is already in use/i,
    title: 'A container of an earlier provisioning is in the way',
    remedy:
      'A repair removes the containers swarm-agent and swarm-agent-master, with a way back. Then provision again.',
    isExamined: true,
  },
  {
    cause: 'machine-engine-not-listening',
    pattern: /Unable to verify the Docker daemon is listening|Maximum number of retries \(\d+\) exceeded/i,
    title: 'The engine did not come up with what docker-machine wrote',
    remedy:
      'Examine the host: its journal says why, mostly a drop-in or unit of before that fights the new one. Then provision again.',
    isExamined: true,
  },
  {
    cause: 'machine-config-broken',
    pattern:
      /unexpected end of JSON input|invalid character .* (?:looking for|after)|config version is from the future|config\.json: no such file/i,
    title: 'docker-machine cannot read what its store says of the machine',
    remedy:
      'Put the machine’s config.json back from a copy, or take the machine’s folder out of the store and create it anew.',
    isExamined: false,
  },
  {
    cause: 'machine-key-permissions',
    pattern: /permissions \d+ for '.*' are too open/i,
    title: 'The machine’s private key may be read by others, and SSH refuses it',
    remedy:
      'Take the rights of others from it: chmod 600 on the id_rsa in the machine’s folder. Then run the command again.',
    isExamined: false,
  },
  {
    cause: 'machine-key-missing',
    pattern: /stat .*id_rsa: no such file or directory/i,
    title: 'The machine’s private key is missing in the store',
    remedy: 'Put id_rsa back into the machine’s folder, or give the host another way in with Add Host….',
    isExamined: false,
  },
  {
    cause: 'machine-not-running',
    pattern: /Host is not running|Host ".*" is not running/i,
    title: 'docker-machine finds the machine’s SSH port closed',
    remedy: 'Start the machine, or check that its address is still the one in the store.',
    isExamined: false,
  },
  {
    cause: 'machine-tls',
    pattern: /Error checking TLS connection|x509: certificate|tls: /i,
    title: 'The engine’s TLS certificates and those of the store do not fit together',
    remedy:
      'Regenerate the certificates. Where the client’s certificate or the authority has expired, that does not renew it: move the store’s certs folder away first, and provision anew.',
    isExamined: true,
  },
  {
    cause: 'machine-ssh-refused',
    pattern: /exit status 255/i,
    title: 'SSH to the machine failed, and docker-machine does not say why',
    remedy: 'Open an SSH terminal on the host: it says whether the key is refused, or the connection.',
    isExamined: false,
  },
  {
    cause: 'machine-unknown',
    pattern: /Docker machine ".*" does not exist/i,
    title: 'The store has no such machine any more',
    remedy: 'Refresh the hosts.',
    isExamined: false,
  },
]

/** Every cause that a failed run can have; the last is that of failures that are not known. */
export const machineCauses: readonly string[] = [...known.map(({ cause }) => cause), 'machine-failed']

/** The longest line that is quoted. */
const longestQuote = 300

/**
 * What a run of docker-machine that failed came to.
 *
 * @param output all that it wrote: text of the host and of docker-machine, untrusted
 * @returns the first failure that is known; undefined where none is
 */
export function diagnoseMachineOutput(output: string): MachineFinding | undefined {
  const lines = output.split(/\r?\n/)
  for (const { cause, pattern, title, remedy, isExamined } of known) {
    const line = lines.find((candidate) => pattern.test(candidate))
    if (line === undefined) continue
    const evidence = [`docker-machine said: “${singleLine(line, longestQuote)}”.`]
    return { cause, title, remedy, isExamined, evidence, severity: 'error' }
  }
  return undefined
}
