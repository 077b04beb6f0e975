import { isShellLike } from '../../../core/forms/command-line'
import { checkContainerName, sameNameElsewhere, suggestContainerName } from '../../../core/forms/container-name'
import { environmentRules, parseKeyValues } from '../../../core/forms/key-values'
import { invalid, valid } from '../../../core/forms/parsed'
import { findPortConflict, parsePublishedPorts } from '../../../core/forms/published-ports'
import type { Placement } from '../../../core/dialects/classic/placement'
import type { ClassicPlace } from '../../../core/forms/classic-place'
import { parseCommand } from '../../../core/forms/link-option'
import type { Host } from '../../../core/model/host'
import type { FleetNetwork } from '../../../core/model/network'
import type { ContainerSpec, EngineClient } from '../../../core/ports/engine'
import { enumerate } from '../../../core/text/count'
import { findHost } from '../../fleet-lookup'
import type { PickItem } from '../../ui'
import type { CommandContext } from '../command'
import { askImage } from './ask-image'
import { askParsed } from './ask-parsed'
import type { Wizard } from './wizard'

/** Where a new container goes. */
export interface ContainerPlace {
  readonly network: FleetNetwork
  /** Whose client makes it: where it will run, unless a manager chooses that. */
  readonly host: Host
  readonly client: EngineClient
  /** What is asked of the node, where a classic Swarm's manager chooses it. */
  readonly placement?: Placement
  /** The classic Swarm that it goes to. */
  readonly classic?: ClassicPlace
}

/** Asks for everything that makes a container, each answer checked as it is typed; undefined when the user leaves. */
export async function askContainerSpec(
  context: CommandContext,
  place: ContainerPlace,
  wizard: Wizard,
): Promise<ContainerSpec | undefined> {
  const { ui } = context
  const image = await askImage(context, place, wizard)
  if (image === undefined) return undefined
  const name = await askName(context, place, { image, wizard })
  if (name === undefined) return undefined
  const command = await askParsed(ui, {
    ...wizard.next('Command; blank for the image’s own'),
    prompt: 'Quotes hold words together; nothing is expanded, this is not a shell',
    parse: parseCommand,
  })
  if (command === undefined) return undefined
  const ports = await askParsed(ui, {
    ...wizard.next('Ports to publish at the host, for instance 8080:80; blank for none'),
    prompt: 'The other containers on the network reach every port without this',
    parse: (text) => parseFreePorts(context, place, text),
  })
  if (ports === undefined) return undefined
  const environment = await askParsed(ui, {
    ...wizard.next('Environment: KEY=VALUE, separated by blanks; blank for none'),
    parse: (text) => parseKeyValues(text, environmentRules),
  })
  if (environment === undefined) return undefined
  const options = await ui.pickMany(optionItems(isShellLike(command.value, image)), wizard.next('Options'))
  if (options === undefined) return undefined
  return {
    name,
    image,
    command: command.value,
    networkId: place.network.id,
    aliases: [],
    environment: Object.entries(environment.value).map(([key, value]) => `${key}=${value}`),
    publishedPorts: ports.value,
    labels: {},
    hasTty: options.includes('tty'),
    isInteractive: options.includes('stdin'),
    restart: options.includes('restart') ? 'unless-stopped' : 'no',
    ...(place.placement && { placement: place.placement }),
  }
}

type ContainerOption = 'tty' | 'stdin' | 'restart'

/** A container of a shell needs both to stay: without a terminal it reads the end of its input and is done. */
function optionItems(isForTyping: boolean): readonly PickItem<ContainerOption>[] {
  return [
    { label: 'Terminal (-t)', detail: 'Programs behave as in a terminal.', isPicked: isForTyping, value: 'tty' },
    {
      label: 'Keep stdin open (-i)',
      detail: 'Something can be typed after attaching.',
      isPicked: isForTyping,
      value: 'stdin',
    },
    {
      label: 'Restart (unless stopped)',
      detail: 'The engine starts it again when it ends and after a reboot.',
      value: 'restart',
    },
  ]
}

function parseFreePorts(context: CommandContext, { host }: ContainerPlace, text: string) {
  const ports = parsePublishedPorts(text)
  if (!ports.isValid) return ports
  const containers = findHost(context.fleet.fleet, host.id)?.engine?.containers ?? []
  const conflict = findPortConflict(ports.value, containers, host.name)
  return conflict === undefined ? valid(ports.value) : invalid(conflict)
}

/** A name that another host has on the same network is allowed, but hardly ever meant: it is asked about. */
async function askName(
  context: CommandContext,
  { network, host }: ContainerPlace,
  { image, wizard }: { readonly image: string; readonly wizard: Wizard },
): Promise<string | undefined> {
  const { ui } = context
  const placeholder = 'Name: the others on the network find the container by it'
  let options = wizard.next(placeholder)
  for (;;) {
    const { fleet } = context.fleet
    const answer = await ui.input({
      ...options,
      value: suggestContainerName(image, fleet),
      validate: (text) => checkContainerName(text.trim(), context.fleet.fleet, host.id),
    })
    const name = answer?.trim()
    if (name === undefined) return undefined
    const holders = sameNameElsewhere(name, network, host.id)
    if (holders.length === 0) return name
    const pressed = await ui.warn(
      `There is a container "${name}" on ${network.name} at ${enumerate(holders)} too: the name would lead to each in turn.`,
      ['Use This Name', 'Choose Another'],
    )
    if (pressed === 'Use This Name') return name
    if (pressed === undefined) return undefined
    options = wizard.again(placeholder)
  }
}
