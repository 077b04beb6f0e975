import type { CertificateFile, CertificateReader } from '../../ports/certificates'
import type { HostFacts } from './host-facts'
import { parseAgents } from './parse/parse-agents'
import { parseDaemonJson } from './parse/parse-daemon-json'
import { parseDisks } from './parse/parse-resources'
import { parseApi, parseStore } from './parse/parse-store'
import { parseTls } from './parse/parse-tls'
import { tlsUse } from './second-questions'
import { findUnseen, type Looks } from './unseen'

/** What both looks at a host saw, with our own certificates for it. */
export function joinLooks(
  looks: Looks,
  others: {
    readonly reader: CertificateReader
    readonly ours: readonly CertificateFile[]
    readonly durationMs: number
  },
): HostFacts {
  const { first, second, facts, questions } = looks
  const api = parseApi(second)
  return {
    ...facts,
    durationMs: others.durationMs,
    daemonJson: questions.configFile === undefined ? facts.daemonJson : parseDaemonJson(second, questions.configFile),
    disks: parseDisks([...second, ...first]),
    ...parseTls(second, { ...tlsUse(facts), tlsFiles: questions.tlsFiles }, others),
    swarmAgents: parseAgents(second),
    ...(api && { api }),
    store: parseStore(second),
    unseen: findUnseen(looks),
  }
}
