import * as v from 'valibot'
import { describeError } from '../errors'
import type { HostSetting } from '../model/host-setting'
import type { Target } from '../model/target'
import { parseHostUrl } from './parse-host-url'

export type SettingReading =
  { readonly target: Target; readonly problem?: undefined } | { readonly problem: string; readonly target?: undefined }

const text = v.pipe(v.string('must be a text'), v.trim(), v.nonEmpty('must not be empty'))

const hostSetting = v.strictObject(
  {
    name: text,
    url: text,
    tls: v.exactOptional(
      v.strictObject(
        {
          ca: v.exactOptional(text),
          cert: v.exactOptional(text),
          key: v.exactOptional(text),
          skipVerify: v.exactOptional(v.boolean('must be true or false')),
        },
        objectMessage,
      ),
    ),
    identityFile: v.exactOptional(text),
    isDisabled: v.exactOptional(v.boolean('must be true or false')),
  },
  objectMessage,
)

/**
 * Reads one entry of the setting `swarmNetworks.hosts`, which anybody may have edited by hand. Paths are taken as they
 * are written.
 *
 * @param index its place in the list, from 0, for the problem's text
 */
export function targetFromSetting(setting: unknown, index: number): SettingReading {
  const parsed = v.safeParse(hostSetting, setting, { abortEarly: true })
  if (!parsed.success) {
    const [issue] = parsed.issues
    const path = v.getDotPath(issue)
    return { problem: `swarmNetworks.hosts[${index}]${path === null ? '' : `.${path}`} ${issue.message}.` }
  }
  const conflict = findConflict(parsed.output)
  if (conflict !== undefined) return { problem: `swarmNetworks.hosts[${index}] ${conflict}.` }
  try {
    return { target: toTarget(parsed.output) }
  } catch (error) {
    return { problem: `swarmNetworks.hosts[${index}].url: ${describeError(error)}` }
  }
}

function toTarget({ name, url, tls, identityFile, isDisabled }: HostSetting): Target {
  const endpoint = parseHostUrl(url, tls)
  return {
    id: `settings:${name}`,
    name,
    endpoint:
      endpoint.kind === 'ssh' && identityFile !== undefined ? { ...endpoint, identityFiles: [identityFile] } : endpoint,
    source: 'settings',
    isDisabled: isDisabled ?? false,
  }
}

/** An option that would be ignored is an error: its author meant something by it. */
function findConflict({ url, tls, identityFile }: HostSetting): string | undefined {
  if (identityFile !== undefined && !/^\s*ssh:/i.test(url)) return 'has an "identityFile", which only ssh:// can use'
  if (tls && (tls.cert === undefined) !== (tls.key === undefined))
    return 'needs both "tls.cert" and "tls.key", or neither'
  return undefined
}

/** Valibot reports a property that is not known, and one that is missing, through the object's own message. */
function objectMessage({
  expected,
  received,
}: {
  readonly expected: string | null
  readonly received: string
}): string {
  if (expected === 'never') return `is not known: ${received}`
  return expected === 'Object' ? 'must be an object' : 'is missing'
}
