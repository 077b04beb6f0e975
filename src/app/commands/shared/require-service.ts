import { SwarmNetworksError } from '../../../core/errors'
import type { SwarmService } from '../../../core/model/service'
import { findService } from '../../fleet-lookup'
import type { CommandContext } from '../command'

/** @throws `not-found` when no manager in reach lists the service any more */
export function requireService({ fleet }: CommandContext, serviceId: string): SwarmService {
  const service = findService(fleet.fleet, serviceId)
  if (service !== undefined) return service
  throw new SwarmNetworksError('not-found', 'No manager that can be reached lists this service any more')
}
