import { parseImageReference } from '../forms/image-reference'
import type { Image } from '../ports/engine'

/** Repositories whose images have a shell and something to probe with, the smallest and best equipped first. */
const suitable = [
  'busybox',
  'alpine',
  'nicolaka/netshoot',
  'wbitt/network-multitool',
  'praqma/network-multitool',
  'debian',
  'ubuntu',
] as const

/**
 * The image to ask from where a container's own has no tools, among those that its host already has: nothing is pulled for
 * a test.
 *
 * @param wanted what the user named; then it is this one or none
 * @returns a tag that the host has, or undefined
 */
export function chooseHelperImage(images: readonly Image[], wanted?: string): string | undefined {
  const tags = images.flatMap((image) => image.tags)
  if (wanted !== undefined) {
    const reference = parseImageReference(wanted)
    return reference.isValid && tags.includes(reference.value) ? reference.value : undefined
  }
  // A registry's copy of an image has the registry's name before it.
  const isOf = (tag: string, repository: string) => tag.split(':')[0] === repository || tag.includes(`/${repository}:`)
  for (const repository of suitable) {
    const found = tags.filter((tag) => isOf(tag, repository)).toSorted()
    if (found.length > 0) return found[0]
  }
  return undefined
}
