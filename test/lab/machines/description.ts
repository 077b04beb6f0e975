import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import type { LabPaths } from '../support/paths'
import { LabError } from '../support/lab-error'
import type { MachineSpec } from './spec'

/** A machine of the running lab. */
export interface MachineDescription extends MachineSpec {
  /** Its container in the local engine. */
  readonly container: string
  /** Its address on the lab's network, reachable from this machine where the engine is local. */
  readonly address: string
  readonly sshPort: number
  /** `tcp://…` where its engine also listens on TCP. */
  readonly tcpUrl?: string
}

/** The key-value store of a lab without a swarm. */
export interface StoreDescription {
  /** The name of the machine that it runs in. */
  readonly machine: string
  /** As the engines' `--cluster-store` takes it. */
  readonly url: string
}

/** The running lab, as written to lab.json for tests and people. */
export interface LabDescription {
  /** The engine that runs the machines. */
  readonly engine: { readonly socket: string; readonly own: boolean }
  readonly network: { readonly name: string; readonly subnet: string }
  /** Private key that logs in to every machine as every user of `LabUser`. */
  readonly sshKey: string
  readonly knownHosts: string
  /** An ssh_config with every machine by name: `ssh -F FILE tolkewitz`. */
  readonly sshConfig: string
  /** Folder with the client's ca.pem, cert.pem and key.pem. */
  readonly tls: string
  readonly machines: readonly MachineDescription[]
  /** Where the engines share a key-value store instead of a swarm. */
  readonly store?: StoreDescription
}

/** The lab that `lab:up` described last; undefined if there is none. */
export async function readDescription(paths: LabPaths): Promise<LabDescription | undefined> {
  try {
    // Only the lab itself writes this file, in a folder that nobody else may enter.
    return JSON.parse(await readFile(paths.description, 'utf8')) as LabDescription
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new LabError(`${paths.description} cannot be read`, 'Run lab:down, then lab:up.', error)
  }
}

/** Writes lab.json at once and whole: a reader sees the old one or the new one. */
export async function writeDescription(paths: LabPaths, lab: LabDescription): Promise<void> {
  await mkdir(paths.state, { recursive: true, mode: 0o700 })
  const draft = `${paths.description}.${process.pid}`
  await writeFile(draft, `${JSON.stringify(lab, null, 2)}\n`)
  await rename(draft, paths.description)
}
