import * as v from 'valibot'
import { count, parseAnswer } from './schema'

const service = v.looseObject({
  Version: v.object({ Index: v.number() }),
  Spec: v.looseObject({
    TaskTemplate: v.looseObject({ ForceUpdate: count }),
  }),
})

/**
 * What `POST /services/ID/update` takes to replace a service's tasks without changing it: the whole specification as it was
 * read, with its counter one higher (Docker API, ServiceUpdate; `TaskTemplate.ForceUpdate`). Fields that are not known here
 * go back as they came.
 *
 * @param answer that of `GET /services/ID`
 */
export function forcedUpdate(answer: unknown): { readonly version: number; readonly body: object } {
  const { Version, Spec } = parseAnswer(service, answer, 'GET /services/ID')
  const { TaskTemplate } = Spec
  return {
    version: Version.Index,
    body: { ...Spec, TaskTemplate: { ...TaskTemplate, ForceUpdate: TaskTemplate.ForceUpdate + 1 } },
  }
}
