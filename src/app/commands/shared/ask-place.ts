import { labelChoices } from '../../../core/dialects/classic/label-choices'
import { anywhere, nodesFor, type Placement } from '../../../core/dialects/classic/placement'
import { checkedPlacement, parsePlacement, type ClassicPlace } from '../../../core/forms/classic-place'
import type { Host } from '../../../core/model/host'
import { enumerate } from '../../../core/text/count'
import type { PickItem, Ui } from '../../ui'
import { askParsed } from './ask-parsed'
import { hostItem } from './choose-host'
import type { Wizard } from './wizard'

/** Where a container goes in a classic Swarm: to a host, or where the manager wants it within what is asked of the node. */
export type ChosenPlace =
  { readonly kind: 'host'; readonly host: Host } | { readonly kind: 'placed'; readonly placement: Placement }

type Answer = ChosenPlace | { readonly kind: 'beside' | 'away' | 'typed' }

/**
 * Asks where a container goes that a classic Swarm's manager makes; undefined when the user leaves.
 *
 * @param hosts those that can be chosen by themselves
 */
export async function askPlace(
  ui: Ui,
  { place, hosts }: { readonly place: ClassicPlace; readonly hosts: readonly Host[] },
  wizard: Wizard,
): Promise<ChosenPlace | undefined> {
  const { strategy, filters } = place.scene.cluster
  const how = [`strategy ${strategy || 'unknown'}`, ...(filters.length > 0 ? [`filters ${filters.join(', ')}`] : [])]
  const options = wizard.next(`Where: a host, a label, or anywhere (${how.join('; ')})`)
  const answer = await ui.pick<Answer>(placeItems(place, hosts), options)
  if (answer === undefined || answer.kind === 'host' || answer.kind === 'placed') return answer
  if (answer.kind === 'typed') return askTyped(ui, place, wizard)
  return askContainer(ui, place, { wizard, isAway: answer.kind === 'away' })
}

function placeItems({ scene }: ClassicPlace, hosts: readonly Host[]): readonly PickItem<Answer>[] {
  const { cluster, containers } = scene
  const placed = (placement: Placement): Answer => ({ kind: 'placed', placement })
  const isUsable = (placement: Placement) => checkedPlacement(placement, scene).isValid
  const labels = labelChoices(cluster).map(({ constraint, label, nodes }) => ({
    label,
    description: enumerate(nodes),
    icon: 'tag',
    value: placed({ constraints: [constraint], affinities: [] }),
  }))
  const beside: readonly PickItem<Answer>[] = [
    { label: 'Beside a container…', description: 'on the same host', icon: 'link', value: { kind: 'beside' } },
    {
      label: 'Away from a container…',
      description: 'on another host',
      icon: 'split-horizontal',
      value: { kind: 'away' },
    },
  ]
  const strategy = cluster.strategy === '' ? 'as the manager chooses' : cluster.strategy
  return [
    {
      label: `Anywhere (${strategy})`,
      description: enumerate(nodesFor(anywhere, scene)),
      icon: 'globe',
      value: placed(anywhere),
    },
    ...hosts.map((host): PickItem<Answer> => ({ ...hostItem(host), value: { kind: 'host', host } })),
    ...labels.filter(({ value }) => value.kind === 'placed' && isUsable(value.placement)),
    ...(containers.length > 0 ? beside : []),
    { label: 'Constraints and affinities…', description: 'typed', icon: 'edit', value: { kind: 'typed' } },
  ]
}

async function askContainer(
  ui: Ui,
  { scene }: ClassicPlace,
  { wizard, isAway }: { readonly wizard: Wizard; readonly isAway: boolean },
): Promise<ChosenPlace | undefined> {
  const items = scene.containers
    .map(({ name, node = '', image }) => ({
      label: name,
      description: `${node} · ${image}`,
      icon: 'package',
      value: name,
    }))
    .toSorted((a, b) => a.label.localeCompare(b.label, 'en', { numeric: true }))
  const name = await ui.pick(items, wizard.again(isAway ? 'Away from which container' : 'Beside which container'))
  if (name === undefined) return undefined
  return { kind: 'placed', placement: { constraints: [], affinities: [`container${isAway ? '!' : '='}=${name}`] } }
}

async function askTyped(ui: Ui, { scene }: ClassicPlace, wizard: Wizard): Promise<ChosenPlace | undefined> {
  const typed = await askParsed(ui, {
    ...wizard.again('For instance site==north container!=web; blank for anywhere'),
    prompt: 'Separated by blanks; * stands for any characters, ==~ for a wish',
    parse: (text) => parsePlacement(text, scene),
  })
  return typed && { kind: 'placed', placement: typed.value }
}

/** The host whose client makes the container, and what is asked of the node where the manager chooses it. */
export function asDestination(
  place: ClassicPlace,
  chosen: ChosenPlace,
): { readonly host: Host; readonly placement?: Placement } {
  if (chosen.kind === 'host') return { host: chosen.host }
  return { host: place.manager, placement: chosen.placement }
}
