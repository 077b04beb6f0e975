import { setTimeout as sleep } from 'node:timers/promises'
import { isLabThere, runLabBeside } from './beside'
import { openLab, type Lab } from './lab'
import { labPaths, storeLabName } from './support/paths'

/** What makes it: three machines of the generation that takes a store, etcd in the first one. */
const up = ['up', '--store', 'etcd'] as const

/** Runs `up`, `down` or `status` for it. */
export function storeLab(action: string): Promise<void> {
  return runLabBeside(storeLabName, action === 'up' ? up : [action])
}

/**
 * The lab whose engines share a key-value store instead of a swarm, for tests; brought up if need be. It goes with the
 * lab beside it.
 */
export async function openStoreLab(): Promise<Lab> {
  if (!(await isLabThere(storeLabName))) await runLabBeside(storeLabName, up)
  return openLab(labPaths(storeLabName))
}

/**
 * Waits until the engine of a network's first container there watches the network in the store. It lists what is there and
 * then watches: what comes in between, it never hears of (libkv, store/etcd), and nothing tells when it has begun.
 */
export const watchBegins = (): Promise<void> => sleep(2_000)
