import { markdownTable } from 'markdown-table'
import type { LabStatus } from './status'

/** The lab's state and the ways into it, for a person. */
export function usage({ up, lab, machines }: LabStatus): string {
  if (lab === undefined) return 'The lab is down. Bring it up: npm run lab:up'
  const rows = machines.map(({ name, address, engineVersion, node, problem }) => {
    return [name, address, engineVersion ?? '-', node ?? problem?.split('\n')[0] ?? '-']
  })
  const table = markdownTable([['machine', 'address', 'engine', lab.store === undefined ? 'swarm' : 'store'], ...rows])
  const manager = machines[0]
  if (!up || manager === undefined) return `${table}\n\nThe lab is not whole. Mend it: npm run lab:up`
  const tls = machines.find(({ tcp }) => tcp === 'tls')
  const plain = machines.filter(({ tcp }) => tcp === 'plain')
  const lines = [
    table,
    '',
    `shell     ssh -F ${lab.sshConfig} ${manager.name}`,
    `key       ${lab.sshKey} (users root, docker-user, nobody-rights, sudo-user, sudo-password)`,
    `known     ${lab.knownHosts}`,
    ...machines.map(({ name, address }) => `ssh       --host ssh://root@${address}  # ${name}`),
    ...machines.map(({ name, socket }) => `socket    --host unix://${socket ?? ''}  # ${name}, until it restarts`),
    ...plain.map(({ name, tcpUrl }) => `tcp       --host ${tcpUrl ?? ''}  # ${name}`),
    ...(tls === undefined
      ? []
      : [`tls       DOCKER_HOST=${tls.tcpUrl ?? ''} DOCKER_TLS_VERIFY=1 DOCKER_CERT_PATH=${lab.tls}  # ${tls.name}`]),
  ]
  return lines.join('\n')
}
