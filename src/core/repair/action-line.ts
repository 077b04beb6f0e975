import type { NetworkSpec } from '../ports/engine'
import { shellQuote } from '../text/shell-quote'
import type { EngineAction, HostAction, RepairAction, RepairLook } from './plan'

/** What an action does as a command line that a person could run on the host; of several lines where it has an input. */
export function actionLine(action: RepairAction): string {
  return action.kind === 'command' ? hostLine(action) : shellQuote(dockerCommand(action))
}

/** What a look does, the same way. */
export function lookLine(look: RepairLook): string {
  switch (look.kind) {
    case 'command':
      return hostLine(look)
    case 'container-state':
      return shellQuote(['docker', 'inspect', '--format', '{{.State.Status}}', look.containerId])
    case 'container-on-network':
      return shellQuote(['docker', 'inspect', '--format', '{{json .NetworkSettings.Networks}}', look.containerId])
    case 'network-exists':
      return shellQuote(['docker', 'network', 'inspect', look.network])
    case 'node-availability':
      return shellQuote(['docker', 'node', 'inspect', '--format', '{{.Spec.Availability}}', look.nodeId])
  }
}

/** A here-document cannot say that the last line has no end; there, printf does. */
function hostLine({ command, input }: HostAction): string {
  const line = shellQuote(command)
  if (input === undefined) return line
  if (!input.endsWith('\n')) return `${shellQuote(['printf', '%s', input])} | ${line}`
  const lines = input.split('\n')
  let word = 'END'
  while (lines.includes(word)) word += '_'
  return `${line} <<'${word}'\n${input}${word}`
}

/** The docker command that does the same as a call of the API. */
function dockerCommand(action: EngineAction): readonly string[] {
  switch (action.kind) {
    case 'container-start':
    case 'container-restart':
    case 'container-unpause':
      return ['docker', action.kind.replace('container-', ''), action.containerId]
    case 'network-connect': {
      const aliases = action.aliases.flatMap((alias) => ['--alias', alias])
      const address = action.address === undefined ? [] : ['--ip', action.address]
      return ['docker', 'network', 'connect', ...aliases, ...address, action.network, action.containerId]
    }
    case 'network-disconnect': {
      const force = action.force ? ['--force'] : []
      return ['docker', 'network', 'disconnect', ...force, action.network, action.container]
    }
    case 'network-create':
      return createNetwork(action.spec)
    case 'network-remove':
      return ['docker', 'network', 'rm', action.network]
    case 'service-force-update':
      return ['docker', 'service', 'update', '--force', '--detach', action.serviceId]
    case 'node-availability':
      return ['docker', 'node', 'update', '--availability', action.availability, action.nodeId]
  }
}

/** As `docker network create` takes it; the options' names are moby's own. */
function createNetwork(spec: NetworkSpec): readonly string[] {
  const pools = spec.subnets.flatMap(({ subnet, gateway }) => [
    ...['--subnet', subnet],
    ...(gateway === undefined ? [] : ['--gateway', gateway]),
  ])
  const options = [
    ...(spec.mtu === undefined ? [] : [`com.docker.network.driver.mtu=${spec.mtu}`]),
    ...(spec.isEncrypted ? ['encrypted'] : []),
  ].flatMap((option) => ['--opt', option])
  const labels = Object.entries(spec.labels).flatMap(([name, value]) => ['--label', `${name}=${value}`])
  const words = [...(spec.isAttachable ? ['--attachable'] : []), ...(spec.isInternal ? ['--internal'] : [])]
  return ['docker', 'network', 'create', '--driver', 'overlay', ...words, ...pools, ...options, ...labels, spec.name]
}
