import { STATUS_CODES } from 'node:http'
import { text, Refusal, type Answer } from './answer'
import type { Placed } from './cluster'
import { EngineRefusal } from './engine-api'
import type { Generation } from './generation'
import { cannotConnect } from './managed-engine'

/** What the manager makes of an engine's refusal of its own request, in each generation's words. */
export function engineRefused({ version }: Generation, { status, message }: EngineRefusal, as = 500): Answer {
  if (version === '1.2.9') return text(`Error response from daemon: ${message}`, as)
  return text(status === 404 ? message : `${status} ${STATUS_CODES[status] ?? ''}: ${message}`, as)
}

/** Runs the manager's own request to an engine. @throws Refusal where it fails */
export async function asManager<T>(generation: Generation, work: () => Promise<T>, as = 500): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof EngineRefusal) throw new Refusal(engineRefused(generation, error, as))
    throw error
  }
}

/** @throws Refusal where the container's engine is lost, in the words for what the manager asks of it itself */
export function requireConnected({ engine }: Placed): void {
  if (!engine.isHealthy) throw new Refusal(text(cannotConnect(engine.api.address), 500))
}

/** @throws Refusal where the container's engine is lost, in the words for what is handed on */
export function requireHealthy({ engine }: Placed, wanted: string): void {
  if (!engine.isHealthy) throw new Refusal(text(`Container ${wanted} running on unhealthy node ${engine.name}`, 500))
}
