import {
  addressExamples,
  addressFor,
  checkHostName,
  checkKeyPath,
  hostKindOf,
  parseHostAddress,
  suggestHostName,
  type HostKind,
} from '../../../core/forms/host-form'
import type { HostSetting } from '../../../core/model/host-setting'
import type { TlsFiles } from '../../../core/model/target'
import type { PickItem, Ui } from '../../ui'
import { askParsed } from './ask-parsed'
import { Wizard } from './wizard'

/** The form that asks, as far as it matters to the questions. */
export interface HostQuestions {
  readonly title: string
  readonly start: HostDraft
  /** Names that are taken. */
  readonly taken: readonly string[]
}

/** What the fields hold before the user types: from a swarm node, or from the round before. */
export interface HostDraft {
  readonly kind?: HostKind
  readonly address?: string
  readonly name?: string
  readonly identityFile?: string
  readonly tls?: TlsFiles
}

/** What was answered: the entry to be saved, and the fields to begin with when it has to be changed. */
export interface HostAnswer {
  readonly setting: HostSetting
  readonly draft: HostDraft
}

const kinds: readonly PickItem<HostKind>[] = [
  {
    label: 'SSH',
    detail: 'Through the host’s SSH server, with your keys or agent. Nothing has to be opened for it.',
    value: 'ssh',
  },
  {
    label: 'TCP with TLS',
    detail: 'An engine that listens with a certificate, as docker-machine sets it up.',
    value: 'tls',
  },
  {
    label: 'TCP',
    detail: 'Without encryption or login: only inside a network where everybody may be root.',
    value: 'tcp',
  },
  { label: 'Local socket or named pipe', detail: 'An engine on this machine.', value: 'socket' },
]

/** The fields of an entry of the settings. */
export function draftOf({ name, url, tls, identityFile }: HostSetting): HostDraft {
  return {
    kind: hostKindOf(url, tls),
    address: url,
    name,
    ...(identityFile !== undefined && { identityFile }),
    ...(tls && { tls }),
  }
}

/** Asks for the way in to one host and a name for it; no secret is asked for. Undefined when the user leaves. */
export async function askHostSetting(
  ui: Ui,
  { title, start: draft, taken }: HostQuestions,
): Promise<HostAnswer | undefined> {
  const first = new Wizard(title, 4)
  const items = kinds.map((item) => ({ ...item, isPicked: item.value === (draft.kind ?? 'ssh') }))
  const kind = await ui.pick(items, first.next('How is its engine reached?'))
  if (kind === undefined) return undefined
  const wizard = new Wizard(title, stepsOf[kind], 1)
  const address = await askParsed(ui, {
    ...wizard.next(addressExamples[kind]),
    ...(draft.address !== undefined && { value: addressFor(kind, draft.address, draft.kind) }),
    parse: (text) => parseHostAddress(kind, text),
  })
  if (address === undefined) return undefined
  const files = await askFiles(ui, { kind, draft }, wizard)
  if (files === undefined) return undefined
  const name = await ui.input({
    ...wizard.next('Name, as it is shown until the engine says its own'),
    value: draft.name ?? suggestHostName(address.value),
    validate: (text) => checkHostName(text.trim(), taken),
  })
  if (name === undefined) return undefined
  const setting = { name: name.trim(), url: address.value, ...files }
  return { setting, draft: { kind, address: address.value, name: setting.name, ...files } }
}

/** Kind, address, name, and the files of a kind that has some. */
const stepsOf: Readonly<Record<HostKind, number>> = { ssh: 4, tls: 6, tcp: 3, socket: 3 }

type Files = Pick<HostSetting, 'tls' | 'identityFile'>

async function askFiles(
  ui: Ui,
  { kind, draft }: { readonly kind: HostKind; readonly draft: HostDraft },
  wizard: Wizard,
): Promise<Files | undefined> {
  if (kind === 'tls') {
    const tls = await askTlsFiles(ui, draft.tls ?? {}, wizard)
    return tls && { tls }
  }
  if (kind !== 'ssh') return {}
  const identityFile = await askPath(ui, wizard, {
    what: 'Private key file; blank for the SSH configuration, its keys and the agent',
    value: draft.identityFile,
  })
  if (identityFile === undefined) return undefined
  return identityFile === '' ? {} : { identityFile }
}

async function askTlsFiles(ui: Ui, draft: TlsFiles, wizard: Wizard): Promise<TlsFiles | undefined> {
  const ca = await askPath(ui, wizard, {
    what: 'Authority’s certificate (ca.pem); blank for those that this machine trusts',
    value: draft.ca,
  })
  if (ca === undefined) return undefined
  const cert = await askPath(ui, wizard, {
    what: 'Your certificate (cert.pem); blank for none',
    value: draft.cert,
  })
  if (cert === undefined) return undefined
  const keyOptions = { what: 'Your private key (key.pem)', value: draft.key, isNeeded: true }
  const key = cert === '' ? '' : await askPath(ui, wizard, keyOptions)
  if (key === undefined) return undefined
  const skipVerify = draft.skipVerify !== undefined && { skipVerify: draft.skipVerify }
  return { ...(ca !== '' && { ca }), ...(cert !== '' && { cert, key }), ...skipVerify }
}

async function askPath(
  ui: Ui,
  wizard: Wizard,
  {
    what,
    value,
    isNeeded = false,
  }: { readonly what: string; readonly value: string | undefined; readonly isNeeded?: boolean },
): Promise<string | undefined> {
  const path = await ui.input({
    ...wizard.next(what),
    prompt: 'A path on this machine; only the path is saved',
    ...(value !== undefined && { value }),
    validate: (text) => checkKeyPath(text) ?? (isNeeded && text.trim() === '' ? neededKey : undefined),
  })
  return path?.trim()
}

const neededKey = 'A certificate needs its private key.'
