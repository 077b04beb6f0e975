import type { HostFacts } from '../examine/host/host-facts'
import type { CertificateFacts } from '../examine/host/tls-facts'
import { singleLine } from '../text/single-line'
import { engineRepair } from './engine-repair'
import type { RepairPlan } from './plan'
import type { PlanBuilder, StepSpec } from './plan-builder'
import { rootScript } from './host-command'
import type { RepairSituation } from './situation'
import { serverNames } from './server-names'

/**
 * A new server certificate for the engine, for the key that it has, signed by the authority that it trusts: where the
 * authority’s key lies on the host beside its certificate, as those make it who follow Docker’s own handbook. A private key
 * never leaves its machine; without that one a person has to do it.
 */
export function newServerCertificate(situation: RepairSituation, id: string): readonly RepairPlan[] {
  const { facts } = situation
  const made = materialOf(facts)
  if (made === undefined) return []
  const { authority, cert, key, authorityKey } = made
  const names = serverNames(facts, situation.target)
  if (names.length === 0) return []
  const title = `Make a new server certificate ${cert} with the authority on the host, for ${names.join(', ')}`
  return [
    engineRepair(situation, {
      id,
      title,
      consequences: [
        `It holds for ${validDays} days and belongs to the key ${key}, which stays.`,
        `The authority is ${singleLine(authority.subject)}; whoever trusts it needs nothing new.`,
      ],
      change: (builder) => [signing(builder, { title, cert, key, ca: authority.file, authorityKey, names })],
    }),
  ]
}

const validDays = 365

interface Material {
  readonly authority: CertificateFacts
  readonly cert: string
  readonly key: string
  readonly authorityKey: string
}

/** Undefined where something of it is missing, or the authority itself has expired, or the key is another’s. */
function materialOf({ tls, examinedAt }: HostFacts): Material | undefined {
  const path = (role: 'cert' | 'key') => tls.files.find((file) => file.role === role && file.state === 'there')?.path
  const [cert, key] = [path('cert'), path('key')]
  const { authorityKey } = tls
  const authority = tls.certificates.find(
    ({ role, keyFingerprint }) => role === 'server-authority' && keyFingerprint === authorityKey?.keyFingerprint,
  )
  if (cert === undefined || key === undefined || authorityKey === undefined || authority === undefined) return undefined
  return authority.validTo < examinedAt ? undefined : { authority, cert, key, authorityKey: authorityKey.path }
}

/** Made beside and moved in at the end: where openssl refuses, the certificate stays as it is. */
const script = `
cert=$1 key=$2 ca=$3 authority=$4 kept=$5 subject=$6 names=$7
mkdir -p "$(dirname "$kept")" && { test -e "$kept" || cp -p -- "$cert" "$kept"; } || exit 1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
printf 'subjectAltName = %s\\nextendedKeyUsage = serverAuth\\n' "$names" >"$work/extensions" &&
  openssl req -new -key "$key" -subj "$subject" -out "$work/request" &&
  openssl x509 -req -in "$work/request" -CA "$ca" -CAkey "$authority" -set_serial "0x$(openssl rand -hex 8)" \\
    -days ${validDays} -extfile "$work/extensions" -out "$work/cert" &&
  cat "$work/cert" >"$cert"`.trim()

const isWell = `
openssl verify -CAfile "$2" "$1" &&
  [ "$(openssl x509 -in "$1" -noout -pubkey)" = "$(openssl pkey -in "$3" -passin pass: -pubout)" ]`.trim()

interface Signing {
  readonly title: string
  readonly cert: string
  readonly key: string
  readonly ca: string
  readonly authorityKey: string
  readonly names: readonly string[]
}

function signing(builder: PlanBuilder, { title, cert, key, ca, authorityKey, names }: Signing): StepSpec {
  const kept = builder.kept(cert)
  const [first = ''] = names
  const subject = `/CN=${first.slice(first.indexOf(':') + 1)}`
  return {
    id: 'server-certificate',
    title,
    action: rootScript(script, cert, key, ca, authorityKey, kept, subject, names.join(',')),
    check: { title: `${cert} is signed by ${ca} and belongs to ${key}`, look: rootScript(isWell, cert, ca, key) },
    undo: rootScript('! test -e "$1" || cp -p -- "$1" "$2"', kept, cert),
  }
}
