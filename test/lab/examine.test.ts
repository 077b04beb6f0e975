import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createConnector, type OwnedConnector } from '../../src/adapters/create-connector'
import { certificateReader } from '../../src/adapters/docker/certificate-reader'
import { thisMachine } from '../../src/adapters/sources/local-machine'
import { systemClock } from '../../src/adapters/system-clock'
import { examineHost } from '../../src/app/examine-host'
import { RootAccess } from '../../src/app/root/root-access'
import type { Examination } from '../../src/core/examine/host/examination'
import type { ExaminationJson } from '../../src/core/examine/host/report/examination-json'
import type { Endpoint, Target } from '../../src/core/model/target'
import type { Clock } from '../../src/core/ports/environment'
import { noPrompts } from '../no-prompts'
import { CommandLine } from './command-line'
import { certificateFaults } from './certificate-faults'
import { engineFaults, quietFaults, type DoctorFault } from './doctor-faults'
import { makeHome } from './home'
import { openLab, type Lab } from './lab'
import type { Undo } from './machines/faults'
import { sudoPassword, type LabUser, type Machine } from './machines/machine'

const quiet = () => undefined
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet }
/** Generous: two commands take a second on a machine that is not busy. */
const deadlineMs = 20_000

let lab: Lab
let home: string
let connector: OwnedConnector | undefined
const undo = new Set<Undo>()
const durations: number[] = []

function targetOf(machine: Machine, user: LabUser): Target {
  const { tls, sshKey } = lab.description
  const ssh: Endpoint = { kind: 'ssh', host: machine.address, user, identityFiles: [sshKey] }
  const files = { ca: join(tls, 'ca.pem'), cert: join(tls, 'cert.pem'), key: join(tls, 'key.pem') }
  return {
    ...{ id: `settings:${machine.name}`, name: machine.name, endpoint: ssh, source: 'settings', isDisabled: false },
    ...(machine.description.tcp === 'tls' && {
      otherEndpoints: [{ kind: 'tls', host: machine.address, port: 2376, files }],
    }),
  }
}

async function examine(
  machine: Machine,
  user: LabUser = 'root',
  password?: string,
  clock: Clock = systemClock,
): Promise<Examination> {
  const root = new RootAccess({ askRootPassword: () => Promise.resolve(password) })
  if (connector === undefined) throw new Error('The lab was not opened')
  const context = { shells: connector, root, certificates: certificateReader, clock }
  const target = targetOf(machine, user)
  const examination = await examineHost(
    context,
    { id: target.id, name: machine.name, target, sshTarget: target },
    { signal: AbortSignal.timeout(deadlineMs), mayAsk: password !== undefined },
  )
  durations.push(examination.facts.durationMs)
  return examination
}

/** Makes a fault, examines the machine, and takes the fault back. */
async function examineWith(fault: DoctorFault, machine: Machine, user: LabUser = 'root'): Promise<Examination> {
  const mend = await fault.make(machine, lab)
  undo.add(mend)
  const examination = await examine(machine, user)
  await mend()
  undo.delete(mend)
  return examination
}

const causes = ({ findings }: Examination) => findings.map(({ cause }) => cause)

beforeAll(async () => {
  lab = await openLab()
  await lab.heal()
  await lab.cleanup()
  home = await makeHome(lab)
  connector = createConnector({
    machine: { ...thisMachine(), env: {}, home },
    clock: systemClock,
    log,
    prompts: noPrompts,
  })
})

afterEach(async () => {
  for (const mend of undo) await mend()
  undo.clear()
})

afterAll(async () => {
  connector?.dispose()
  await rm(home, { recursive: true })
  await lab.heal()
  const sorted = durations.toSorted((a, b) => a - b)
  console.log(`${sorted.length} examinations: median ${sorted[sorted.length >> 1]} ms, longest ${sorted.at(-1)} ms`)
})

describe('an examination', () => {
  it('finds nothing on hosts that are well, and nothing that it could not see', async () => {
    const all = await Promise.all(lab.machines.map((machine) => examine(machine)))
    expect(all.map(causes)).toEqual([[], [], []])
    expect(all.map(({ facts }) => facts.unseen)).toEqual([[], [], []])
    expect(all.map(({ facts }) => facts.program.version?.slice(0, 5))).toEqual(['20.10', '20.10', '26.1.'])
    for (const { facts } of all) expect(facts.clock?.aheadMs).toBeLessThan(5_000)
  })

  it('writes nothing on the host', async () => {
    const machine = lab.machine('miltitz')
    await machine.run('touch /tmp/before; sleep 1.1')
    await examine(machine)
    const changed = await machine.run(
      'find / -xdev -newer /tmp/before -type f -not -path "/proc/*" -not -path "/sys/*" -not -path "/var/log/*"; find /tmp /run -newer /tmp/before -type f -not -path "/run/systemd/*" -not -path "/run/log/*"; rm /tmp/before',
    )
    expect(changed).toBe('')
  })

  it('does not wake an engine that somebody stopped', async () => {
    const machine = lab.machine('miltitz')
    const start = await machine.faults.stopDockerService()
    undo.add(start)
    await machine.run('systemctl start docker.socket')
    const examination = await examine(machine)
    expect(causes(examination)).toEqual(['engine-stopped'])
    expect((await machine.exec('systemctl is-active docker.service')).stdout.trim()).toBe('inactive')
  })
})

describe('the clock', () => {
  it.each([
    [600_000, 'error', 'behind'],
    [-60_000, 'warning', 'ahead of'],
  ] as const)('of a host that differs from ours by %d ms is told', async (offMs, severity, how) => {
    // Setting a machine’s clock would set that of all: ours is the one that is wrong here.
    const clock: Clock = { now: () => systemClock.now() + offMs, after: (...args) => systemClock.after(...args) }
    const { findings } = await examine(lab.machine('tolkewitz'), 'root', undefined, clock)
    expect(findings[0]).toMatchObject({ cause: 'clock-off', severity })
    expect(findings[0]?.title).toContain(how)
    expect(findings[0]?.byHand?.[1]).toBe('timedatectl set-ntp true')
  })

  it('of a host whose own `date` says another time is told, and only of that host', async () => {
    const machine = lab.machine('lindenau')
    undo.add(async () => {
      await machine.run('rm -f /usr/local/bin/date')
    })
    await machine.run(
      `printf '#!/bin/sh\\nexec /bin/date -d "@$(($(/bin/date +%%s) + 600))" "$@"\\n' >/usr/local/bin/date; chmod +x /usr/local/bin/date`,
    )
    const [off, other] = await Promise.all([examine(machine), examine(lab.machine('miltitz'))])
    expect(off.findings.map(({ cause, title }) => [cause, title])).toEqual([
      ['clock-off', 'Its clock is 10 minutes ahead of this machine’s'],
    ])
    expect(causes(other)).toEqual([])
  })
})

describe('the command line', () => {
  it('examines hosts whose engines answer and one whose does not, side by side', async () => {
    const machine = lab.machine('miltitz')
    undo.add(await machine.faults.stopDockerService())
    await using command = await CommandLine.overSsh(lab)
    const { status, stdout } = await command.run('examine', 'tolkewitz', machine.address, '--json')
    expect(status).toBe(1)
    const [well, stopped] = JSON.parse(stdout) as readonly ExaminationJson[]
    expect(well).toMatchObject({ host: 'tolkewitz', ok: true, findings: [], access: { rights: 'none' } })
    expect(stopped?.findings?.map(({ cause }) => cause)).toEqual(['engine-stopped'])
    const text = await command.run('examine', machine.address)
    expect(text.stdout).toMatch(/^.*: 1 found\n {2}error: The engine is stopped \[engine-stopped\]/)
  })
})

describe('rights', () => {
  const masked = engineFaults.find(({ cause }) => cause === 'unit-masked')!

  it.each([
    ['sudo-user', undefined, 'sudo'],
    ['sudo-password', sudoPassword, 'sudo'],
    ['sudo-password', undefined, 'none'],
    ['nobody-rights', undefined, 'none'],
    ['docker-user', undefined, 'none'],
  ] as const)('of %s with the password %s are %s', async (user, password, rights) => {
    const { facts, findings } = await examine(lab.machine('lindenau'), user, password)
    expect(facts.access).toEqual({ user, rights, mayUseEngine: user === 'docker-user' || rights === 'sudo' })
    expect(findings).toEqual([])
    const unseen = facts.unseen.map(({ what }) => what)
    if (rights === 'sudo') expect(unseen).toEqual([])
    else expect(unseen).toEqual(expect.arrayContaining(['the log of the engine’s last start', 'the firewall’s rules']))
  })

  it('are not needed to see why a unit does not start', async () => {
    const examination = await examineWith(masked, lab.machine('miltitz'), 'nobody-rights')
    expect(causes(examination)[0]).toBe('unit-masked')
  })
})

describe('what is wrong comes first', () => {
  /** Both generations take turns, side by side; the manager keeps the swarm. */
  const turns = engineFaults.map((fault, index) => ({ fault, machine: index % 2 === 0 ? 'lindenau' : 'miltitz' }))

  it('for everything that keeps an engine from running', async () => {
    const found = new Map<string, Examination>()
    await Promise.all(
      ['lindenau', 'miltitz'].map(async (name) => {
        for (const { fault } of turns.filter(({ machine }) => machine === name))
          found.set(fault.name, await examineWith(fault, lab.machine(name)))
      }),
    )
    const first = engineFaults.map(({ name }) => [name, found.get(name)?.findings[0]?.cause])
    expect(first).toEqual(engineFaults.map(({ name, cause }) => [name, cause]))
  }, 180_000)

  it.each(quietFaults)('for $name', async (fault) => {
    expect(causes(await examineWith(fault, lab.machine('tolkewitz')))[0]).toBe(fault.cause)
  })

  it.each(certificateFaults)('for $name', async (fault) => {
    expect(causes(await examineWith(fault, lab.machine('lindenau')))[0]).toBe(fault.cause)
  })
})
