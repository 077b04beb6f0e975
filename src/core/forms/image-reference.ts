import type { Image } from '../ports/engine'
import { invalid, valid, type Parsed } from './parsed'

/** The grammar of https://github.com/distribution/reference (reference.go). */
const domain = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*(?::\d+)?$/
const component = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/
const tag = /^\w[\w.-]{0,127}$/
const digest = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/

const defaultRegistry = 'docker.io/'
const officialImages = 'library/'

/**
 * Reads an image's name as the engine understands it: with `:latest` where it names neither tag nor digest, and in the
 * short form that image lists use (`docker.io/library/nginx` is `nginx:latest`).
 */
export function parseImageReference(text: string): Parsed<string> {
  const trimmed = text.trim()
  if (trimmed === '') return invalid('The name of an image, for instance nginx or alpine:3.20.')
  const [named = '', digestPart, ...rest] = trimmed.split('@')
  if (rest.length > 0 || (digestPart !== undefined && !digest.test(digestPart)))
    return invalid('After @ comes a digest, for instance sha256: and 64 hexadecimal digits.')
  const colon = named.lastIndexOf(':')
  const hasTag = colon > named.lastIndexOf('/')
  const name = hasTag ? named.slice(0, colon) : named
  const tagPart = hasTag ? named.slice(colon + 1) : undefined
  if (tagPart !== undefined && !tag.test(tagPart))
    return invalid(`"${tagPart}" is not a tag: letters, digits, dots, dashes and underscores.`)
  const problem = checkName(name)
  if (problem !== undefined) return invalid(problem)
  const suffix = `${tagPart === undefined ? '' : `:${tagPart}`}${digestPart === undefined ? '' : `@${digestPart}`}`
  return valid(`${shortName(name)}${suffix === '' ? ':latest' : suffix}`)
}

/** Whether a host has the image: by one of its tags, or by its ID or the beginning of that. */
export function isPresent(reference: string, images: readonly Image[]): boolean {
  return images.some((image) => image.tags.includes(reference))
}

/** The image whose ID, with or without `sha256:`, begins with at least 12 digits of what was typed. */
export function findImageById(text: string, images: readonly Image[]): Image | undefined {
  const id = text.trim().replace(/^sha256:/, '')
  if (!/^[0-9a-f]{12,64}$/.test(id)) return undefined
  return images.find((image) => image.id.replace(/^sha256:/, '').startsWith(id))
}

function checkName(name: string): string | undefined {
  const parts = name.split('/')
  const [first = ''] = parts
  const hasDomain = parts.length > 1 && (/[.:]/.test(first) || first === 'localhost')
  if (hasDomain && !domain.test(first)) return `"${first}" is not the address of a registry.`
  const wrong = (hasDomain ? parts.slice(1) : parts).find((part) => !component.test(part))
  if (wrong === undefined) return undefined
  if (/[A-Z]/.test(wrong)) return `"${wrong}": an image’s name is written in lower case.`
  return `"${wrong}" is not part of an image’s name: lower-case letters and digits, with dots, dashes and underscores between.`
}

function shortName(name: string): string {
  if (!name.startsWith(defaultRegistry)) return name
  const path = name.slice(defaultRegistry.length)
  return path.startsWith(officialImages) ? path.slice(officialImages.length) : path
}
