import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { ExaminationJson } from '../../src/core/examine/host/report/examination-json'
import { CommandLine } from '../lab/command-line'
import type { Lab } from '../lab/lab'
import { compare, type Comparison } from './comparison'

const run = promisify(execFile)

/** What somebody types who looks for why an engine does not start: a part of what an examination reads. */
const byHand = [
  'systemctl cat docker.service docker.socket',
  'systemctl show docker.service docker.socket containerd.service',
  'journalctl -n 150 -u docker.service',
  'cat /etc/default/docker; cat /etc/docker/daemon.json',
  'ss -ltnup',
  'df -h; df -i',
  'iptables -S',
  'sysctl net.ipv4.ip_forward; lsmod; date',
  'docker version; docker ps -a',
]

/** A whole examination by the command line, with its start and its connection, against the same questions by `ssh`. */
export async function benchExamination(lab: Lab): Promise<Comparison> {
  const { sshKey, knownHosts } = lab.description
  const machine = lab.machine('lindenau')
  const url = machine.sshUrl('root')
  await using command = await CommandLine.to(lab, '--host', url, '--identity-file', sshKey)
  const looks: number[] = []
  const took: number[] = []
  const examine = async () => {
    const start = performance.now()
    const { stdout, stderr } = await command.run('examine', '--json', machine.name)
    took.push(performance.now() - start)
    const [examined] = JSON.parse(stdout) as readonly ExaminationJson[]
    if (examined?.durationMs === undefined) throw new Error(examined?.error ?? stderr)
    looks.push(examined.durationMs)
  }
  const logins = async () =>
    Number(await machine.run("journalctl --no-pager -u ssh.service | grep -c 'Accepted publickey' || true"))
  const ssh = ['-F', 'none', '-i', sshKey, '-o', 'IdentitiesOnly=yes', '-o', `UserKnownHostsFile=${knownHosts}`]
  const before = await logins()
  await examine()
  const connections = (await logins()) - before
  const result = await compare('one examination of a host, start and connection included', {
    ours: { name: 'swarm-networks examine', run: examine, times: 15 },
    theirs: {
      name: `${byHand.length} commands by ssh, one after the other`,
      times: 5,
      run: async () => {
        for (const line of byHand)
          // Some of them end with a status of their own: what is timed is the way there and back.
          await run('ssh', [...ssh, url, line], { timeout: 30_000, maxBuffer: 4e6 }).catch(() => undefined)
      },
    },
  })
  const median = looks.toSorted((a, b) => a - b)[looks.length >> 1] ?? 0
  const notes = [
    `longest of ${took.length}: ${Math.max(...took).toFixed(0)} ms; SSH connections for one: ${connections}`,
    `the two looks alone: median ${median} ms, longest ${Math.max(...looks)} ms`,
  ]
  return { ...result, notes }
}
