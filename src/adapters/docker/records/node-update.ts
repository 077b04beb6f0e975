import * as v from 'valibot'
import type { NodeAvailability } from '../../../core/model/engine'
import { parseAnswer } from './schema'

const node = v.looseObject({
  Version: v.object({ Index: v.number() }),
  Spec: v.looseObject({}),
})

/**
 * What `POST /nodes/ID/update` takes to change a node's availability and nothing else: the whole specification as it was read
 * (Docker API, NodeUpdate). Fields that are not known here go back as they came.
 *
 * @param answer that of `GET /nodes/ID`
 */
export function nodeUpdate(
  answer: unknown,
  availability: NodeAvailability,
): { readonly version: number; readonly body: object } {
  const { Version, Spec } = parseAnswer(node, answer, 'GET /nodes/ID')
  return { version: Version.Index, body: { ...Spec, Availability: availability } }
}
