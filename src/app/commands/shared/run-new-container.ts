import { describePlacement } from '../../../core/dialects/classic/placement'
import { hostOfNode } from '../../../core/forms/classic-place'
import type { Container } from '../../../core/model/container'
import type { ContainerSpec } from '../../../core/ports/engine'
import { launchContainer } from '../../launch-container'
import type { NodeSubject } from '../../tree/tree-node'
import { attach } from '../attach'
import type { CommandContext } from '../command'
import { showLogs } from '../show-logs'
import { testFromContainer } from '../test-from-container'
import type { ContainerPlace } from './ask-container-spec'
import { atHost, ownDeadline } from './at-host'
import { notify } from './notify'

/** Pulls, creates and starts, then says how it went and offers what one wants next. */
export async function runNewContainer(
  context: CommandContext,
  place: ContainerPlace,
  spec: ContainerSpec,
): Promise<void> {
  const { host, client, placement } = place
  const where = placement === undefined ? `at ${host.name}` : `${describePlacement(placement)} (${host.name} chooses)`
  const { id, warnings } = await context.ui.progress(`Running ${spec.name} ${where}`, (reporter, signal) =>
    atHost(host, () =>
      launchContainer({ client, host: host.name, spec, onProgress: (line) => reporter.report(line) }, signal),
    ),
  )
  context.log.info(`${host.name}: created and started container ${spec.name} (${id}) on ${place.network.name}`)
  for (const warning of warnings) notify(context, 'warn', `${host.name}: ${warning}`)
  const [container] = await atHost(host, () => client.containers.list(ownDeadline(), [id]))
  const chosen = place.classic && hostOfNode(place.classic, container?.node)
  await report(context, chosen === undefined ? place : { ...place, host: chosen }, { id, spec, container })
}

interface Outcome {
  readonly id: string
  readonly spec: ContainerSpec
  /** As the engine lists it right after the start. */
  readonly container: Container | undefined
}

const actions = { attach: 'Attach', logs: 'Show Logs', test: 'Test Connectivity' } as const

async function report(context: CommandContext, { network, host }: ContainerPlace, outcome: Outcome): Promise<void> {
  const { ui } = context
  const { id, spec, container } = outcome
  const subject: NodeSubject = { kind: 'container', hostId: host.id, containerId: id, networkKey: network.key }
  if (container?.state === 'exited' || container === undefined) {
    const text = `${spec.name} at ${host.name} has ended already${container === undefined ? '' : `: ${container.status}`}.`
    if ((await ui.warn(text, container === undefined ? [] : [actions.logs])) === actions.logs)
      await showLogs.run(context, subject)
    return
  }
  const address = container.attachments.find(({ networkId }) => networkId === network.id)?.address
  const first = spec.hasTty && spec.isInteractive ? actions.attach : actions.logs
  const text = `${spec.name} runs at ${host.name} on ${network.name}${address === undefined ? '' : ` as ${address}`}.`
  const pressed = await ui.info(text, [first, actions.test])
  if (pressed === actions.attach) await attach.run(context, subject)
  if (pressed === actions.logs) await showLogs.run(context, subject)
  if (pressed === actions.test) await testFromContainer.run(context, subject)
}
