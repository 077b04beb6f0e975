import { systemClock } from '../../src/adapters/system-clock'
import { runConnectivityTest } from '../../src/app/connectivity-service'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { DiagnosisCause } from '../../src/core/examine/host/host-diagnosis'
import { planScript } from '../../src/core/repair/plan-script'
import { engineFaults, quietFaults, type DoctorFault } from './doctor-faults'
import { Doctor, pressing } from './doctor-window'
import { openLab, type Lab } from './lab'
import { openFleetOf, type FleetWithShells } from './open-fleet'
import { waitUntil } from './support/wait-until'
import type { Undo } from './machines/faults'
import { sudoPassword, type Machine } from './machines/machine'
import { allFiles } from './host-files'

let lab: Lab
let doctor: Doctor
let opened: FleetWithShells
const mends = new Set<Undo>()

async function broken(fault: DoctorFault, machine: Machine): Promise<void> {
  mends.add(await fault.make(machine, lab))
}

const faultOf = (cause: DiagnosisCause): DoctorFault =>
  [...engineFaults, ...quietFaults].find((f) => f.cause === cause)!

beforeAll(async () => {
  lab = await openLab()
  await lab.heal()
  await lab.cleanup()
  doctor = await Doctor.open(lab)
  await lab.manager.run('docker network create -d overlay --attachable gnswarm')
  const run = 'docker run -d --network gnswarm --restart always'
  await lab.manager.run(`${run} --name web nginx`)
  for (const machine of ['lindenau', 'miltitz'].map((name) => lab.machine(name)))
    await machine.run(`${run} --name ${keepAt(machine)} --stop-signal KILL alpine sleep 1d`)
  opened = await openFleetOf(lab, 'SSH')
  await opened.service.settled(AbortSignal.timeout(30_000))
})

afterEach(async () => {
  for (const mend of mends) await mend()
  mends.clear()
})

afterAll(async () => {
  await doctor.close()
  await opened[Symbol.asyncDispose]()
  await Promise.all(lab.machines.map((machine) => machine.run('rm -rf /var/lib/swarm-networks')))
  await lab.heal()
  await lab.cleanup()
})

/** Breaks a machine, repairs what is found first, and takes that back; gives what went wrong on the way. */
async function repairAndUndo(fault: DoctorFault, machine: Machine): Promise<void> {
  const mend = await fault.make(machine, lab)
  try {
    const window = doctor.window(machine)
    const isInRun = fault.cause === 'stale-pid-file' || fault.cause === 'stale-socket-file'
    const files = () => allFiles(machine, isInRun)
    const before = await files()
    pressing(window.session, 'l')
    const { first, plans } = await window.prepare(fault.cause).catch((error: unknown) => {
      throw new Error(fault.name, { cause: error })
    })
    expect(first, fault.name).toBe(fault.cause)
    expect(await window.run(plans[Number(fault.plan)]!), `${fault.name}\n${window.session.transcript}`).toBe('done')
    await machine.run('docker version')
    expect(await machine.run(`docker inspect -f '{{.State.Running}}' ${keepAt(machine)}`), fault.name).toBe('true\n')
    await reachesWeb(machine, fault.name)
    const after = await window.examine()
    expect(
      after.findings.map(({ cause }) => cause),
      fault.name,
    ).not.toContain(fault.cause)
    // What stood in the way of the engine's own file comes back only where that is gone.
    if (isInRun)
      await machine.run('systemctl stop docker.socket docker.service; rm -rf /run/docker.sock /run/docker.pid')
    expect(await doctor.window(machine).undoLast(), fault.name).toBe('undone')
    expect(await files(), fault.name).toEqual(before)
  } finally {
    // An engine that made a socket of its own took the file away from systemd's: a start alone would not make it anew.
    await machine.run('systemctl stop docker.socket docker.service || true')
    await mend()
  }
}

const keepAt = ({ name }: Machine) => `keep-${name}`

/** The connectivity test of the editor, over the overlay network: this host’s container and the one on the manager reach each other. */
async function reachesWeb(machine: Machine, after: string): Promise<void> {
  const context = { clock: systemClock, signal: AbortSignal.timeout(60_000) }
  const pair = [keepAt(machine), 'web'].toSorted().join()
  let last = 'no test'
  const isGreen = async () => {
    const network = opened.service.fleet.networks.find(({ name }) => name === 'gnswarm')
    if (network === undefined) return undefined
    const { pairs } = await runConnectivityTest(opened.service, network.key, context)
    const own = pairs.filter(({ from, to }) => [from.container, to.container].toSorted().join() === pair)
    last = own
      .map(({ from, to, result, reason = '' }) => `${from.container} ${to.container} ${result} ${reason}`)
      .join()
    return own.length === 2 && own.every(({ result }) => result === 'pass') ? true : undefined
  }
  await waitUntil(isGreen, { signal: context.signal, timeoutMs: 50_000, what: `a green test after ${after}` }).catch(
    (error: unknown) => {
      throw new Error(`${machine.name}, ${after}: ${last}`, { cause: error })
    },
  )
}

/** A start leaves nothing that could be taken back. */
const lasting: readonly DiagnosisCause[] = ['engine-stopped', 'start-limit-hit']

describe('a host whose engine does not come up', () => {
  const repairable = engineFaults.filter(({ cause, plan }) => plan !== 'by hand' && !lasting.includes(cause))

  it.concurrent.each([
    ['lindenau', 0],
    ['miltitz', 1],
  ] as const)(
    'is repaired, its containers come back, and taking it back leaves each file as it was (%s)',
    { timeout: 480_000 },
    async (name, turn) => {
      const machine = lab.machine(name)
      await reachesWeb(machine, 'before anything is broken')
      for (const fault of repairable.filter((_, index) => index % 2 === turn)) {
        await repairAndUndo(fault, machine)
      }
    },
  )
})

describe('what leaves nothing to be taken back', () => {
  it.each(engineFaults.filter(({ cause }) => lasting.includes(cause)))(
    '($name) is repaired by a start, and all is well',
    { timeout: 90_000 },
    async (fault) => {
      const machine = lab.machine('lindenau')
      await broken(fault, machine)
      const window = doctor.window(machine)
      pressing(window.session, 'l')
      const { first, plans } = await window.prepare(fault.cause)
      expect(first).toBe(fault.cause)
      expect(await window.run(plans[0]!), window.session.transcript).toBe('done')
      expect((await window.examine()).findings).toEqual([])
      await reachesWeb(machine, fault.name)
    },
  )
})

describe('what the engine lives with', () => {
  it('is repaired without a restart, and taken back: forwarding that is off', { timeout: 60_000 }, async () => {
    const machine = lab.machine('lindenau')
    await broken(faultOf('ip-forward-off'), machine)
    const before = await allFiles(machine, false)
    const window = doctor.window(machine)
    const { plans } = await window.prepare('ip-forward-off')
    expect(await window.run(plans[0]!), window.session.transcript).toBe('done')
    expect(await machine.run('sysctl -n net.ipv4.ip_forward')).toBe('1\n')
    expect((await window.examine()).findings).toEqual([])
    expect(await window.undoLast()).toBe('undone')
    expect(await machine.run('sysctl -n net.ipv4.ip_forward')).toBe('0\n')
    expect(await allFiles(machine, false)).toEqual(before)
  })
})

describe('what a person has to mend', () => {
  it.each(engineFaults.filter(({ plan }) => plan === 'by hand'))(
    '($name) has no plan, and comes with commands',
    { timeout: 60_000 },
    async (fault) => {
      const machine = lab.machine('lindenau')
      await broken(fault, machine)
      const window = doctor.window(machine)
      const { first, plans } = await window.prepare(fault.cause)
      expect([first, plans]).toEqual([fault.cause, []])
      const { findings } = await window.examine()
      // Whether a person would be told what is wrong with the commands themselves: none of them is unknown there.
      const programs = findings[0]!.byHand!.map((line) => line.split(' ')[0]!)
      await machine.run(`for program in ${programs.join(' ')}; do command -v "$program" || exit 1; done`)
    },
  )
})

describe('rights', () => {
  it.each([
    ['sudo-user', [], 0],
    ['sudo-password', ['wrong', sudoPassword], 2],
  ] as const)('of %s suffice, with the passwords %s', { timeout: 60_000 }, async (user, passwords, asked) => {
    const machine = lab.machine('miltitz')
    await broken(faultOf('unit-masked'), machine)
    const window = doctor.window(machine, { user, passwords })
    const { plans, obstacle } = await window.prepare('unit-masked')
    expect(obstacle).toBeUndefined()
    expect(await window.run(plans[0]!), window.session.transcript).toBe('done')
    expect(window.asked).toBe(asked)
    expect(await machine.run('docker version --format up')).toBe('up\n')
    const kept = await machine.run(
      'cat /var/lib/swarm-networks/repairs/*/* 2>/dev/null; ls -ld /var/lib/swarm-networks/repairs/*',
    )
    for (const secret of passwords) expect(kept + window.session.transcript).not.toContain(secret)
    expect(kept).toMatch(/^drwx------ .* root root /m)
  })

  it('that are missing leave the commands to copy, and nothing is done', async () => {
    const machine = lab.machine('miltitz')
    await broken(faultOf('unit-masked'), machine)
    const window = doctor.window(machine, { user: 'nobody-rights', passwords: ['wrong', 'wrong', 'wrong'] })
    const { plans, obstacle } = await window.prepare('unit-masked')
    expect(obstacle).toContain('nobody-rights cannot become root')
    expect(planScript(plans[0]!, window.host.id)).toContain('systemctl unmask docker.service')
    expect(await window.run(plans[0]!)).toBe('not-begun')
    expect((await machine.exec('systemctl is-enabled docker.service')).stdout).toBe('masked\n')
  })
})

describe('leftover agents of a classic Swarm', () => {
  it(
    'are removed, those that only have the name are not, and they can be made again',
    { timeout: 60_000 },
    async () => {
      const machine = lab.machine('miltitz')
      await broken(faultOf('leftover-swarm-agent'), machine)
      mends.add(async () => {
        await machine.run('docker rm -f swarm-agent-master >/dev/null')
      })
      await machine.run('docker create --name swarm-agent-master alpine sleep 1d')
      const look = () =>
        machine.run(
          "docker inspect -f '{{.Path}} {{.Args}} {{.Config.Image}} {{.HostConfig.RestartPolicy.Name}}' swarm-agent",
        )
      const before = await look()
      const window = doctor.window(machine)
      const { plans } = await window.prepare('leftover-swarm-agent')
      expect(await window.run(plans[0]!), window.session.transcript).toBe('done')
      expect(await machine.run("docker ps -a --format '{{.Names}}' | grep swarm-agent")).toBe('swarm-agent-master\n')
      expect(await window.undoLast()).toBe('undone')
      expect(await look()).toBe(before)
    },
  )
})
