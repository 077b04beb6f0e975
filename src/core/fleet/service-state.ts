/** The command whose output `wouldWakeEngine` reads; it needs no privileges and changes nothing. */
export const serviceStateCommand = ['systemctl', 'is-active', 'docker.service', 'docker.socket'] as const

/** What to do about an engine that `wouldWakeEngine` found stopped. */
export const stoppedEngineRemedy = 'Start it with: systemctl start docker'

/** States of a unit in which a connection to its socket unit starts it (again). */
const stopped: readonly (string | undefined)[] = ['inactive', 'failed', 'deactivating']

/**
 * Whether connecting to the engine's socket would start an engine that somebody stopped: the service is down while
 * systemd itself listens on the socket for it (socket activation, systemd.socket(5)).
 *
 * @param output what `serviceStateCommand` printed: one state a line, in the order of the units (systemctl(1)). Where
 * there is no systemd it prints nothing or something else, and the answer is no: the knock will tell.
 */
export function wouldWakeEngine(output: string): boolean {
  const [service, socket] = output.split('\n').map((line) => line.trim())
  return stopped.includes(service) && socket === 'active'
}
