import type { Endpoint, Target } from '../model/target'

/** A target's way in over SSH, whichever way its engine is reached by; undefined where it has none. */
export function sshWay(target: Target): Extract<Endpoint, { readonly kind: 'ssh' }> | undefined {
  return [target.endpoint, ...(target.otherEndpoints ?? [])].find((endpoint) => endpoint.kind === 'ssh')
}
