import { access as accessFile } from 'node:fs/promises'
import { createAgent, type BaseAgent, type ParsedKey } from 'ssh2'
import { describeError } from '../../core/errors'
import { stripControl } from '../../core/text/sanitize'
import { agentKeyTypes } from './agent-keys'
import { readKeyFile, type KeyFile } from './key-file'
import { KeyRing, signWith, type KeyOffer, type SealedKey } from './key-ring'
import { fingerprint } from './known-hosts'
import type { IdentityFile, SshHost } from './ssh-host'
import type { KeyAccess } from './unlocked-keys'

type ReadFile = IdentityFile & { readonly content: KeyFile }

/** How long an agent may take to list its keys, in milliseconds. */
const listDeadlineMs = 3_000

/** How long it may take to sign: it may ask its owner. Hosts wait for two minutes (sshd_config(5), LoginGraceTime). */
const signDeadlineMs = 90_000

/**
 * Collects the keys for a host: from the agent, and from its identity files.
 *
 * The order is OpenSSH's (agent's keys that belong to a file, agent's other keys, files), with one exception: a file that
 * was named for this very host comes before the agent's other keys, because hosts hang up after six tries (sshd_config(5),
 * MaxAuthTries) and an agent may hold more than that.
 */
export async function gatherKeys(host: SshHost, access: KeyAccess): Promise<KeyRing> {
  const notes: string[] = []
  const [files, agent] = await Promise.all([readFiles(host, notes), openAgent(host, { access, notes })])
  const offers: KeyOffer[] = []
  const add = (offer: KeyOffer) => {
    if (!offers.some(({ publicKey }) => isSame(publicKey, offer.publicKey))) offers.push(offer)
  }
  const inAgent = (file: ReadFile) => agent.find(({ publicKey }) => isSame(publicKey, publicKeyOf(file)))
  for (const file of files) {
    const held = inAgent(file)
    if (held) add({ ...held, label: `${file.path} (agent)` })
  }
  const offersOf = (from: (file: ReadFile) => boolean) => files.filter(from).flatMap((f) => offerOf(f, access) ?? [])
  offersOf(({ from }) => from === 'endpoint').forEach(add)
  if (!host.identitiesOnly) agent.forEach(add)
  offersOf(({ from }) => from !== 'endpoint').forEach(add)
  return new KeyRing({ offers, sealed: files.flatMap((file) => sealedOf(file) ?? []), notes })
}

/** A missing or unusable file is worth a word where somebody named it. */
async function readFiles(host: SshHost, notes: string[]): Promise<readonly ReadFile[]> {
  const files = await Promise.all(
    host.identityFiles.map(async (file) => ({ ...file, content: await readKeyFile(file.path) })),
  )
  for (const { path, from, content } of files) {
    if (content.kind === 'missing' && from !== 'default') notes.push(`${path} does not exist`)
    if (content.kind === 'unusable') notes.push(`${path} cannot be used: ${content.why}`)
    // ssh would show it without being told to (ssh_config(5), CertificateFile).
    if (content.kind !== 'missing' && (await exists(`${path}-cert.pub`)))
      notes.push(`${path}-cert.pub is not used: certificates are not supported`)
  }
  return files
}

async function exists(path: string): Promise<boolean> {
  return accessFile(path).then(
    () => true,
    () => false,
  )
}

async function openAgent(
  { agent: socket }: SshHost,
  { access, notes }: { readonly access: KeyAccess; readonly notes: string[] },
): Promise<readonly KeyOffer[]> {
  if (socket === undefined) return []
  try {
    const agent = createAgent(socket) as BaseAgent<ParsedKey>
    const listing = answered<readonly ParsedKey[]>(listDeadlineMs, (answer) =>
      agent.getIdentities((error, keys) => answer(error, keys as readonly ParsedKey[] | undefined)),
    )
    const keys = await access.pauseFor(listing)
    notes.push(...(await noteOnAgent(socket, keys)))
    return keys.map((publicKey) => {
      const name = fingerprint(publicKey.getPublicSSH())
      const sign: KeyOffer['sign'] = async (data, options) => {
        try {
          const signing = answered<Buffer>(signDeadlineMs, (answer) => agent.sign(publicKey, data, options, answer))
          return await access.pauseFor(signing)
        } catch (cause) {
          throw new Error(`The agent did not sign with ${name}`, { cause })
        }
      }
      return { publicKey, label: `${stripControl(publicKey.comment) || name} (agent)`, sign }
    })
  } catch (error) {
    notes.push(`the agent at ${socket} does not answer: ${describeError(error)}`)
    return []
  }
}

/** What should be known of an agent that answers, where no key of it lets in. */
async function noteOnAgent(socket: string, usable: readonly ParsedKey[]): Promise<readonly string[]> {
  const types = await agentKeyTypes(socket, listDeadlineMs).catch(() => usable.map(({ type }) => type))
  if (types.length === 0) return [`the agent at ${socket} holds no keys`]
  const unusable = new Set(types.filter((type) => /^sk-|-cert-v/.test(type)).map((type) => stripControl(type)))
  if (unusable.size === 0) return []
  return [`the agent holds keys of types that are not supported (${[...unusable].join(', ')})`]
}

/** What an agent calls back with, within a time limit. */
function answered<T>(
  deadlineMs: number,
  ask: (answer: (error: Error | null | undefined, value: T | undefined) => void) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`nothing within ${deadlineMs / 1_000} s`)), deadlineMs)
    ask((error, value) => {
      clearTimeout(timer)
      if (value === undefined) reject(error ?? new Error('it failed'))
      else resolve(value)
    })
  })
}

function offerOf({ path, content }: ReadFile, access: KeyAccess): KeyOffer | undefined {
  switch (content.kind) {
    case 'plain': {
      const { publicKey, key } = content
      return { publicKey, label: path, sign: (data, options) => Promise.resolve(signWith(key, data, options)) }
    }
    case 'encrypted': {
      const { publicKey, text } = content
      if (!publicKey) return undefined
      const sign: KeyOffer['sign'] = async (data, options) => signWith(await access.unlock(path, text), data, options)
      return { publicKey, label: path, sign }
    }
    case 'public':
    case 'missing':
    case 'unusable':
      return undefined
  }
}

function sealedOf({ path, content }: ReadFile): SealedKey | undefined {
  return content.kind === 'encrypted' && !content.publicKey ? { path, text: content.text } : undefined
}

function publicKeyOf({ content }: ReadFile): ParsedKey | undefined {
  return 'publicKey' in content ? content.publicKey : undefined
}

function isSame(a: ParsedKey, b: ParsedKey | undefined): boolean {
  return b !== undefined && a.getPublicSSH().equals(b.getPublicSSH())
}
