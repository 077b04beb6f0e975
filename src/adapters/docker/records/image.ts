import * as v from 'valibot'
import type { Image } from '../../../core/ports/engine'
import { listOf, parseAnswer, texts } from './schema'

const entry = v.object({ Id: v.string(), RepoTags: texts })

/** `GET /images/json`. An image without a tag is listed as `<none>:<none>` or with null. */
export function parseImages(answer: unknown): readonly Image[] {
  return parseAnswer(listOf(entry), answer, 'GET /images/json').map(({ Id, RepoTags }) => ({
    id: Id,
    tags: RepoTags.filter((tag) => tag !== '<none>:<none>'),
  }))
}
