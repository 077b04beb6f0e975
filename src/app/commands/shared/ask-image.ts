import { findImageById, parseImageReference } from '../../../core/forms/image-reference'
import { valid } from '../../../core/forms/parsed'
import type { Host } from '../../../core/model/host'
import type { EngineClient, Image } from '../../../core/ports/engine'
import type { PickItem } from '../../ui'
import type { CommandContext } from '../command'
import { askParsed } from './ask-parsed'
import { atHost } from './at-host'
import type { Wizard } from './wizard'

/**
 * Asks for an image: one of those that the host has, or any by its name.
 *
 * @returns a reference with tag or digest, or the ID of an image of that host; undefined when the user leaves
 */
export async function askImage(
  { ui }: CommandContext,
  { host, client }: { readonly host: Host; readonly client: EngineClient },
  wizard: Wizard,
): Promise<string | undefined> {
  const images = await ui.progress(`Listing the images of ${host.name}`, (_reporter, signal) =>
    atHost(host, () => client.images.list(signal)),
  )
  const tags = [...new Set(images.flatMap((image) => image.tags))].filter((tag) => !tag.includes('<none>')).toSorted()
  if (tags.length > 0) {
    const picked = await ui.pick<string>([...tags.map(present), other], wizard.next(`Image at ${host.name}`))
    if (picked !== other.value) return picked
  }
  const options = tags.length > 0 ? wizard.again('Image') : wizard.next('Image')
  const typed = await askParsed(ui, {
    ...options,
    placeholder: 'Image, for instance nginx or alpine:3.20',
    prompt: `Pulled if ${host.name} does not have it`,
    parse: (text) => parseImage(text, images),
  })
  return typed?.value
}

function present(tag: string): PickItem<string> {
  return { label: tag, icon: 'package', value: tag }
}

/** No image has an empty name. */
const other: PickItem<string> = { label: 'Another image…', description: 'by its name', icon: 'edit', value: '' }

function parseImage(text: string, images: readonly Image[]) {
  const byId = findImageById(text, images)
  return byId === undefined ? parseImageReference(text) : valid(byId.id)
}
