import type { ContainerState } from '../../../core/model/container'

const states: readonly ContainerState[] = [
  'created',
  'running',
  'paused',
  'restarting',
  'removing',
  'exited',
  'dead',
  'unknown',
]

/** By the first words of the status, as moby's `container.State.String` has written them since Docker 1.9. */
const byStatus: readonly (readonly [RegExp, ContainerState])[] = [
  [/^Up .*\(Paused\)$/, 'paused'],
  [/^Up /, 'running'],
  [/^Restarting /, 'restarting'],
  [/^Removal In Progress$/, 'removing'],
  [/^Exited /, 'exited'],
  [/^Dead$/, 'dead'],
  [/^(Created)?$/, 'created'],
]

/** The state of a listed container. Lists carry `State` since Docker 1.11 (API 1.23); before, only the status tells. */
export function containerState(state: string, status: string): ContainerState {
  const known = states.find((name) => name === state)
  if (known !== undefined || state !== '') return known ?? 'unknown'
  return byStatus.find(([pattern]) => pattern.test(status))?.[1] ?? 'unknown'
}
