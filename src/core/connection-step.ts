import ipaddr from 'ipaddr.js'
import type { Endpoint } from './model/target'

/** What a connection does on its way to an engine; an error of one names the step that it failed at. */
export type ConnectionStep =
  /** Getting through the hosts before it, where an SSH configuration has some (ProxyJump). */
  | 'jump'
  /** Reading the certificates and keys that were named. */
  | 'files'
  /** Finding the address of a host's name. */
  | 'resolve'
  /** TCP. */
  | 'connect'
  /** Agreeing with an SSH server on how to speak. */
  | 'handshake'
  /** The same with a TLS server, whose certificate is checked. */
  | 'tls'
  /** Whether an SSH server is the one that it should be. */
  | 'host-key'
  /** Whether the other side takes us for somebody who may come in. */
  | 'authentication'
  /** Whether there is an engine's socket, and an engine behind it. */
  | 'socket'
  /** Whether we may use that socket. */
  | 'permission'
  /** Agreeing on an API version, which is the first that an engine itself says. */
  | 'version'

/** A step, in words that follow each other in a list, and how it went. */
export interface StepOutcome {
  readonly label: string
  readonly outcome: 'passed' | 'failed' | 'not-tried'
}

/** The steps of each way, in their order. */
const stepsOf: Readonly<Record<Endpoint['kind'], readonly ConnectionStep[]>> = {
  unix: ['socket', 'permission', 'version'],
  npipe: ['socket', 'permission', 'version'],
  tcp: ['resolve', 'connect', 'version'],
  tls: ['files', 'resolve', 'connect', 'tls', 'authentication', 'version'],
  ssh: ['jump', 'resolve', 'connect', 'handshake', 'host-key', 'authentication', 'socket', 'permission', 'version'],
  none: [],
}

/**
 * How far a connection got. A step that is not one of this way, or none at all, leaves everything open: then nothing is
 * claimed, and the list is empty.
 */
export function connectionOutcome(endpoint: Endpoint, failed: ConnectionStep | undefined): readonly StepOutcome[] {
  const steps = stepsOf[endpoint.kind].filter((step) => step === failed || isTaken(step, endpoint))
  const index = failed === undefined ? -1 : steps.indexOf(failed)
  if (index === -1) return []
  return steps.map((step, at) => ({
    label: labelOf(step, endpoint),
    outcome: at < index ? 'passed' : at === index ? 'failed' : 'not-tried',
  }))
}

const marks: Readonly<Record<StepOutcome['outcome'], string>> = { passed: '✓', failed: '✗', 'not-tried': '–' }

/** One line a step, in their order: ✓ for what passed, ✗ for what failed, – for what was not tried after it. */
export function stepLines(outcomes: readonly StepOutcome[]): readonly string[] {
  return outcomes.map(({ label, outcome }) => `${marks[outcome]} ${label}`)
}

/**
 * An address needs no name server, a TLS endpoint may do without files, and whether there are hosts on the way only the
 * SSH configuration knows: those show where they fail.
 */
function isTaken(step: ConnectionStep, endpoint: Endpoint): boolean {
  if (step === 'jump') return false
  if (step === 'resolve') return !('host' in endpoint) || !ipaddr.isValid(endpoint.host)
  if (step === 'files')
    return endpoint.kind === 'tls' && Object.values(endpoint.files).some((file) => file !== undefined)
  return true
}

function labelOf(step: ConnectionStep, endpoint: Endpoint): string {
  switch (step) {
    case 'jump':
      return 'Get through the host before it (ProxyJump)'
    case 'files':
      return 'Read the TLS files'
    case 'resolve':
      return 'host' in endpoint ? `Find the address of ${endpoint.host}` : 'Find the address'
    case 'connect':
      return portOf(endpoint) === undefined ? 'Connect' : `Connect to port ${portOf(endpoint)}`
    case 'handshake':
      return 'Speak SSH'
    case 'tls':
      return 'Speak TLS and check the certificate'
    case 'host-key':
      return 'Check the host key'
    case 'authentication':
      return endpoint.kind === 'tls' ? 'Show the client certificate' : 'Log in'
    case 'socket':
      return 'Find the engine’s socket'
    case 'permission':
      return 'Be allowed to use it'
    case 'version':
      return 'Agree on an API version'
  }
}

/** The port of an SSH endpoint that names none is for the SSH configuration to say. */
function portOf(endpoint: Endpoint): number | undefined {
  return 'port' in endpoint ? endpoint.port : undefined
}
