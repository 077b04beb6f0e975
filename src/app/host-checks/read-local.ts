import { hostScript } from '../../core/host-checks/host-script'
import type { LocalReading } from '../../core/host-checks/local-reading'
import { parseHostOutput } from '../../core/host-checks/parse-host-output'
import type { Host } from '../../core/model/host'
import type { EngineClient } from '../../core/ports/engine'
import { withHelper } from '../connectivity/helper'
import type { HostCheckContext } from './host-checks'

/** What the engine may take around the script itself. */
const graceMs = 10_000

/** Looks at a host's own network from a short-lived container in it, which sees what the host sees and may change nothing. */
export async function readLocal(
  { helper, hosts, dataPathPort }: HostCheckContext,
  { host, client }: { readonly host: Host; readonly client: EngineClient },
  signal: AbortSignal,
): Promise<LocalReading | undefined> {
  if (helper === undefined) return undefined
  const question = {
    peers: hosts
      .filter(({ id, address }) => id !== host.id && address !== '')
      .map(({ address, role }) => ({ address, tcpPorts: role === 'manager' ? [7946, 2377] : [7946] })),
    udpPorts: [dataPathPort, 7946],
  }
  const script = hostScript(question)
  const limitMs = script.limitMs + graceMs
  return withHelper(
    { client, host: host.name, limitMs, options: helper },
    async (id) => {
      const command = ['sh', '-c', script.text]
      const { stdout } = await client.containers.exec(id, { command, deadlineMs: limitMs }, signal)
      return parseHostOutput(stdout, question)
    },
    signal,
  )
}
