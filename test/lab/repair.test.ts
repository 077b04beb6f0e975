import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { DiagnosisCause } from '../../src/core/examine/host/host-diagnosis'
import { planScript } from '../../src/core/repair/plan-script'
import { engineFaults, quietFaults, type DoctorFault } from './doctor-faults'
import { Doctor, pressing } from './doctor-window'
import { openLab, type Lab } from './lab'
import type { Undo } from './machines/faults'
import { sudoPassword, type Machine } from './machines/machine'
import { allFiles } from './host-files'

let lab: Lab
let doctor: Doctor
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
})

afterEach(async () => {
  for (const mend of mends) await mend()
  mends.clear()
})

afterAll(async () => {
  await doctor.close()
  await Promise.all(lab.machines.map((machine) => machine.run('rm -rf /var/lib/swarm-networks')))
  await lab.heal()
  await lab.cleanup()
})

/** Breaks a machine, repairs what is found first, and takes that back; gives what went wrong on the way. */
async function repairAndUndo(fault: DoctorFault, machine: Machine, choice = 0): Promise<void> {
  const mend = await fault.make(machine, lab)
  try {
    const window = doctor.window(machine)
    const isInRun = fault.cause === 'stale-pid-file' || fault.cause === 'stale-socket-file'
    const files = () => allFiles(machine, isInRun)
    const before = await files()
    pressing(window.session, 'l')
    const { first, plans } = await window.prepare(fault.cause)
    expect(first, fault.name).toBe(fault.cause)
    expect(await window.run(plans[choice]!), `${fault.name}\n${window.session.transcript}`).toBe('done')
    await machine.run('docker version')
    expect(await machine.run("docker inspect -f '{{.State.Running}}' keep"), fault.name).toBe('true\n')
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

describe('a host whose engine does not come up', () => {
  const skipped: readonly DiagnosisCause[] = ['daemon-json-invalid', 'missing-binary', 'disk-full', 'engine-stopped']
  const repairable = engineFaults.filter(({ cause }) => !skipped.includes(cause))

  it.concurrent.each([
    ['lindenau', 0],
    ['miltitz', 1],
  ] as const)(
    'is repaired, its containers come back, and taking it back leaves each file as it was (%s)',
    { timeout: 240_000 },
    async (name, turn) => {
      const machine = lab.machine(name)
      await machine.run(
        'docker rm -f keep >/dev/null 2>&1; docker run -d --name keep --restart always --stop-signal KILL alpine sleep 1d',
      )
      for (const fault of repairable.filter((_, index) => index % 2 === turn)) {
        // What the unit of old has besides its command, this engine may not know either: the package’s own is taken.
        await repairAndUndo(fault, machine, fault.cause === 'legacy-unit' ? 1 : 0)
      }
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
